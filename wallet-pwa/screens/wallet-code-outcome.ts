import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { signalOutcome } from '../../shared/browser/feedback/signal-outcome.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { formatAmount } from '../../shared/protocol/amount.ts';
import { type Card, totalMinor } from '../cards/card.ts';
import type { KeptPayCode } from '../pay-code/kept-pay-code.ts';
import { say } from '../texts.ts';
import { outcomeFactsStyles } from './outcome-facts-styles.ts';
import '../../shared/browser/elements/tandem-outcome.ts';

/**
 * The shop scanned the code and was paid: how much, where, and what is left on the card.
 *
 * @property code a paid one
 * @property cards
 * @fires wallet-code-close, wallet-code-receipt
 */
export class WalletCodeOutcome extends LitElement {
  static override properties: PropertyDeclarations = {
    code: { attribute: false },
    cards: { attribute: false },
  };

  static override styles = [sharedStyles, outcomeFactsStyles];

  declare code: KeptPayCode;
  declare cards: readonly Card[];

  override firstUpdated(): void {
    signalOutcome('paid');
    this.renderRoot.querySelector<HTMLElement>('[slot=actions]')?.focus({ preventScroll: true });
  }

  override render() {
    const { state, currency } = this.code;
    if (state.status !== 'paid') return nothing;
    return html`<tandem-outcome
      kind="paid"
      .amountMinor=${state.amountMinor}
      .currency=${currency}
      .code=${state.traceKey}
    >
      <span class="facts-line shop">${say('outcome.to', { shop: state.shopName })}</span>
      ${this.#renderLeft()}
      <button slot="actions" class="button wide primary large" type="button" @click=${() => this.#fire('wallet-code-close')}>
        ${say('outcome.done')}
      </button>
      <button slot="actions" class="button wide text" type="button" @click=${() => this.#fire('wallet-code-receipt')}>
        ${say('outcome.receipt')}
      </button>
    </tandem-outcome>`;
  }

  #renderLeft() {
    const card = this.cards.find(({ accountNumber }) => accountNumber === this.code.accountNumber);
    if (!card) return nothing;
    const balance = formatAmount(totalMinor(card), card.currency);
    return html`<span class="facts-line">${say('outcome.left', { label: card.label, balance })}</span>`;
  }

  #fire(type: string): void {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true }));
  }
}

customElements.define('wallet-code-outcome', WalletCodeOutcome);

declare global {
  interface HTMLElementTagNameMap {
    'wallet-code-outcome': WalletCodeOutcome;
  }
}
