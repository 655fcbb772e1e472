import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import '../../shared/browser/elements/tandem-amount.ts';
import '../../shared/browser/elements/tandem-countdown.ts';
import { WakeLockController } from '../../shared/browser/feedback/wake-lock-controller.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { formatAmount } from '../../shared/protocol/amount.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import { FocusOnArrival } from '../app/focus-on-arrival.ts';
import { screenStyles } from '../parts/screen-styles.ts';
import { say } from '../say.ts';
import { describeCharge } from './describe-charge.ts';
import type { Sale } from './sale.ts';
import { statusStyles } from './status-styles.ts';

/**
 * A scanned customer is being charged: for a blink while the centre is asked, longer while the customer is.
 *
 * @property sale charging or asked
 * @property hasCode there is a code that can be shown instead
 * @property isOnline
 * @property trouble why the centre cannot be asked although there is a network
 * @property now reads the corrected clock
 * @fires pos-show-code · pos-cancel · pos-time-up
 */
export class PosChargeScreen extends LitElement {
  static override properties: PropertyDeclarations = {
    sale: { attribute: false },
    hasCode: { type: Boolean },
    isOnline: { type: Boolean },
    trouble: { type: String },
    now: { attribute: false },
  };

  static override styles = [
    sharedStyles,
    screenStyles,
    statusStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        box-sizing: border-box;
        min-block-size: 100dvh;
        max-inline-size: 36rem;
        margin-inline: auto;
        padding: max(var(--space-6), env(safe-area-inset-top)) var(--space-5)
          max(var(--space-6), env(safe-area-inset-bottom));
      }
      .middle {
        flex: 1;
        display: flex;
        flex-direction: column;
        align-items: center;
        justify-content: center;
        gap: var(--space-5);
        padding-block: var(--space-6);
        text-align: center;
      }
      h1 {
        color: var(--color-text-quiet);
        font-size: var(--text-l);
        font-weight: var(--weight-medium);
        letter-spacing: 0;
      }
      tandem-amount {
        font-size: clamp(3.25rem, 11vmin, 6.5rem);
      }
      .status {
        inline-size: 100%;
        /* The longest of its sentences: what it says next moves nothing. */
        min-block-size: 8rem;
        font-size: var(--text-l);
        text-align: start;
      }
      tandem-countdown {
        inline-size: 100%;
      }
      .actions {
        display: flex;
        flex-direction: column;
        gap: var(--space-3);
        min-block-size: 8.25rem;
        justify-content: end;
      }
    `,
  ];

  declare sale: Sale;
  declare hasCode: boolean;
  declare isOnline: boolean;
  declare trouble: RefusalCode | undefined;
  declare now: () => number;

  constructor() {
    super();
    this.hasCode = false;
    new FocusOnArrival(this, 'h1');
    new WakeLockController(this);
  }

  override render() {
    const { amountMinor, currency, state, expiresAtMs, requestedAtMs } = this.sale;
    const amount = formatAmount(amountMinor, currency, document.documentElement.lang);
    const { tone, title, note } = describeCharge(state, amount, this.isOnline, this.trouble);
    return html`<section class="middle">
        <h1 tabindex="-1">${say('charge.title')}</h1>
        <tandem-amount size="hero" .amountMinor=${amountMinor} .currency=${currency}></tandem-amount>
        <div class="status ${tone}" role="status">
          <span class="pulse" aria-hidden="true"></span>
          <span>
            <strong>${title}</strong>
            ${note ? html`<span class="note">${note}</span>` : nothing}
          </span>
        </div>
        <tandem-countdown
          kind="bar"
          .endsAtMs=${expiresAtMs}
          .durationMs=${expiresAtMs - requestedAtMs}
          .now=${this.now}
          .label=${say('charge.valid-for')}
          @tandem-countdown-end=${() => this.#fire('pos-time-up')}
        ></tandem-countdown>
      </section>
      <div class="actions">
        ${
          state.status === 'asked' && this.hasCode
            ? html`<button type="button" class="button large wide" @click=${() => this.#fire('pos-show-code')}>
              ${say('charge.show-code')}
            </button>`
            : nothing
        }
        <button type="button" class="button outline large wide" @click=${this.#cancel}>
          ${say('code.cancel')}
        </button>
      </div>`;
  }

  /** A hurried finger's second tap on "Charge" lands here, and was not meant. */
  #cancel({ detail: taps }: MouseEvent): void {
    if (taps < 2) this.#fire('pos-cancel');
  }

  #fire(type: string): void {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true }));
  }
}

customElements.define('pos-charge-screen', PosChargeScreen);

declare global {
  interface HTMLElementTagNameMap {
    'pos-charge-screen': PosChargeScreen;
  }
}
