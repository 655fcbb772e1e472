import { css, html, LitElement, nothing, type PropertyDeclarations, svg } from 'lit';
import type { Currency } from '../../protocol/currency.ts';
import { say } from '../i18n/say.ts';
import { sharedStyles } from '../theme/shared-styles.ts';
import { speakAmount } from './speak-amount.ts';
import './tandem-amount.ts';

export type OutcomeKind = 'paid' | 'guaranteed' | 'not-paid' | 'unknown';

/** Assistive technology misses text that is there when a live region appears; it must change afterwards. */
const ANNOUNCE_DELAY_MS = 120;

const MARKS = {
  paid: svg`<path class="draw" pathLength="1" d="M28 52l15 15 30-34"/>`,
  guaranteed: svg`<path class="draw" pathLength="1" d="M28 52l15 15 30-34"/>`,
  'not-paid': svg`<path class="draw" pathLength="1" d="M33 33l34 34"/><path class="draw" pathLength="1" d="M67 33L33 67"/>`,
  unknown: svg`<circle class="dot" cx="30" cy="50" r="5"/><circle class="dot" cx="50" cy="50" r="5"/><circle class="dot" cx="70" cy="50" r="5"/>`,
} as const;

/**
 * How a payment ended, over the whole screen, told apart at three metres by field, shape and word: paid (green, tick),
 * guaranteed offline (the same inside a white frame, with a line saying when it clears), not paid (amber, cross), unknown
 * (blue, dots). Announced once to screen readers, never twice.
 *
 * @property kind which of the four
 * @property headline default the outcome's own word
 * @property amountMinor the money, with `currency`
 * @property reason one plain sentence
 * @property next what to do now
 * @property code the refusal's code or trace key, small, under "Details"
 * @slot default further facts for everyone (shop, card)
 * @slot details facts for support, inside the disclosure
 * @slot actions buttons; their colours follow the field
 */
export class TandemOutcome extends LitElement {
  static override properties: PropertyDeclarations = {
    kind: { type: String, reflect: true },
    headline: { type: String },
    amountMinor: { type: Number, attribute: 'amount-minor' },
    currency: { attribute: false },
    reason: { type: String },
    next: { type: String },
    code: { type: String },
    announcement: { state: true },
  };

  static override styles = [
    sharedStyles,
    css`
      :host {
        --field: var(--color-unknown);
        --on-field: var(--color-on-unknown);
        position: fixed;
        inset: 0;
        z-index: 5;
        display: flex;
        flex-direction: column;
        overflow-y: auto;
        background: var(--field);
        color: var(--on-field);
        animation: outcome-enter var(--motion-enter) var(--ease-out);
      }
      :host([kind='paid']),
      :host([kind='guaranteed']) {
        --field: var(--color-paid);
        --on-field: var(--color-on-paid);
      }
      :host([kind='not-paid']) {
        --field: var(--color-not-paid);
        --on-field: var(--color-on-not-paid);
      }
      /* Everything outside the rounded inner edge, corners included. */
      .frame {
        --frame-width: clamp(10px, 2.2vmin, 18px);
        position: fixed;
        inset: var(--frame-width);
        border-radius: clamp(14px, 3vmin, 28px);
        box-shadow: 0 0 0 calc(2 * var(--frame-width)) var(--on-field);
        pointer-events: none;
      }
      main {
        flex: 1;
        display: flex;
        flex-direction: column;
        align-items: center;
        justify-content: center;
        gap: var(--space-3);
        padding: var(--space-10) var(--space-8) var(--space-6);
        text-align: center;
      }
      .mark {
        inline-size: clamp(7.5rem, 30vmin, 15rem);
        block-size: clamp(7.5rem, 30vmin, 15rem);
        flex: none;
        margin-block-end: var(--space-2);
        fill: none;
        stroke: var(--field);
        stroke-width: 9;
        stroke-linecap: round;
        stroke-linejoin: round;
      }
      .mark .disc {
        fill: var(--on-field);
        stroke: none;
      }
      .dot {
        fill: var(--field);
        stroke: none;
        animation: outcome-dot 1.5s ease-in-out infinite;
      }
      .dot:nth-of-type(3) {
        animation-delay: 0.2s;
      }
      .dot:nth-of-type(4) {
        animation-delay: 0.4s;
      }
      .draw {
        stroke-dasharray: 1;
        animation: outcome-draw 320ms 100ms var(--ease-out) backwards;
      }
      h1 {
        margin: 0;
        font-size: clamp(2.25rem, 1.4rem + 5vmin, 4.25rem);
        font-weight: var(--weight-bold);
        line-height: 1.05;
        letter-spacing: -0.025em;
      }
      tandem-amount {
        font-size: clamp(3.25rem, 1.5rem + 9vmin, 7.5rem);
      }
      p {
        max-inline-size: 30ch;
        margin: 0;
        font-size: clamp(1.1875rem, 1rem + 1vmin, 1.625rem);
        line-height: 1.35;
        text-wrap: balance;
      }
      .reason {
        font-weight: var(--weight-strong);
      }
      .extra {
        font-size: var(--text-l);
      }
      footer {
        --color-surface: var(--field);
        --color-text: var(--on-field);
        --color-text-quiet: var(--on-field);
        --color-accent: var(--on-field);
        --color-on-accent: var(--field);
        --color-mark: var(--on-field);
        --color-focus: var(--on-field);
        display: flex;
        flex-direction: column;
        align-items: center;
        gap: var(--space-4);
        padding: 0 var(--space-6) max(var(--space-6), env(safe-area-inset-bottom));
      }
      :host([kind='guaranteed']) footer {
        padding-block-end: max(var(--space-10), env(safe-area-inset-bottom));
      }
      .actions {
        display: flex;
        flex-direction: column;
        gap: var(--space-3);
        inline-size: 100%;
        max-inline-size: var(--measure-form);
      }
      details {
        max-inline-size: var(--measure-form);
        inline-size: 100%;
        font-size: var(--text-s);
        text-align: center;
      }
      summary {
        display: inline-flex;
        align-items: center;
        min-block-size: var(--target-min);
        padding: 0 var(--space-4);
        border-radius: var(--radius-m);
        cursor: pointer;
        text-decoration: underline;
        text-underline-offset: 0.25em;
        list-style: none;
      }
      summary::-webkit-details-marker {
        display: none;
      }
      code {
        font-family: var(--font-mono);
        overflow-wrap: anywhere;
        user-select: all;
      }
      @keyframes outcome-enter {
        from {
          opacity: 0;
        }
      }
      @keyframes outcome-draw {
        from {
          stroke-dashoffset: 1;
        }
      }
      @keyframes outcome-dot {
        30% {
          opacity: 0.25;
        }
      }
      @media (orientation: landscape) and (max-height: 30rem) {
        main {
          padding-block: var(--space-4);
        }
        .mark {
          inline-size: 4.5rem;
          block-size: 4.5rem;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        .draw,
        .dot {
          animation: none;
        }
      }
    `,
  ];

