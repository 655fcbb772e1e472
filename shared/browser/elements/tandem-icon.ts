import { css, html, LitElement, type PropertyDeclarations, type SVGTemplateResult, svg } from 'lit';

/** Strokes on a 24-unit grid, drawn with currentcolor. Two units wide, round ends, so that they hold at 20 px. */
const SHAPES = {
  tick: svg`<path d="M4.5 12.5l5 5 10-11"/>`,
  cross: svg`<path d="M6 6l12 12M18 6L6 18"/>`,
  warning: svg`<path d="M12 4L2.8 19.5h18.4z"/><path d="M12 10v4.5M12 17.2v.1"/>`,
  info: svg`<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.6v.1"/>`,
  question: svg`<circle cx="12" cy="12" r="9"/><path d="M9.5 9.6a2.6 2.6 0 115 .9c-.5 1.3-2.4 1.5-2.5 3.3M12 16.8v.1"/>`,
  clock: svg`<circle cx="12" cy="12" r="9"/><path d="M12 7v5.2l3.4 2"/>`,
  search: svg`<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5L21 21"/>`,
  torch: svg`<path d="M7 3h10v3.5l-2.5 3.5v10a1 1 0 01-1 1h-3a1 1 0 01-1-1V10L7 6.5z"/><path d="M7 6.5h10M12 12.5v2"/>`,
  camera: svg`<path d="M3 8.5a2 2 0 012-2h2.5L9 4h6l1.5 2.5H19a2 2 0 012 2V18a2 2 0 01-2 2H5a2 2 0 01-2-2z"/><circle cx="12" cy="13" r="3.6"/>`,
  'camera-switch': svg`<path d="M4 9V7a2 2 0 012-2h11M14.5 2.5L17 5l-2.5 2.5M20 15v2a2 2 0 01-2 2H7M9.5 21.5L7 19l2.5-2.5"/><circle cx="12" cy="12" r="2.6"/>`,
  screen: svg`<rect x="2.5" y="4" width="19" height="13" rx="2"/><path d="M8 21h8M12 17v4"/>`,
  image: svg`<rect x="3" y="4" width="18" height="16" rx="2.5"/><circle cx="8.5" cy="9.5" r="1.7"/><path d="M3.5 18l5.5-5.5 4 4 2.5-2.5 5 5"/>`,
  paste: svg`<path d="M9 4.5H6.5a2 2 0 00-2 2v12a2 2 0 002 2h11a2 2 0 002-2v-12a2 2 0 00-2-2H15"/><rect x="9" y="2.7" width="6" height="3.8" rx="1.2"/>`,
  copy: svg`<rect x="8.5" y="8.5" width="12" height="12" rx="2.5"/><path d="M15.5 5V5a1.5 1.5 0 00-1.5-1.5H5A1.5 1.5 0 003.5 5v9A1.5 1.5 0 005 15.5"/>`,
  share: svg`<path d="M12 15V3.5M7.5 7.5L12 3l4.5 4.5M5 12v7a1.5 1.5 0 001.5 1.5h11A1.5 1.5 0 0019 19v-7"/>`,
  print: svg`<path d="M7 8V3.5h10V8M7 17H5a2 2 0 01-2-2v-5a2 2 0 012-2h14a2 2 0 012 2v5a2 2 0 01-2 2h-2"/><rect x="7" y="14" width="10" height="6.5" rx="1"/>`,
  card: svg`<rect x="2.5" y="5" width="19" height="14" rx="2.5"/><path d="M2.5 10h19M6.5 15h4"/>`,
  shop: svg`<path d="M4 10.5V19a1.5 1.5 0 001.5 1.5h13A1.5 1.5 0 0020 19v-8.5M3 8.5L5 3.5h14l2 5a3 3 0 01-6 0 3 3 0 01-6 0 3 3 0 01-6 0zM9.5 20.5v-5h5v5"/>`,
  person: svg`<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5a7.5 7.5 0 0115 0"/>`,
  verified: svg`<path d="M12 2.8l2.4 1.9 3-.3.9 2.9 2.6 1.6-1 2.9 1 2.9-2.6 1.6-.9 2.9-3-.3-2.4 1.9-2.4-1.9-3 .3-.9-2.9-2.6-1.6 1-2.9-1-2.9 2.6-1.6.9-2.9 3 .3z"/><path d="M8.5 12l2.5 2.5 4.5-5"/>`,
  lock: svg`<rect x="4.5" y="10.5" width="15" height="10" rx="2.5"/><path d="M8 10.5V7.5a4 4 0 018 0v3"/>`,
  passkey: svg`<circle cx="9" cy="8" r="4"/><path d="M2.5 20.5a6.5 6.5 0 0110.5-5.1"/><circle cx="17.5" cy="12.5" r="2.7"/><path d="M17.5 15.2v6.3l1.8-1.4M17.5 18.5h1.7"/>`,
  back: svg`<path d="M20 12H4.5M11 5.5L4.5 12l6.5 6.5"/>`,
  forward: svg`<path d="M9 5l7 7-7 7"/>`,
  down: svg`<path d="M5 9l7 7 7-7"/>`,
  backspace: svg`<path d="M8.5 5H19a2 2 0 012 2v10a2 2 0 01-2 2H8.5L2.5 12zM11 9.5l5 5M16 9.5l-5 5"/>`,
  settings: svg`<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2.2"/><circle cx="9" cy="17" r="2.2"/>`,
  menu: svg`<path d="M4 7h16M4 12h16M4 17h16"/>`,
  plus: svg`<path d="M12 5v14M5 12h14"/>`,
  history: svg`<path d="M3.5 12a8.5 8.5 0 102.7-6.2L3.5 8.3M3.5 3.5v4.8h4.8M12 7.5v5l3.3 2"/>`,
  receipt: svg`<path d="M5 3v18l2.3-1.6L9.7 21l2.3-1.6 2.3 1.6 2.4-1.6L19 21V3l-2.3 1.6L14.3 3 12 4.6 9.7 3 7.3 4.6zM9 9h6M9 13.5h6"/>`,
  refresh: svg`<path d="M20 12a8 8 0 11-2.4-5.7L20 8.7M20 3.5v5.2h-5.2"/>`,
  undo: svg`<path d="M4 8.5h10a5.5 5.5 0 010 11H8M8.5 4L4 8.5 8.5 13"/>`,
  online: svg`<path d="M2.5 9.3a14 14 0 0119 0M5.7 12.9a9.3 9.3 0 0112.6 0M8.9 16.4a4.6 4.6 0 016.2 0M12 19.9v.1"/>`,
  offline: svg`<path d="M3 3l18 18M2.5 9.3a14 14 0 014.3-2.7M10.3 5.6a14 14 0 0111.2 3.7M5.7 12.9a9.3 9.3 0 014.7-2.4M15 11.1a9.3 9.3 0 013.3 1.8M8.9 16.4a4.6 4.6 0 016.2 0M12 19.9v.1"/>`,
  sun: svg`<circle cx="12" cy="12" r="4"/><path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4"/>`,
  moon: svg`<path d="M20 14.5A8.5 8.5 0 019.5 4a8.5 8.5 0 1010.5 10.5z"/>`,
  scan: svg`<path d="M3.5 8V5.5a2 2 0 012-2H8M16 3.5h2.5a2 2 0 012 2V8M20.5 16v2.5a2 2 0 01-2 2H16M8 20.5H5.5a2 2 0 01-2-2V16M7 12h10"/>`,
  code: svg`<rect x="3.5" y="3.5" width="6.5" height="6.5" rx="1"/><rect x="14" y="3.5" width="6.5" height="6.5" rx="1"/><rect x="3.5" y="14" width="6.5" height="6.5" rx="1"/><path d="M14 14.5h2.5v2.5M20.5 14v3M14 20.5h3M20.5 20.5v.1"/>`,
  sound: svg`<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4.2 4.2 0 010 6M18 6.5a7.8 7.8 0 010 11"/>`,
  download: svg`<path d="M12 3.5V15M7.5 11L12 15.5l4.5-4.5M5 20.5h14"/>`,
} as const satisfies Record<string, SVGTemplateResult>;

