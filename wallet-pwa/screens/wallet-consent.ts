import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { messageFor } from '../../shared/browser/i18n/message-for.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { formatAmount } from '../../shared/protocol/amount.ts';
import type { Currency } from '../../shared/protocol/currency.ts';
import type { AccountNumber } from '../../shared/protocol/identifiers.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import type { Card } from '../cards/card.ts';
import type { PayState } from '../payment/pay-state.ts';
import { say } from '../texts.ts';
import '../../shared/browser/elements/tandem-amount.ts';
import '../../shared/browser/elements/tandem-countdown.ts';
import '../../shared/browser/elements/tandem-icon.ts';
import '../../shared/browser/elements/tandem-sheet.ts';
import '../parts/wallet-card-picker.ts';

/** What the sheet shows, taken from the request before it was confirmed and from the intent afterwards. */
interface Shown {
  readonly shopName: string;
  readonly operatorNo: string;
  readonly amountMinor: number;
  readonly currency: Currency;
  readonly expiresAtMs: number;
  readonly durationMs: number;
  readonly accountNumber: AccountNumber | undefined;
  readonly isBeyondCode: boolean;
  readonly notice: RefusalCode | undefined;
}

/**
 * The sheet on which somebody consents: shop and verified mark, amount, card, and one button that opens the passkey.
 * After the passkey it asks nothing more.
 *
 * @property state
 * @property cards
 * @property programmeName who vouches for the shop
 * @property isOnline
 * @property nowMs
 * @fires wallet-pay-confirm, wallet-pay-close, wallet-pay-expire, wallet-card-choose
 */
export class WalletConsent extends LitElement {
  static override properties: PropertyDeclarations = {
    state: { attribute: false },
    cards: { attribute: false },
    programmeName: { type: String },
    isOnline: { type: Boolean },
    nowMs: { attribute: false },
  };

  static override styles = [
    sharedStyles,
    css`
      .order {
        display: flex;
        flex-direction: column;
        align-items: center;
        gap: var(--space-1);
        padding-block: var(--space-2) var(--space-4);
        text-align: center;
      }
      .shop {
        margin: 0;
        font-size: var(--text-xl);
        font-weight: var(--weight-bold);
        line-height: 1.2;
        letter-spacing: -0.015em;
        overflow-wrap: anywhere;
      }
      .verified {
        --icon-size: 1.25rem;
        display: flex;
        align-items: center;
        gap: var(--space-1);
        color: var(--color-paid-text);
        font-size: var(--text-s);
        font-weight: var(--weight-medium);
      }
      tandem-amount {
        --text-money: clamp(2rem, 13.5vi, 4rem);
        margin-block: var(--space-4) var(--space-2);
      }
      .countdown {
        margin-block: var(--space-2) var(--space-4);
      }
      @media (max-height: 42rem) {
        .order {
          padding-block: 0 var(--space-1);
        }
        tandem-amount {
          margin-block: var(--space-2) var(--space-1);
        }
        .countdown {
          margin-block: 0 var(--space-2);
        }
      }
      @media (orientation: landscape) and (max-height: 30rem) {
        .content {
          display: grid;
          grid-template-columns: 1fr 1fr;
          gap: 0 var(--space-5);
          align-items: center;
        }
        .notice {
          grid-column: 1 / -1;
        }
      }
      .notice {
        /* Two lines are kept free: the sheet does not jump when there is something to say. */
        min-block-size: 3.5rem;
        margin: 0;
        padding-block-start: var(--space-2);
        color: var(--color-not-paid-text);
        text-align: center;
      }
      .notice .calm {
        color: var(--color-text-quiet);
      }
    `,
  ];

  declare state: PayState;
  declare cards: readonly Card[];
  declare programmeName: string;
  declare isOnline: boolean;
  declare nowMs: () => number;

  #last: Shown | undefined;

  constructor() {
    super();
    this.state = { status: 'none' };
    this.cards = [];
    this.programmeName = '';
    this.isOnline = true;
    this.nowMs = Date.now;
  }