  declare kind: OutcomeKind;
  declare headline: string | undefined;
  declare amountMinor: number | undefined;
  declare currency: Currency | undefined;
  declare reason: string | undefined;
  declare next: string | undefined;
  declare code: string | undefined;
  declare private announcement: string;

  #announceTimer: ReturnType<typeof setTimeout> | undefined;
  #announcedAs = '';

  constructor() {
    super();
    this.kind = 'unknown';
    this.announcement = '';
  }

  override disconnectedCallback(): void {
    clearTimeout(this.#announceTimer);
    super.disconnectedCallback();
  }

  override render() {
    const kind = this.kind;
    return html`
      ${kind === 'guaranteed' ? html`<div class="frame"></div>` : nothing}
      <main>
        <svg class="mark" viewBox="0 0 100 100" aria-hidden="true">
          <circle class="disc" cx="50" cy="50" r="48" />
          ${MARKS[kind]}
        </svg>
        <h1>${this.#headline}</h1>
        ${
          this.amountMinor === undefined
            ? nothing
            : html`<tandem-amount size="hero" .amountMinor=${this.amountMinor} .currency=${this.currency}></tandem-amount>`
        }
        ${this.#reason ? html`<p class="reason">${this.#reason}</p>` : nothing}
        ${this.next ? html`<p>${this.next}</p>` : nothing}
        <div class="extra"><slot></slot></div>
      </main>
      <footer>
        <div class="actions"><slot name="actions"></slot></div>
        <details ?hidden=${!this.code}>
          <summary>${say('outcome.details')}</summary>
          <p class="small">${say('outcome.code')}: <code>${this.code}</code></p>
          <slot name="details"></slot>
        </details>
      </footer>
      <div class="visually-hidden" role="status" aria-live="assertive" aria-atomic="true">${this.announcement}</div>
    `;
  }

  override updated(): void {
    this.#announceOnce();
  }

  get #headline(): string {
    return this.headline ?? say(`outcome.${this.kind}`);
  }

  get #reason(): string | undefined {
    if (this.reason) return this.reason;
    return this.kind === 'paid' ? undefined : say(`outcome.${this.kind}.note`);
  }

  #announceOnce(): void {
    const amount =
      this.amountMinor !== undefined && this.currency ? `${speakAmount(this.amountMinor, this.currency)}.` : '';
    const text = [`${this.#headline}.`, amount, this.#reason, this.next].filter(Boolean).join(' ');
    if (text === this.#announcedAs) return;
    this.#announcedAs = text;
    clearTimeout(this.#announceTimer);
    this.#announceTimer = setTimeout(() => {
      this.announcement = text;
    }, ANNOUNCE_DELAY_MS);
  }
}

customElements.define('tandem-outcome', TandemOutcome);

declare global {
  interface HTMLElementTagNameMap {
    'tandem-outcome': TandemOutcome;
  }
}
