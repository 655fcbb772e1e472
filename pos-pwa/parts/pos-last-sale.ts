import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import '../../shared/browser/elements/tandem-icon.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { formatAmount } from '../../shared/protocol/amount.ts';
import { isOpen, type Sale, timeOf } from '../sale/sale.ts';
import { say } from '../say.ts';
import { formatTime } from './format-time.ts';
import { screenStyles } from './screen-styles.ts';

/**
 * How the last one went, as far as it is known; only what is not known is asked. One tap asks the centre.
 *
 * @property sale the last one; undefined keeps the place
 * @property openCount sales that are being checked
 * @fires pos-look-back
 */
export class PosLastSale extends LitElement {
  static override properties: PropertyDeclarations = {
    sale: { attribute: false },
    openCount: { type: Number },
  };

  static override styles = [
    sharedStyles,
    screenStyles,
    css`
      :host {
        display: block;
        min-block-size: 4.25rem;
      }
      .last {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        inline-size: 100%;
        min-block-size: 4.25rem;
        padding: var(--space-2) var(--space-4);
        border: 1px solid var(--color-line);
        border-radius: var(--radius-l);
        background: transparent;
        color: var(--color-text);
        font: inherit;
        text-align: start;
        cursor: pointer;
      }
      .last:hover {
        background: color-mix(in oklab, var(--color-text) 4%, transparent);
      }
      .words {
        flex: 1;
        min-inline-size: 0;
      }
      .state {
        display: block;
        font-weight: var(--weight-medium);
        font-variant-numeric: tabular-nums lining-nums;
      }
      :is(.paid, .guaranteed) tandem-icon:first-child {
        color: var(--color-paid-text);
      }
      :is(.not-paid, .not-settled) tandem-icon:first-child {
        color: var(--color-not-paid-text);
      }
      .open tandem-icon:first-child {
        color: var(--color-unknown-text);
      }
      .none {
        display: grid;
        place-items: center;
        min-block-size: 4.25rem;
        color: var(--color-text-quiet);
        font-size: var(--text-s);
      }
    `,
  ];

  declare sale: Sale | undefined;
  declare openCount: number;

  override render() {
    const { sale } = this;
    if (!sale) return html`<p class="none">${say('pad.last-none')}</p>`;
    const amount = formatAmount(sale.amountMinor, sale.currency, document.documentElement.lang);
    const [kind, icon] = looks(sale);
    return html`<button type="button" class="last ${kind}" @click=${this.#ask}>
      <tandem-icon name=${icon}></tandem-icon>
      <span class="words">
        <span class="state">${say(`pad.last-${kind}`, { amount })} · ${formatTime(timeOf(sale))}</span>
        <span class="small quiet">${
          this.openCount > 1 ? say('pad.open-many', { count: this.openCount }) : say(`pad.last-${kind}-note`)
        }</span>
      </span>
      ${this.openCount > 0 ? nothing : html`<tandem-icon name="forward"></tandem-icon>`}
    </button>`;
  }

  #ask(): void {
    this.dispatchEvent(new CustomEvent('pos-look-back', { bubbles: true, composed: true }));
  }
}

function looks(sale: Sale): [kind: 'paid' | 'not-paid' | 'open' | 'guaranteed' | 'not-settled', icon: string] {
  if (isOpen(sale)) return ['open', 'question'];
  if (sale.state.status === 'accepted') return ['guaranteed', 'tick'];
  if (sale.state.status === 'not-settled') return ['not-settled', 'warning'];
  return sale.state.status === 'paid' ? ['paid', 'tick'] : ['not-paid', 'cross'];
}

customElements.define('pos-last-sale', PosLastSale);

declare global {
  interface HTMLElementTagNameMap {
    'pos-last-sale': PosLastSale;
  }
}
