import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { messageFor } from '../../shared/browser/i18n/message-for.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { formatAmount } from '../../shared/protocol/amount.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import { type Card, totalMinor } from '../cards/card.ts';
import { canPay } from '../cards/choose-card.ts';
import { loadOfflineParts } from '../parts/load-offline-parts.ts';
import type { PayState } from '../payment/pay-state.ts';
import type { PaymentIntent } from '../payment/payment-intent.ts';
import { say } from '../texts.ts';
import { outcomeFactsStyles } from './outcome-facts-styles.ts';
import '../../shared/browser/elements/tandem-outcome.ts';

/** Refusals that are about the card: another one may do. */
const ABOUT_THE_CARD: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'insufficient_balance',
  'account_frozen',
  'account_unknown',
  'certificate_expired',
  'certificate_revoked',
]);

/**
 * How the payment ended, or that it is being checked.
 *
 * @property state one of `paid`, `not-paid`, `sending`
 * @property cards for what is left on the card
 * @fires wallet-pay-close, wallet-pay-receipt, wallet-pay-again, wallet-pay-other-card, wallet-pay-hurry
 */
export class WalletOutcome extends LitElement {
  static override properties: PropertyDeclarations = {
    state: { attribute: false },
    cards: { attribute: false },
    isCodeAsked: { state: true },
  };

  static override styles = [sharedStyles, outcomeFactsStyles];

  declare state: PayState;
  declare cards: readonly Card[];
  declare private isCodeAsked: boolean;

  constructor() {
    super();
    this.isCodeAsked = false;
  }

  override render() {
    const { state } = this;
    switch (state.status) {
      case 'paid':
        return this.#renderPaid(state.intent, state.isRepeated);
      case 'not-paid':
        return this.#renderNotPaid(state.intent, state.code);
      case 'sending':
        return this.#renderChecking(state.intent, state.code);
      default:
        return nothing;
    }
  }

  /** The window belongs to the outcome: the next key press goes to its first button. */
  override updated(changed: Map<PropertyKey, unknown>): void {
    const before = changed.get('state') as PayState | undefined;
    if (!changed.has('state') || before?.status === this.state.status) return;
    // One frame later: the sheet that closes just now hands the focus back to where it came from.
    requestAnimationFrame(() => {
      this.renderRoot.querySelector<HTMLElement>('[slot=actions]')?.focus({ preventScroll: true });
    });
  }

  #renderPaid(intent: PaymentIntent, isRepeated: boolean) {
    const { state } = intent;
    const receipt = state.status === 'paid' && (state.isTillAway || this.isCodeAsked) ? state.receipt : undefined;
    if (receipt) void loadOfflineParts();
    return html`<tandem-outcome
      kind="paid"
      .hasPicture=${receipt !== undefined}
      .headline=${isRepeated ? say('outcome.paid-before') : undefined}
      .reason=${isRepeated ? say('outcome.paid-before-note') : undefined}
      .amountMinor=${intent.facts.amountMinor}
      .currency=${intent.facts.currency}
      .code=${intent.facts.traceKey}
    >
      ${receipt ? html`<wallet-receipt-code slot="picture" .receipt=${receipt}></wallet-receipt-code>` : nothing}
      ${this.#renderShop(intent)} ${this.#renderLeft(intent)}
      ${this.#button('wallet-pay-close', say('outcome.done'), 'primary large')}
      ${this.#button('wallet-pay-receipt', say('outcome.receipt'), 'text')}
      ${receipt ? nothing : this.#renderCodeButton()}
    </tandem-outcome>`;
  }

  #renderCodeButton() {
    return html`<button
      slot="actions"
      class="button wide text"
      type="button"
      @click=${() => {
        this.isCodeAsked = true;
      }}
    >
      ${say('receipt-code.action')}
    </button>`;
  }

  #renderNotPaid(intent: PaymentIntent, code: RefusalCode) {
    const { text, next } = messageFor(code);
    return html`<tandem-outcome
      kind="not-paid"
      .amountMinor=${intent.facts.amountMinor}
      .currency=${intent.facts.currency}
      .reason=${text}
      .next="${next} ${say('outcome.no-money-taken')}"
      .code=${code}
    >
      ${this.#renderShop(intent)}
      ${this.#renderTrace(intent)}
      ${this.#renderWaysOn(intent, code)}
    </tandem-outcome>`;
  }

  /** The next step that may help first: another card, a new code, or neither. */
  #renderWaysOn({ accountNumber, facts }: PaymentIntent, code: RefusalCode) {
    const toWallet = (look: string) => this.#button('wallet-pay-close', say('outcome.to-wallet'), look);
    if (!ABOUT_THE_CARD.has(code)) {
      return html`${this.#button('wallet-pay-again', say('pay.scan-again'), 'primary large')} ${toWallet('text')}`;
    }
    const others = this.cards.filter((card) => card.accountNumber !== accountNumber);
    if (!others.some((card) => canPay(card, facts.amountMinor))) return toWallet('primary large');
    return html`${this.#button('wallet-pay-other-card', say('outcome.other-card'), 'primary large')} ${toWallet('text')}`;
  }

  #renderChecking(intent: PaymentIntent, code: RefusalCode | undefined) {
    const reason =
      code === 'no_network'
        ? say('outcome.no-network')
        : code === 'request_unknown'
          ? say('outcome.waiting-for-till')
          : undefined;
    return html`<tandem-outcome
      kind="unknown"
      .amountMinor=${intent.facts.amountMinor}
      .currency=${intent.facts.currency}
      .reason=${reason ?? say('outcome.safe')}
      .next=${reason ? say('outcome.safe') : undefined}
      .code=${code ?? intent.facts.traceKey}
    >
      ${this.#renderShop(intent)} ${this.#renderTrace(intent)}
      ${this.#button('wallet-pay-hurry', say('outcome.try-now'), 'primary large')}
      ${this.#button('wallet-pay-close', say('outcome.to-wallet'), 'text')}
    </tandem-outcome>`;
  }

  #renderShop({ facts }: PaymentIntent) {
    return html`<span class="facts-line shop">${say('outcome.to', { shop: facts.shopName })}</span>`;
  }

  #renderLeft({ accountNumber }: PaymentIntent) {
    const card = this.cards.find((known) => known.accountNumber === accountNumber);
    if (!card) return nothing;
    const balance = formatAmount(totalMinor(card), card.currency);
    return html`<span class="facts-line">${say('outcome.left', { label: card.label, balance })}</span>`;
  }

  #renderTrace({ facts }: PaymentIntent) {
    return html`<p slot="details" class="small">${say('outcome.trace')}: <code>${facts.traceKey}</code></p>`;
  }

  #button(event: string, label: string, look: string) {
    return html`<button slot="actions" class="button wide ${look}" type="button" @click=${() => this.#fire(event)}>
      ${label}
    </button>`;
  }

  #fire(type: string): void {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true }));
  }
}

customElements.define('wallet-outcome', WalletOutcome);

declare global {
  interface HTMLElementTagNameMap {
    'wallet-outcome': WalletOutcome;
  }
}
