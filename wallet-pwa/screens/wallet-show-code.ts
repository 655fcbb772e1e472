import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { messageFor } from '../../shared/browser/i18n/message-for.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { formatAmount } from '../../shared/protocol/amount.ts';
import type { TwinCode } from '../../shared/protocol/codes/twin-code.ts';
import type { Currency } from '../../shared/protocol/currency.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import type { PayCodeSettings } from '../../shared/protocol/wire/pay-codes.ts';
import type { Card } from '../cards/card.ts';
import type { CodeChoice, ShowCodeState } from '../pay-code/show-code-state.ts';
import { say } from '../texts.ts';
import { ScreenArrival } from './screen-arrival.ts';
import { screenStyles } from './screen-styles.ts';
import '../../shared/browser/elements/tandem-amount.ts';
import '../../shared/browser/elements/tandem-icon.ts';
import '../parts/wallet-card-picker.ts';
import './wallet-code-outcome.ts';
import './wallet-code-stage.ts';

/**
 * "Show code": the most it may pay and from which card, then the code itself, then how it ended.
 *
 * @property state
 * @property pair the two codes to be drawn now
 * @property cards
 * @property currency of the programme
 * @property settings rhythm, and above which amount the person is asked again
 * @property isOnline
 * @property hasSeenHint the hint about brightness was seen before
 * @property nowMs reads the corrected clock
 * @property base the app's own path
 * @fires wallet-card-choose {accountNumber}
 * @fires wallet-code-step {direction} a higher (1) or lower (-1) amount is wanted
 * @fires wallet-code-confirm, wallet-code-expire, wallet-code-again, wallet-code-hinted
 * @fires wallet-code-close back to the wallet; a code that is shown is taken back
 * @fires wallet-code-receipt
 */
export class WalletShowCode extends LitElement {
  static override properties: PropertyDeclarations = {
    state: { attribute: false },
    pair: { attribute: false },
    cards: { attribute: false },
    currency: { attribute: false },
    settings: { attribute: false },
    isOnline: { type: Boolean },
    hasSeenHint: { type: Boolean },
    nowMs: { attribute: false },
    base: { type: String },
  };

  static override styles = [
    sharedStyles,
    screenStyles,
    css`
      .cap {
        display: flex;
        flex-direction: column;
        align-items: center;
        gap: var(--space-2);
        padding-block: var(--space-6) var(--space-2);
        text-align: center;
      }
      .cap h2 {
        color: var(--color-text-quiet);
        font-weight: var(--weight-medium);
      }
      .stepper {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        gap: var(--space-2);
        align-items: center;
        inline-size: 100%;
      }
      .stepper tandem-amount {
        --text-money: clamp(1.25rem, 17vi - 1.2rem, 3.75rem);
        justify-self: center;
      }
      .stepper .button {
        --icon-size: 1.5rem;
        inline-size: clamp(2.75rem, 18vi, 3.75rem);
        block-size: clamp(2.75rem, 18vi, 3.75rem);
      }
      .minus {
        inline-size: 1.125rem;
        block-size: 2.5px;
        border-radius: var(--radius-round);
        background: currentcolor;
      }
      /* Two lines are kept free: nothing jumps when the highest amount is reached, or there is something to say. */
      .note,
      .notice {
        min-block-size: 3.25rem;
        color: var(--color-text-quiet);
        text-align: center;
      }
      .notice {
        color: var(--color-not-paid-text);
      }
      .notice .calm {
        color: var(--color-text-quiet);
      }
      @media (max-height: 42rem) {
        .cap {
          padding-block: 0;
        }
      }
    `,
  ];

  declare state: ShowCodeState;
  declare pair: TwinCode | undefined;
  declare cards: readonly Card[];
  declare currency: Currency;
  declare settings: PayCodeSettings;
  declare isOnline: boolean;
  declare hasSeenHint: boolean;
  declare nowMs: () => number;
  declare base: string;

  constructor() {
    super();
    this.state = { status: 'none' };
    this.cards = [];
    this.isOnline = true;
    this.hasSeenHint = false;
    new ScreenArrival(this, say('code.title'));
  }

