import { css, html, LitElement, type PropertyDeclarations, svg } from 'lit';
import { say } from '../i18n/say.ts';
import { sharedStyles } from '../theme/shared-styles.ts';

const TICK_MS = 250;

/**
 * Time left, as a thin line that runs out and as text whose place never changes.
 *
 * @property endsAtMs when it is over, on the clock given by `now`
 * @property durationMs what a full line stands for
 * @property now reads the clock; default Date.now. Give it the corrected clock where the end comes from a document
 * @property kind `ring`: small circle with the seconds in it · `bar`: thin bar · `frame`: runs around the slotted content,
 *   made for a code · `text`: the figures alone
 * @property label what is being counted, for screen readers ("Code valid for"); empty where another one says it already
 * @slot default content inside the frame (kind `frame` only)
 * @fires tandem-countdown-end once, when the time is over
 */
export class TandemCountdown extends LitElement {
  static override properties: PropertyDeclarations = {
    endsAtMs: { type: Number, attribute: 'ends-at-ms' },
    durationMs: { type: Number, attribute: 'duration-ms' },
    now: { attribute: false },
    kind: { type: String, reflect: true },
    label: { type: String },
    leftMs: { state: true },
  };

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: inline-block;
        position: relative;
        color: var(--countdown-color, var(--color-accent));
      }
      :host([kind='bar']) {
        display: flex;
        align-items: center;
        gap: var(--space-3);
      }
      :host([kind='frame']) {
        display: block;
        inline-size: min(100%, var(--code-size, 92vmin));
        padding: 7px;
      }
      .text {
        color: var(--color-text);
        font-size: var(--text-s);
        font-weight: var(--weight-medium);
        font-variant-numeric: tabular-nums;
      }
      svg {
        display: block;
        fill: none;
        stroke: currentcolor;
        stroke-linecap: round;
      }
      :host([kind='text']) .text {
        font-size: inherit;
        font-weight: inherit;
      }
      :host([kind='text']) .late {
        color: var(--color-not-paid-text);
      }
      .track {
        stroke: var(--color-line);
      }
      .left {
        stroke-dasharray: 1;
        transition: stroke-dashoffset ${TICK_MS}ms linear;
      }
      .late {
        color: var(--color-not-paid-text);
      }
      .ring {
        display: grid;
        place-items: center;
        inline-size: 3rem;
        block-size: 3rem;
      }
      .ring > * {
        grid-area: 1 / 1;
      }
      .ring svg {
        inline-size: 100%;
        block-size: 100%;
        stroke-width: 3;
        transform: rotate(-90deg);
      }
      .bar {
        flex: 1;
        block-size: 4px;
        stroke-width: 4;
      }
      :host([kind='bar']) .text {
        min-inline-size: 5ch;
        text-align: end;
      }
      .frame {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
        pointer-events: none;
        stroke-width: 3;
      }
      .frame rect {
        x: 1.5px;
        y: 1.5px;
        width: calc(100% - 3px);
        height: calc(100% - 3px);
        rx: calc(var(--radius-l) + 5px);
      }
      @media (prefers-reduced-motion: reduce) {
        .left {
          transition: none;
        }
      }
    `,
  ];

  declare endsAtMs: number;
  declare durationMs: number;
  declare now: () => number;
  declare kind: 'ring' | 'bar' | 'frame' | 'text';
  declare label: string;
  declare private leftMs: number;

  #ticker: ReturnType<typeof setInterval> | undefined;
  #hasEnded = false;

  constructor() {
    super();
    this.endsAtMs = 0;
    this.durationMs = 60_000;
    this.now = Date.now;
    this.kind = 'ring';
    this.label = say('countdown.label');
    this.leftMs = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#ticker = setInterval(() => this.#tick(), TICK_MS);
  }

  override disconnectedCallback(): void {
    clearInterval(this.#ticker);
    super.disconnectedCallback();
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('endsAtMs')) this.#hasEnded = false;
    if (changed.has('endsAtMs') || changed.has('now')) this.leftMs = Math.max(0, this.endsAtMs - this.now());
  }

  override render() {
    const seconds = Math.ceil(this.leftMs / 1000);
    const shown =
      seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    const offset = 1 - Math.min(1, this.leftMs / this.durationMs);
    const late = seconds <= 10 ? 'late' : '';
    // role=timer is not announced by itself: time left is there for who asks, and interrupts nobody.
    const spoken = this.label && html`<span class="visually-hidden" role="timer">${this.label} ${shown}</span>`;
    switch (this.kind) {
      case 'ring':
        return html`<div class="ring ${late}">
          <svg viewBox="0 0 48 48" aria-hidden="true">
            <circle class="track" cx="24" cy="24" r="22" />
            <circle class="left" cx="24" cy="24" r="22" pathLength="1" stroke-dashoffset=${offset} />
          </svg>
          <span class="text" aria-hidden="true">${seconds < 60 ? seconds : shown}</span>${spoken}
        </div>`;
      case 'bar':
        return html`<svg class="bar ${late}" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
            <path class="track" d="M0 2H100" />
            <path class="left" d="M0 2H100" pathLength="1" stroke-dashoffset=${offset} />
          </svg>
          <span class="text" aria-hidden="true">${shown}</span>${spoken}`;
      case 'text':
        return html`<span class="text ${late}" aria-hidden="true">${shown}</span>${spoken}`;
      case 'frame':
        return html`<slot></slot>
          <svg class="frame ${late}" aria-hidden="true">
            ${svg`<rect class="track" /><rect class="left" pathLength="1" stroke-dashoffset=${offset} />`}
          </svg>
          ${spoken}`;
    }
  }

  #tick(): void {
    if (this.#hasEnded || this.endsAtMs === 0) return;
    this.leftMs = Math.max(0, this.endsAtMs - this.now());
    if (this.leftMs > 0) return;
    this.#hasEnded = true;
    this.dispatchEvent(new CustomEvent('tandem-countdown-end', { bubbles: true, composed: true }));
  }
}

customElements.define('tandem-countdown', TandemCountdown);

declare global {
  interface HTMLElementTagNameMap {
    'tandem-countdown': TandemCountdown;
  }
}
