import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import '../../shared/browser/elements/tandem-amount.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { type Sale, timeOf } from '../sale/sale.ts';
import { say } from '../say.ts';
import { formatMoment } from './format-time.ts';
import { screenStyles } from './screen-styles.ts';

/**
 * Sales whose end this device will never hear of, by amount, time and number: named before the till is set up anew.
 *
 * @property sales nothing is drawn while there are none
 */
export class PosOpenSales extends LitElement {
  static override properties: PropertyDeclarations = { sales: { attribute: false } };

  static override styles = [
    sharedStyles,
    screenStyles,
    css`
      section {
        display: flex;
        flex-direction: column;
        gap: var(--space-3);
        padding: var(--space-4) var(--space-5);
        border-radius: var(--radius-l);
        background: var(--color-unknown);
        color: var(--color-on-unknown);
        text-align: start;
      }
      ul {
        display: flex;
        flex-direction: column;
        gap: var(--space-3);
        max-block-size: 14rem;
        padding: 0;
        overflow-y: auto;
        list-style: none;
      }
      li {
        display: grid;
        grid-template-columns: auto 1fr;
        column-gap: var(--space-4);
        align-items: baseline;
      }
      tandem-amount {
        font-weight: var(--weight-bold);
      }
      .time {
        text-align: end;
      }
      .number {
        grid-column: 1 / -1;
        overflow-wrap: anywhere;
      }
    `,
  ];

  declare sales: readonly Sale[];

  constructor() {
    super();
    this.sales = [];
  }

  override render() {
    if (this.sales.length === 0) return nothing;
    const count = this.sales.length;
    return html`<section>
      <p><strong>${count === 1 ? say('lost.open-one') : say('lost.open', { count })}</strong> ${say('lost.open-note')}</p>
      <ul role="list">
        ${this.sales.map(
          (sale) => html`<li>
            <tandem-amount .amountMinor=${sale.amountMinor} .currency=${sale.currency}></tandem-amount>
            <span class="time small">${formatMoment(timeOf(sale))}</span>
            <span class="number small">${sale.traceKey}</span>
          </li>`,
        )}
      </ul>
    </section>`;
  }
}

customElements.define('pos-open-sales', PosOpenSales);

declare global {
  interface HTMLElementTagNameMap {
    'pos-open-sales': PosOpenSales;
  }
}