  override render() {
    const { state } = this;
    const shown = readShown(state) ?? this.#last;
    this.#last = shown;
    const isOpen =
      state.status === 'asking' || state.status === 'confirming' || (state.status === 'sending' && !state.isSlow);
    const isBusy = state.status === 'confirming' || state.status === 'sending';
    return html`<tandem-sheet
      ?open=${isOpen}
      ?locked=${isBusy}
      .heading=${say('pay.heading')}
      @tandem-sheet-close=${() => this.#fire('wallet-pay-close')}
    >
      ${shown ? this.#renderOrder(shown, isBusy) : nothing}
      ${
        shown
          ? html`<button
            slot="actions"
            class="button primary large wide"
            type="button"
            aria-describedby="order"
            aria-busy=${isBusy}
            ?disabled=${!shown.accountNumber}
            @click=${() => !isBusy && this.#fire('wallet-pay-confirm')}
          >
            <tandem-icon name="passkey"></tandem-icon>
            ${
              state.status === 'sending'
                ? say('pay.sending')
                : say('pay.confirm', { amount: formatAmount(shown.amountMinor, shown.currency) })
            }
          </button>`
          : nothing
      }
    </tandem-sheet>`;
  }

  override updated(changed: Map<PropertyKey, unknown>): void {
    const before = changed.get('state') as PayState | undefined;
    if (this.state.status === 'asking' && before?.status !== 'asking') void this.#focusPay();
  }

  /** The dialogue would give the focus to its cross; who pays by keyboard or ear means the button, described by the order. */
  async #focusPay(): Promise<void> {
    await this.renderRoot.querySelector('tandem-sheet')?.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[slot=actions]')?.focus({ preventScroll: true });
  }

  #renderOrder(shown: Shown, isBusy: boolean) {
    return html`<div class="content">
      <div class="order" id="order">
        <h3 class="shop">${shown.shopName}</h3>
        <span class="verified">
          <tandem-icon name="verified"></tandem-icon>${say('pay.verified', { programme: this.programmeName })}
        </span>
        <tandem-amount size="hero" .amountMinor=${shown.amountMinor} .currency=${shown.currency}></tandem-amount>
        <span class="quiet small">${say('pay.operator', { operator: shown.operatorNo })}</span>
      </div>
      <div>
      <tandem-countdown
        class="countdown"
        kind="bar"
        .label=${say('pay.valid-for')}
        .endsAtMs=${shown.expiresAtMs}
        .durationMs=${shown.durationMs}
        .now=${this.nowMs}
        @tandem-countdown-end=${() => this.#fire('wallet-pay-expire')}
      ></tandem-countdown>
      <wallet-card-picker
        .isOnline=${this.isOnline} .cards=${this.cards}
        .chosen=${shown.accountNumber}
        .amountMinor=${shown.amountMinor}
        .isLocked=${isBusy}
      ></wallet-card-picker>
      </div>
      <p class="notice" role="status">${noticeFor(shown, this.isOnline)}</p>
      </div>`;
  }

  #fire(type: string): void {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true }));
  }
}

function readShown(state: PayState): Shown | undefined {
  if (state.status === 'asking' || state.status === 'confirming') {
    const { shopName, operatorNo, amountMinor, currency, exponent, expiresAtMs, requestedAtMs } = state.order.request;
    return {
      shopName,
      operatorNo,
      amountMinor,
      currency: { code: currency, exponent },
      expiresAtMs,
      durationMs: expiresAtMs - requestedAtMs,
      accountNumber: state.accountNumber,
      isBeyondCode: state.order.isBeyondCode ?? false,
      notice: state.status === 'asking' ? state.notice : undefined,
    };
  }
  return undefined;
}

/** Closing the passkey is no mistake, nor is it one to have no network: a calm sentence; everything else gets its own words. */
function noticeFor({ notice: code, isBeyondCode }: Shown, isOnline: boolean) {
  if (!code && isBeyondCode) return html`<span class="calm">${say('pay.beyond-code')}</span>`;
  if (!code) return isOnline ? nothing : html`<span class="calm">${say('pay.no-network')}</span>`;
  if (code === 'passkey_cancelled') return html`<span class="calm">${say('pay.nothing-lost')}</span>`;
  if (code === 'passkey_timeout') return html`<span class="calm">${say('pay.timed-out')}</span>`;
  const { text, next } = messageFor(code);
  return html`${text} ${next}`;
}

customElements.define('wallet-consent', WalletConsent);

declare global {
  interface HTMLElementTagNameMap {
    'wallet-consent': WalletConsent;
  }
}
