import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import type { QRCodeErrorCorrectionLevel } from 'qrcode';
import { say } from '../i18n/say.ts';
import { drawCode } from './draw-code.ts';
import { PixelSnap } from './pixel-snap.ts';

/**
 * A QR code for another camera: black on white in both themes, quiet zone included, as large as the short side allows.
 * Its plate keeps its place and size whatever the text, so that it never moves while someone aims at it.
 *
 * @property text what the code says; empty shows the white plate only
 * @property errorLevel `L` (default) for screens: fewer, larger modules beat redundancy; `M` for paper
 * @property label what a screen reader says in place of the picture
 * @cssprop --code-size side of the plate; default the width of the container, at most 92 % of the short side of the window
 */
export class TandemCode extends LitElement {
  static override properties: PropertyDeclarations = {
    text: { type: String },
    errorLevel: { type: String, attribute: 'error-level' },
    label: { type: String },
  };

  static override styles = css`
    :host {
      display: grid;
      place-items: center;
      inline-size: min(100%, var(--code-size, 92vmin));
      aspect-ratio: 1;
      border-radius: var(--radius-l, 1rem);
      background: #fff;
      color: #000;
      /* Forced colours would turn the code into one flat field. */
      forced-color-adjust: none;
      print-color-adjust: exact;
      -webkit-print-color-adjust: exact;
      overflow: hidden;
    }
    svg {
      display: block;
      inline-size: 100%;
      block-size: 100%;
    }
    path {
      fill: #000;
    }
  `;

  declare text: string;
  declare errorLevel: QRCodeErrorCorrectionLevel;
  declare label: string;

  readonly #snap = new PixelSnap(this);

  constructor() {
    super();
    this.text = '';
    this.errorLevel = 'L';
    this.label = say('code.label');
  }

  override render() {
    if (!this.text) return nothing;
    const { sizeModules, path } = drawCode(this.text, this.errorLevel);
    this.#snap.sizeModules = sizeModules;
    return html`<svg
      viewBox="0 0 ${sizeModules} ${sizeModules}"
      shape-rendering="crispEdges"
      role="img"
      aria-label=${this.label}
    >
      <path d=${path} />
    </svg>`;
  }
}

customElements.define('tandem-code', TandemCode);

declare global {
  interface HTMLElementTagNameMap {
    'tandem-code': TandemCode;
  }
}
