import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { formatAmount } from '../../protocol/amount.ts';
import type { Currency } from '../../protocol/currency.ts';
import { sharedStyles } from '../theme/shared-styles.ts';
import { speakAmount } from './speak-amount.ts';

/**
 * Money on the screen, the same wherever it stands: tabular figures, one line, read out with the currency's name.
 *
 * @property amountMinor integer of the currency's minor unit; undefined keeps the place empty
 * @property currency code and digits
 * @property locale BCP 47; default the page's language
 * @property size `inline` follows the text around it; `large` for lists' heads; `hero` is the largest thing on the screen
 * @property isSigned shows `+` on incoming money too
 */
export class TandemAmount extends LitElement {
  static override properties: PropertyDeclarations = {
    amountMinor: { type: Number, attribute: 'amount-minor' },
    currency: { attribute: false },
    locale: { type: String },
    size: { type: String, reflect: true },
    isSigned: { type: Boolean, attribute: 'signed' },
  };

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: inline-block;
        white-space: nowrap;
        font-variant-numeric: tabular-nums lining-nums;
      }
      :host([size='large']) {
        font-size: var(--text-2xl);
        font-weight: var(--weight-bold);
        line-height: var(--leading-tight);
        letter-spacing: -0.02em;
      }
      :host([size='hero']) {
        font-size: var(--text-money);
        font-weight: var(--weight-bold);
        line-height: 1;
        letter-spacing: -0.035em;
      }
      /* A million must still fit a phone: long amounts step down instead of breaking or being cut. */
      :host([size='hero']) .long {
        font-size: 0.72em;
      }
      :host([size='hero']) .very-long {
        font-size: 0.52em;
      }
    `,
  ];

  declare amountMinor: number | undefined;
  declare currency: Currency | undefined;
  declare locale: string | undefined;
  declare size: 'inline' | 'large' | 'hero';
  declare isSigned: boolean;

  constructor() {
    super();
    this.size = 'inline';
    this.isSigned = false;
  }

  override render() {
    if (this.amountMinor === undefined || !this.currency) return nothing;
    const locale = this.locale ?? (document.documentElement.lang || 'en');
    const sign = this.isSigned && this.amountMinor > 0 ? '+' : '';
    // U+2212, the minus of the figures' own width.
    const shown = sign + formatAmount(this.amountMinor, this.currency, locale).replace(/^-/, '\u2212');
    const length = shown.length > 14 ? 'very-long' : shown.length > 9 ? 'long' : '';
    return html`<span class=${length} dir="auto" aria-hidden="true">${shown}</span
      ><span class="visually-hidden">${sign && 'plus '}${speakAmount(this.amountMinor, this.currency, locale)}</span>`;
  }
}

customElements.define('tandem-amount', TandemAmount);

declare global {
  interface HTMLElementTagNameMap {
    'tandem-amount': TandemAmount;
  }
}
