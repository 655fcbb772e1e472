import { html, LitElement, type PropertyDeclarations } from 'lit';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import './pos-charge-screen.ts';
import './pos-code-screen.ts';
import './pos-sale-outcome.ts';
import type { Sale } from './sale.ts';
import { viewSale } from './sale-view.ts';

/**
 * The sale in hand: its code or the charge of a scanned customer, then how it ended. Draws itself again when its time is up.
 *
 * @property sale
 * @property codeText
 * @property isOnline
 * @property trouble why the centre cannot be asked although there is a network
 * @property isLookingBack and `lookBack`: see pos-sale-outcome
 * @property now reads the corrected clock
 * @fires pos-time-up · pos-cancel · pos-scan-instead · pos-show-code · pos-leave · pos-receipt · pos-charge-again ·
 *   pos-change-amount · pos-sign-in-again · pos-payments
 */
export class PosSale extends LitElement {
  static override properties: PropertyDeclarations = {
    sale: { attribute: false },
    codeText: { type: String },
    isOnline: { type: Boolean },
    trouble: { type: String },
    isLookingBack: { type: Boolean },
    lookBack: { type: String },
    now: { attribute: false },
  };

  declare sale: Sale;
  declare codeText: string;
  declare isOnline: boolean;
  declare trouble: RefusalCode | undefined;
  declare isLookingBack: boolean;
  declare lookBack: 'asking' | 'asked' | 'unreachable';
  declare now: () => number;

  #endTimer: ReturnType<typeof setTimeout> | undefined;

  /** A refused charge has no countdown of its own; when the request is over, so are its ways on. */
  override updated(): void {
    clearTimeout(this.#endTimer);
    const leftMs = this.sale.expiresAtMs - this.now();
    if (this.sale.state.status === 'charge-refused' && leftMs > 0) {
      this.#endTimer = setTimeout(() => this.#onTimeUp(), leftMs + 50);
    }
  }

  override disconnectedCallback(): void {
    clearTimeout(this.#endTimer);
    super.disconnectedCallback();
  }

  #onTimeUp(): void {
    this.requestUpdate();
    this.dispatchEvent(new CustomEvent('pos-time-up', { bubbles: true, composed: true }));
  }

  override render() {
    const { sale, codeText, isOnline, trouble, now, isLookingBack, lookBack } = this;
    const view = viewSale(sale, isOnline && !trouble, now());
    if (view === 'code' || view === 'ending') {
      return html`<pos-code-screen
        .sale=${sale}
        .codeText=${view === 'code' ? codeText : ''}
        .isOnline=${isOnline}
        .trouble=${trouble}
        .now=${now}
        @pos-time-up=${() => this.requestUpdate()}
      ></pos-code-screen>`;
    }
    if (view === 'charging' || view === 'asked') {
      return html`<pos-charge-screen
        .sale=${sale}
        .hasCode=${codeText !== ''}
        .isOnline=${isOnline}
        .trouble=${trouble}
        .now=${now}
        @pos-time-up=${() => this.requestUpdate()}
      ></pos-charge-screen>`;
    }
    return html`<pos-sale-outcome
      .sale=${sale}
      .hasCode=${codeText !== ''}
      .isOnline=${isOnline}
      .trouble=${trouble}
      .isLookingBack=${isLookingBack}
      .lookBack=${lookBack}
    ></pos-sale-outcome>`;
  }
}

customElements.define('pos-sale', PosSale);

declare global {
  interface HTMLElementTagNameMap {
    'pos-sale': PosSale;
  }
}
