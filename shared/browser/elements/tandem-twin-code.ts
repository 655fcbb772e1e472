import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { say } from '../i18n/say.ts';
import { drawTwinCode, type TwinDrawing } from './draw-twin-code.ts';
import { PixelSnap } from './pixel-snap.ts';
import { TwinRhythm } from './twin-rhythm.ts';

/** A pair that is shown must be whole when the one after it is drawn: two places, used in turn. */
type Slot = 0 | 1;

/** Half as fast for who asked for less motion. Never still: one code alone is of no use. */
const CALM_FACTOR = 2;

/**
 * Two QR codes for another camera, A and B in turn on the same spot. Black on white in both themes, quiet zone included, level L,
 * as large as the short side allows. Both are drawn before they are seen; then nothing but their visibility changes, so that
 * nothing flashes or moves while someone aims at them. A new pair takes over where A begins.
 *
 * @property a and `b`: what the two codes say; empty shows the white plate only. Set both at once
 * @property rhythmMs how long each is shown; twice as long under `prefers-reduced-motion`
 * @property label what a screen reader says in place of the pictures
 * @cssprop --code-size side of the plate; default the width of the container, at most 92 % of the short side of the window
 */
export class TandemTwinCode extends LitElement {
  static override properties: PropertyDeclarations = {
    a: { attribute: false },
    b: { attribute: false },
    rhythmMs: { type: Number, attribute: 'rhythm-ms' },
    label: { type: String },
  };

  static override styles = css`
    :host {
      display: block;
      position: relative;
      inline-size: min(100%, var(--code-size, 92vmin));
      aspect-ratio: 1;
      border-radius: var(--radius-l, 1rem);
      background: #fff;
      color: #000;
      /* Forced colours would turn the codes into one flat field. */
      forced-color-adjust: none;
      overflow: hidden;
    }
    svg {
      display: block;
      /* Out of the flow: a code that was drawn for a larger plate does not keep it large. */
      position: absolute;
      inset: 0;
      margin: auto;
      inline-size: 100%;
      block-size: 100%;
      visibility: hidden;
    }
    svg[data-shown] {
      visibility: visible;
    }
    path {
      fill: #000;
    }
  `;

  declare a: string;
  declare b: string;
  declare rhythmMs: number;
  declare label: string;

  readonly #snap = new PixelSnap(this);
  readonly #rhythm = new TwinRhythm<Slot>();
  readonly #drawings: [TwinDrawing | undefined, TwinDrawing | undefined] = [undefined, undefined];
  readonly #calm = matchMedia('(prefers-reduced-motion: reduce)');
  #frameRequest = 0;
  #shownSlot: Slot | undefined;
  #shown: Element | undefined;
  #version = 1;

  constructor() {
    super();
    this.a = '';
    this.b = '';
    this.rhythmMs = 250;
    this.label = say('code.label');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'img');
    this.#frameRequest = requestAnimationFrame(this.#onFrame);
  }

  override disconnectedCallback(): void {
    cancelAnimationFrame(this.#frameRequest);
    super.disconnectedCallback();
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('label')) this.setAttribute('aria-label', this.label);
    if (!changed.has('a') && !changed.has('b')) return;
    if (!this.a || !this.b) {
      this.#rhythm.clear();
      this.#drawings.fill(undefined);
      this.#show(undefined);
      this.#shownSlot = undefined;
      return;
    }
    void this.#take(this.a, this.b);
  }

  override render() {
    return this.#drawings.map((drawing, slot) =>
      drawing
        ? (['a', 'b'] as const).map(
            (side) => html`<svg
              id="${side}${slot}"
              viewBox="0 0 ${drawing[side].sizeModules} ${drawing[side].sizeModules}"
              shape-rendering="crispEdges"
              aria-hidden="true"
            >
              <path d=${drawing[side].path} />
            </svg>`,
          )
        : nothing,
    );
  }

  /** Draws a pair where it is not seen, then lets it wait for its turn. */
  async #take(a: string, b: string): Promise<void> {
    const drawing = await drawTwinCode({ a, b }, this.#version);
    if (a !== this.a || b !== this.b) return;
    this.#version = drawing.a.version;
    this.#snap.sizeModules = drawing.a.sizeModules;
    const slot: Slot = this.#shownSlot === 0 ? 1 : 0;
    this.#drawings[slot] = drawing;
    this.requestUpdate();
    await this.updateComplete;
    this.#rhythm.offer(slot);
  }

  readonly #onFrame = (): void => {
    this.#frameRequest = requestAnimationFrame(this.#onFrame);
    const rhythmMs = this.#calm.matches ? CALM_FACTOR * this.rhythmMs : this.rhythmMs;
    const frame = this.#rhythm.at(performance.now(), rhythmMs);
    this.#shownSlot = frame?.pair;
    this.#show(frame && (this.renderRoot.querySelector(`#${frame.side}${frame.pair}`) ?? undefined));
  };

  /** In one step: there is never none to be seen, and never two. */
  #show(code: Element | undefined): void {
    if (code === this.#shown) return;
    this.#shown?.removeAttribute('data-shown');
    code?.setAttribute('data-shown', '');
    this.#shown = code;
  }
}

customElements.define('tandem-twin-code', TandemTwinCode);

declare global {
  interface HTMLElementTagNameMap {
    'tandem-twin-code': TandemTwinCode;
  }
}