export type IconName = keyof typeof SHAPES;

/**
 * One icon of the set. Decorative unless it has a `label`.
 *
 * @property name which icon; unknown names draw nothing
 * @property label read out when the icon stands alone
 * @cssprop --icon-size default 1.5rem
 */
export class TandemIcon extends LitElement {
  static override properties: PropertyDeclarations = {
    name: { type: String },
    label: { type: String },
  };

  static override styles = css`
    :host {
      display: inline-flex;
      flex: none;
      inline-size: var(--icon-size, 1.5rem);
      block-size: var(--icon-size, 1.5rem);
    }
    svg {
      inline-size: 100%;
      block-size: 100%;
      fill: none;
      stroke: currentcolor;
      stroke-width: var(--icon-stroke, 2);
      stroke-linecap: round;
      stroke-linejoin: round;
    }
    /* Arrows point along the line of reading. */
    :host(:dir(rtl)) svg.directed {
      transform: scaleX(-1);
    }
  `;

  declare name: IconName;
  declare label: string | undefined;

  override render() {
    const directed = this.name === 'back' || this.name === 'forward' || this.name === 'backspace' ? 'directed' : '';
    return this.label
      ? html`<svg class=${directed} viewBox="0 0 24 24" role="img" aria-label=${this.label}>${SHAPES[this.name]}</svg>`
      : html`<svg class=${directed} viewBox="0 0 24 24" aria-hidden="true">${SHAPES[this.name]}</svg>`;
  }
}

customElements.define('tandem-icon', TandemIcon);

declare global {
  interface HTMLElementTagNameMap {
    'tandem-icon': TandemIcon;
  }
}