  override render() {
    const { state } = this;
    if (state.status === 'paid') {
      return html`<wallet-code-outcome .code=${state.code} .cards=${this.cards}></wallet-code-outcome>`;
    }
    return html`<header class="bar">
        <a class="button text icon" href=${this.base}><tandem-icon name="back" label=${say('app.back')}></tandem-icon></a>
        <h1 tabindex="-1">${say('code.title')}</h1>
      </header>
      ${this.#renderBody(state)}`;
  }

  #renderBody(state: ShowCodeState) {
    switch (state.status) {
      case 'none':
      case 'paid':
        return nothing;
      case 'choosing':
        return this.#renderChoice(state.choice, state.notice);
      case 'confirming':
        return this.#renderChoice(state.choice, undefined, true);
      default:
        return html`<wallet-code-stage
          .state=${state}
          .pair=${this.pair}
          .cards=${this.cards}
          .rhythmMs=${this.settings.rhythmMs}
          .isOnline=${this.isOnline}
          .hasSeenHint=${this.hasSeenHint}
          .nowMs=${this.nowMs}
        ></wallet-code-stage>`;
    }
  }

  #renderChoice({ accountNumber, capMinor }: CodeChoice, notice: RefusalCode | undefined, isBusy = false) {
    const isAtStepUp = capMinor >= this.settings.stepUpMinor;
    const limit = formatAmount(capMinor, this.currency);
    return html`<section class="cap" aria-labelledby="up-to">
        <h2 id="up-to">${say('code.up-to')}</h2>
        <div class="stepper">
          ${this.#renderStep(-1, html`<span class="minus" aria-hidden="true"></span>`, say('code.less'), isBusy)}
          <output aria-live="polite" aria-labelledby="up-to amount">
            <tandem-amount id="amount" size="hero" .amountMinor=${capMinor} .currency=${this.currency}></tandem-amount>
          </output>
          ${this.#renderStep(1, html`<tandem-icon name="plus"></tandem-icon>`, say('code.more'), isBusy)}
        </div>
        <p class="note">${isAtStepUp ? say('code.highest', { amount: limit }) : say('code.how')}</p>
      </section>
      <wallet-card-picker
        .isOnline=${this.isOnline} .cards=${this.cards}
        .chosen=${accountNumber}
        .amountMinor=${capMinor}
        .isUpTo=${true}
        .isLocked=${isBusy}
      ></wallet-card-picker>
      <p class="notice" role="status">${noticeFor(notice)}</p>
      <div class="foot">
        <button
          class="button primary large wide"
          type="button"
          aria-busy=${isBusy}
          ?disabled=${!accountNumber}
          @click=${() => !isBusy && this.#fire('wallet-code-confirm')}
        >
          <tandem-icon name="passkey"></tandem-icon>${say('code.show')}
        </button>
      </div>`;
  }

  #renderStep(direction: 1 | -1, sign: unknown, label: string, isBusy: boolean) {
    return html`<button
      class="button icon"
      type="button"
      aria-label=${label}
      ?disabled=${isBusy}
      @click=${() => this.#fire('wallet-code-step', { direction })}
    >
      ${sign}
    </button>`;
  }

  #fire(type: string, detail?: object): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

/** Closing the passkey is no mistake: it gets a calm sentence, everything else its own words. */
function noticeFor(code: RefusalCode | undefined) {
  if (!code) return nothing;
  if (code === 'passkey_cancelled') return html`<span class="calm">${say('pay.nothing-lost')}</span>`;
  if (code === 'passkey_timeout') return html`<span class="calm">${say('pay.timed-out')}</span>`;
  if (code === 'certificate_expired') return html`${say('code.needs-network')}`;
  const { text, next } = messageFor(code);
  return html`${text} ${next}`;
}

customElements.define('wallet-show-code', WalletShowCode);

declare global {
  interface HTMLElementTagNameMap {
    'wallet-show-code': WalletShowCode;
  }
}
