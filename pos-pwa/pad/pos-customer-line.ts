import { css, html, LitElement, type PropertyDeclarations } from 'lit';
import '../../shared/browser/elements/tandem-countdown.ts';
import '../../shared/browser/elements/tandem-icon.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { formatAmount } from '../../shared/protocol/amount.ts';
import { BOUNDS } from '../../shared/protocol/bounds.ts';
import type { Currency } from '../../shared/protocol/currency.ts';
import { screenStyles } from '../parts/screen-styles.ts';
import { say } from '../say.ts';
import type { ScannedCustomer } from '../scan/scanned-customer.ts';

/**
 * Who was scanned and waits for the amount: up to how much, and for how long.
 *
 * @property customer
 * @property currency
 * @property now reads the corrected clock
 * @fires pos-forget-customer · pos-customer-end when the time is over
 */
export class PosCustomerLine extends LitElement {
  static override properties: PropertyDeclarations = {
    customer: { attribute: false },
    currency: { attribute: false },
    now: { attribute: false },
  };

  static override styles = [
    sharedStyles,
    screenStyles,
    css`
      :host {
        display: block;
        min-block-size: 4.25rem;
      }
      .line {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        min-block-size: 4.25rem;
        padding: var(--space-1) var(--space-2) var(--space-1) var(--space-4);
        border: 1px solid var(--color-line);
        border-radius: var(--radius-l);
        background: var(--color-surface);
      }
      .line > tandem-icon {
        color: var(--color-paid-text);
      }
      .words {
        flex: 1;
        min-inline-size: 0;
        line-height: 1.3;
        font-weight: var(--weight-medium);
        font-variant-numeric: tabular-nums lining-nums;
      }
      tandem-countdown,
      .button {
        flex: none;
      }
      .button {
        background: transparent;
      }
      @media (max-width: 22.5rem) {
        .line {
          gap: var(--space-2);
          padding-inline-start: var(--space-3);
        }
      }
    `,
  ];

  declare customer: ScannedCustomer;
  declare currency: Currency;
  declare now: () => number;

  override render() {
    const { capMinor, chargeableUntilMs } = this.customer;
    const what =
      capMinor === undefined
        ? say('pad.customer')
        : say('pad.customer-cap', { amount: formatAmount(capMinor, this.currency, document.documentElement.lang) });
    return html`<div class="line">
      <tandem-icon name="tick"></tandem-icon>
      <span class="words" role="status">${what}</span>
      <tandem-countdown
        kind="ring"
        .endsAtMs=${chargeableUntilMs}
        .durationMs=${BOUNDS.payCodeValidSeconds * 1000}
        .now=${this.now}
        .label=${say('pad.customer-left')}
        @tandem-countdown-end=${() => this.#fire('pos-customer-end')}
      ></tandem-countdown>
      <button
        type="button"
        class="button icon"
        aria-label=${say('pad.customer-forget')}
        @click=${() => this.#fire('pos-forget-customer')}
      >
        <tandem-icon name="cross"></tandem-icon>
      </button>
    </div>`;
  }

  #fire(type: string): void {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true }));
  }
}

customElements.define('pos-customer-line', PosCustomerLine);

declare global {
  interface HTMLElementTagNameMap {
    'pos-customer-line': PosCustomerLine;
  }
}
