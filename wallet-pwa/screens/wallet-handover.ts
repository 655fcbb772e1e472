import { css, html, LitElement, type PropertyDeclarations } from 'lit';
import { WakeLockController } from '../../shared/browser/feedback/wake-lock-controller.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { formatAmount } from '../../shared/protocol/amount.ts';
import type { TwinCode } from '../../shared/protocol/codes/twin-code.ts';
import { showableUntilMs } from '../payment/consent-showing.ts';
import type { PaymentIntent } from '../payment/payment-intent.ts';
import { say } from '../texts.ts';
import '../../shared/browser/elements/tandem-countdown.ts';
import '../../shared/browser/elements/tandem-outcome.ts';
import '../../shared/browser/elements/tandem-twin-code.ts';

/**
 * The phone has no network: the till takes the person's consent off its screen and hands it in.
 *
 * @property intent signed and stored
 * @property pair what is to be drawn now
 * @property rhythmMs
 * @property nowMs reads the corrected clock
 * @fires wallet-pay-close, wallet-pay-shown-out
 */
export class WalletHandover extends LitElement {
  static override properties: PropertyDeclarations = {
    intent: { attribute: false },
    pair: { attribute: false },
    rhythmMs: { type: Number },
    nowMs: { attribute: false },
  };

  static override styles = [
    sharedStyles,
    css`
      .picture {
        /* Its frame is drawn in the field's ink. */
        --countdown-color: currentcolor;
        display: grid;
        gap: var(--space-3);
        font-size: var(--text-l);
        font-weight: var(--weight-bold);
        text-align: center;
      }
      .picture p {
        margin: 0;
      }
    `,
  ];

  declare intent: PaymentIntent;
  declare pair: TwinCode | undefined;
  declare rhythmMs: number;
  declare nowMs: () => number;

  constructor() {
    super();
    new WakeLockController(this);
  }

  override firstUpdated(): void {
    requestAnimationFrame(() => this.renderRoot.querySelector<HTMLElement>('button')?.focus({ preventScroll: true }));
  }

  override render() {
    const { facts, authorisedAtMs } = this.intent;
    const amount = formatAmount(facts.amountMinor, facts.currency);
    const endsAtMs = showableUntilMs(this.intent);
    return html`<tandem-outcome
      kind="unknown"
      has-picture
      .headline=${say('handover.title')}
      .amountMinor=${facts.amountMinor}
      .currency=${facts.currency}
      .reason=${say('outcome.to', { shop: facts.shopName })}
      .code=${facts.traceKey}
    >
      <div slot="picture" class="picture">
      <p>${say('handover.show')}</p>
      <tandem-countdown
        kind="frame"
        .label=${say('handover.valid-for')}
        .endsAtMs=${endsAtMs}
        .durationMs=${endsAtMs - authorisedAtMs}
        .now=${this.nowMs}
        @tandem-countdown-end=${() => this.#fire('wallet-pay-shown-out')}
      >
        <tandem-twin-code
          .a=${this.pair?.a ?? ''}
          .b=${this.pair?.b ?? ''}
          .rhythmMs=${this.rhythmMs}
          .label=${say('handover.picture', { amount, shop: facts.shopName })}
        ></tandem-twin-code>
      </tandem-countdown>
      </div>
      <span>${say('handover.safe')}</span>
      <button slot="actions" class="button wide large" type="button" @click=${() => this.#fire('wallet-pay-close')}>
        ${say('outcome.to-wallet')}
      </button>
    </tandem-outcome>`;
  }

  #fire(type: string): void {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true }));
  }
}

customElements.define('wallet-handover', WalletHandover);

declare global {
  interface HTMLElementTagNameMap {
    'wallet-handover': WalletHandover;
  }
}
