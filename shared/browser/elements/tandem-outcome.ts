import { html, LitElement, nothing, type PropertyDeclarations, svg } from 'lit';
import * as v from 'valibot';
import type { Currency } from '../../protocol/currency.ts';
import { TraceKey } from '../../protocol/identifiers.ts';
import { say } from '../i18n/say.ts';
import { sharedStyles } from '../theme/shared-styles.ts';
import { outcomeStyles } from './outcome-styles.ts';
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
 * guaranteed offline (the same inside a thin frame, with a line saying when it clears), not paid (amber, cross), unknown
 * (blue, dots). Announced once to screen readers, never twice.
 *
 * @property kind which of the four
 * @property headline default the outcome's own word
 * @property amountMinor the money, with `currency`
 * @property reason one plain sentence
 * @property next what to do now
 * @property code the refusal's code or the payment's number, small, under "Details"
 * @property hasPicture a code stands in the middle: the mark is small then, beside its word
 * @slot picture the code
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
    hasPicture: { type: Boolean, attribute: 'has-picture', reflect: true },
    announcement: { state: true },
  };

  static override styles = [sharedStyles, outcomeStyles];

  declare kind: OutcomeKind;
  declare headline: string | undefined;
  declare amountMinor: number | undefined;
  declare currency: Currency | undefined;
  declare reason: string | undefined;
  declare next: string | undefined;
  declare code: string | undefined;
  declare hasPicture: boolean;
  declare private announcement: string;

  #announceTimer: ReturnType<typeof setTimeout> | undefined;
  #announcedAs = '';

  constructor() {
    super();
    this.kind = 'unknown';
    this.hasPicture = false;
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
      <div class="body">
        <div class="head">
          <svg class="mark" viewBox="0 0 100 100" aria-hidden="true">
            <circle class="disc" cx="50" cy="50" r="48" />
            ${MARKS[kind]}
          </svg>
          <h1>${this.#headline}</h1>
        </div>
        ${
          this.amountMinor === undefined
            ? nothing
            : html`<tandem-amount size="hero" .amountMinor=${this.amountMinor} .currency=${this.currency}></tandem-amount>`
        }
        ${this.hasPicture ? html`<div class="picture"><slot name="picture"></slot></div>` : nothing}
        ${this.#reason ? html`<p class="reason">${this.#reason}</p>` : nothing}
        ${this.next ? html`<p>${this.next}</p>` : nothing}
        <div class="extra"><slot></slot></div>
      </div>
      <footer>
        <div class="actions"><slot name="actions"></slot></div>
        <details ?hidden=${!this.code}>
          <summary>${say('outcome.details')}</summary>
          <p class="small">${say(v.is(TraceKey, this.code) ? 'outcome.payment-number' : 'outcome.code')}: <code>${this.code}</code></p>
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
