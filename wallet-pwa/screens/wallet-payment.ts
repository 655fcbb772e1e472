import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { signalOutcome } from '../../shared/browser/feedback/signal-outcome.ts';
import { messageFor } from '../../shared/browser/i18n/message-for.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import type { TwinCode } from '../../shared/protocol/codes/twin-code.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import type { Card } from '../cards/card.ts';
import { loadOfflineParts } from '../parts/load-offline-parts.ts';
import { isOutcomeShown, type PayState } from '../payment/pay-state.ts';
import { say } from '../texts.ts';
import type { HandoverActions } from './wallet-handover.ts';
import './wallet-consent.ts';
import '../../shared/browser/elements/tandem-icon.ts';
import '../../shared/browser/elements/tandem-sheet.ts';
import './wallet-outcome.ts';

/**
 * One payment over whatever screen is open: the code being read, the sheet, the outcome.
 *
 * @property state
 * @property cards
 * @property programmeName
 * @property isOnline
 * @property pair what a consent's two codes say now; with `rhythmMs`
 * @property nowMs reads the corrected clock
 * @property handover what can be said of a consent that is shown to the till
 * @fires wallet-pay-close back to the wallet
 * @fires wallet-pay-again the person wants to scan again
 * @fires wallet-pay-confirm, wallet-pay-expire, wallet-pay-hurry, wallet-pay-shown-out, wallet-pay-other-card, wallet-pay-receipt
 */
export class WalletPayment extends LitElement {
  static override properties: PropertyDeclarations = {
    state: { attribute: false },
    cards: { attribute: false },
    programmeName: { type: String },
    isOnline: { type: Boolean },
    pair: { attribute: false },
    rhythmMs: { type: Number },
    nowMs: { attribute: false },
    handover: { attribute: false },
  };

  static override styles = [
    sharedStyles,
    css`
      .opening {
        position: fixed;
        inset-inline: 0;
        inset-block-end: max(var(--space-8), env(safe-area-inset-bottom));
        z-index: 4;
        display: flex;
        justify-content: center;
        pointer-events: none;
      }
      .opening .chip {
        background: var(--color-raised);
        color: var(--color-text);
        box-shadow: var(--elevation-3);
        font-size: var(--text-m);
        min-block-size: 3rem;
        padding-inline: var(--space-5);
      }
      .rejected {
        display: flex;
        gap: var(--space-4);
        padding-block: var(--space-3);
        font-size: var(--text-l);
        line-height: 1.4;
      }
      .rejected p {
        margin: 0;
      }
      .rejected tandem-icon {
        --icon-size: 2rem;
        color: var(--color-not-paid-text);
      }
      details {
        color: var(--color-text-quiet);
        font-size: var(--text-s);
      }
      summary {
        min-block-size: 2.75rem;
        cursor: pointer;
        line-height: 2.75rem;
      }
    `,
  ];

  declare state: PayState;
  declare cards: readonly Card[];
  declare programmeName: string;
  declare isOnline: boolean;
  declare pair: TwinCode | undefined;
  declare rhythmMs: number;
  declare nowMs: () => number;
  declare handover: HandoverActions;

  #signalled: string | undefined;
  #lastRejection: RefusalCode = 'code_unreadable';

  constructor() {
    super();
    this.state = { status: 'none' };
    this.cards = [];
    this.programmeName = '';
    this.isOnline = true;
    this.rhythmMs = 250;
    this.nowMs = Date.now;
  }

  override render() {
    const { state } = this;
    return html`${
      state.status === 'opening'
        ? html`<div class="opening" role="status"><span class="chip">${say('pay.opening')}</span></div>`
        : nothing
    }
      ${this.#renderRejected()}
      <wallet-consent
        .state=${state}
        .cards=${this.cards}
        .programmeName=${this.programmeName}
        .isOnline=${this.isOnline}
        .nowMs=${this.nowMs}
      ></wallet-consent>
      ${this.#renderOutcome()}`;
  }

  override updated(): void {
    this.#signalOnce();
  }

  #renderOutcome() {
    const { state } = this;
    if (!isOutcomeShown(state)) return nothing;
    if (state.status === 'accepted') {
      void loadOfflineParts();
      return html`<wallet-accepted .intent=${state.intent}></wallet-accepted>`;
    }
    if (state.status !== 'showing') {
      return html`<wallet-outcome .state=${state} .cards=${this.cards}></wallet-outcome>`;
    }
    void loadOfflineParts();
    return html`<wallet-handover
      .intent=${state.intent}
      .isOver=${state.isOver ?? false}
      .actions=${this.handover}
      .pair=${this.pair}
      .rhythmMs=${this.rhythmMs}
      .nowMs=${this.nowMs}
    ></wallet-handover>`;
  }

  #renderRejected() {
    const { state } = this;
    if (state.status === 'rejected') this.#lastRejection = state.code;
    // The words stay while the sheet slides away.
    const code = this.#lastRejection;
    const { text, next } = messageFor(code);
    return html`<tandem-sheet
      ?open=${state.status === 'rejected'}
      .heading=${text}
      @tandem-sheet-close=${() => this.#fire('wallet-pay-close')}
    >
      <div class="rejected">
        <tandem-icon name="warning"></tandem-icon>
        <p>${next} ${say('outcome.no-money-taken')}</p>
      </div>
      <details>
        <summary>${say('pay.details')}</summary>
        ${say('pay.code')}: <code>${code}</code>
      </details>
      <button slot="actions" class="button primary large wide" type="button" @click=${() => this.#fire('wallet-pay-again')}>
        <tandem-icon name="scan"></tandem-icon>${say('pay.scan-again')}
      </button>
    </tandem-sheet>`;
  }

  /** Sound and vibration once for each outcome, however often it is drawn; none for one that is only looked at again. */
  #signalOnce(): void {
    const { state } = this;
    if (state.status !== 'paid' && state.status !== 'not-paid' && state.status !== 'accepted') return;
    // Taken by the till and paid are one piece of good news.
    const outcome = `${state.intent.id} ${state.status !== 'not-paid'}`;
    if (outcome === this.#signalled) return;
    this.#signalled = outcome;
    if (state.status === 'accepted') signalOutcome('guaranteed');
    else if (state.status === 'not-paid' || !state.isRepeated) signalOutcome(state.status);
  }

  #fire(type: string): void {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true }));
  }
}

customElements.define('wallet-payment', WalletPayment);

declare global {
  interface HTMLElementTagNameMap {
    'wallet-payment': WalletPayment;
  }
}
