import { css, html, LitElement, type PropertyDeclarations } from 'lit';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { sayOffline } from '../offline/offline-texts.ts';
import type { PaymentIntent } from '../payment/payment-intent.ts';
import { say } from '../texts.ts';
import '../../shared/browser/elements/tandem-outcome.ts';

/**
 * The till has taken the payment on its own, and this phone has its signed word on it.
 *
 * @property intent
 * @fires wallet-pay-close
 */
export class WalletAccepted extends LitElement {
  static override properties: PropertyDeclarations = { intent: { attribute: false } };

  static override styles = [
    sharedStyles,
    css`
      .shop {
        display: block;
        font-weight: var(--weight-bold);
        overflow-wrap: anywhere;
      }
    `,
  ];

  declare intent: PaymentIntent;

  override firstUpdated(): void {
    requestAnimationFrame(() => this.renderRoot.querySelector<HTMLElement>('button')?.focus({ preventScroll: true }));
  }

  override render() {
    const { facts } = this.intent;
    return html`<tandem-outcome
      kind="guaranteed"
      .headline=${sayOffline('accepted.headline')}
      .amountMinor=${facts.amountMinor}
      .currency=${facts.currency}
      .reason=${sayOffline('accepted.settles')}
      .code=${facts.traceKey}
    >
      <span class="shop">${say('outcome.to', { shop: facts.shopName })}</span>
      <button
        slot="actions"
        class="button wide primary large"
        type="button"
        @click=${() => this.dispatchEvent(new CustomEvent('wallet-pay-close', { bubbles: true, composed: true }))}
      >
        ${sayOffline('accepted.done')}
      </button>
    </tandem-outcome>`;
  }
}

customElements.define('wallet-accepted', WalletAccepted);

declare global {
  interface HTMLElementTagNameMap {
    'wallet-accepted': WalletAccepted;
  }
}
