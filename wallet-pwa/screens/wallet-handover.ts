import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { WakeLockController } from '../../shared/browser/feedback/wake-lock-controller.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { formatAmount } from '../../shared/protocol/amount.ts';
import type { TwinCode } from '../../shared/protocol/codes/twin-code.ts';
import type { Result } from '../../shared/protocol/result.ts';
import { sayOffline } from '../offline/offline-texts.ts';
import { formatUntil } from '../parts/format-moment.ts';
import { showableUntilMs } from '../payment/consent-showing.ts';
import { handoverWords } from '../payment/handover-words.ts';
import type { PaymentIntent } from '../payment/payment-intent.ts';
import { say } from '../texts.ts';
import '../../shared/browser/elements/tandem-countdown.ts';
import '../../shared/browser/elements/tandem-icon.ts';
import '../../shared/browser/elements/tandem-outcome.ts';
import '../../shared/browser/elements/tandem-sheet.ts';
import '../../shared/browser/elements/tandem-twin-code.ts';
import './wallet-answer-scan.ts';

/** What the person can say of a consent out of an allowance. */
export interface HandoverActions {
  /** Takes the till's answer. */
  readonly accept: (text: string) => Promise<Result<true>>;
  /** The shop did not take it. */
  readonly leave: (intent: PaymentIntent) => Promise<void>;
  /** Until when the money stays set aside then. */
  readonly claimUntilMs: (intent: PaymentIntent) => number;
}

/**
 * The phone has no network: the till takes the person's consent off its screen and hands it in. Where it is out of an allowance the
 * till may take it with no network either, and shows its answer to be scanned.
 *
 * @property intent signed and stored
 * @property isOver the till can not scan it any more
 * @property actions
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
    isOver: { type: Boolean },
    actions: { attribute: false },
    asked: { state: true },
  };

  static override styles = [
    sharedStyles,
    css`
      .picture {
        /* Its frame is drawn in the field's ink. */
        --countdown-color: currentcolor;
        display: grid;
        gap: var(--space-1);
        font-size: var(--text-s);
        text-align: center;
      }
      .picture p {
        margin: 0;
      }
      /* Two buttons beside each other: their words have the room. */
      @media (orientation: portrait) and (max-height: 42rem) {
        .button[slot='actions'] {
          padding-inline: var(--space-2);
        }
        .button[slot='actions'] tandem-icon {
          display: none;
        }
      }
    `,
  ];

  declare intent: PaymentIntent;
  declare pair: TwinCode | undefined;
  declare rhythmMs: number;
  declare nowMs: () => number;
  declare isOver: boolean;
  declare actions: HandoverActions;
  declare private asked: 'nothing' | 'answer' | 'leave';

  constructor() {
    super();
    this.isOver = false;
    this.asked = 'nothing';
    new WakeLockController(this);
  }

  override firstUpdated(): void {
    requestAnimationFrame(() => this.renderRoot.querySelector<HTMLElement>('button')?.focus({ preventScroll: true }));
  }

  override render() {
    const { facts, place } = this.intent;
    return html`<tandem-outcome
        kind="unknown"
        ?has-picture=${!this.isOver}
        .headline=${handoverWords(this.isOver).headline}
        .amountMinor=${facts.amountMinor}
        .currency=${facts.currency}
        .reason=${say('outcome.to', { shop: facts.shopName })}
        .code=${facts.traceKey}
      >
        ${this.isOver ? html`<p>${sayOffline('answer.over')}</p>` : this.#renderPicture()}
        <span>${place ? sayOffline('answer.done-or-scan') : `${sayOffline('answer.done-when')} ${say('handover.safe')}`}</span>
        <button
          slot="actions"
          class="button wide primary large"
          type="button"
          @click=${() => this.#fire('wallet-pay-close')}
        >
          ${say('outcome.done')}
        </button>
        ${place ? this.#renderAnswerButton() : nothing} ${place ? this.#renderLeaveButton() : nothing}
      </tandem-outcome>
      ${
        this.asked === 'answer'
          ? html`<wallet-answer-scan
            .accept=${this.actions.accept}
            @wallet-answer-close=${() => this.#ask('nothing')}
          ></wallet-answer-scan>`
          : nothing
      }
      ${place ? this.#renderLeave() : nothing}`;
  }

  #renderPicture() {
    const { facts, authorisedAtMs } = this.intent;
    const amount = formatAmount(facts.amountMinor, facts.currency);
    const endsAtMs = showableUntilMs(this.intent);
    return html`<div slot="picture" class="picture">
      <p>${handoverWords(this.isOver).note}</p>
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
    </div>`;
  }

  /** Only a till without a network shows an answer: one with a network says “Paid”, and there is nothing left to do. */
  #renderAnswerButton() {
    return html`<button slot="actions" class="button wide" type="button" @click=${() => this.#ask('answer')}>
        <tandem-icon name="scan"></tandem-icon>${sayOffline('answer.scan')}
      </button>`;
  }

  /** Seldom needed, and never in a hurry: under "Details", so that nobody presses it for the other. */
  #renderLeaveButton() {
    return html`<button slot="details" class="button wide text" type="button" @click=${() => this.#ask('leave')}>
      ${sayOffline('answer.not-taken')}
    </button>`;
  }

  #renderLeave() {
    const { facts } = this.intent;
    const amount = formatAmount(facts.amountMinor, facts.currency);
    const moment = formatUntil(this.actions.claimUntilMs(this.intent), this.nowMs());
    return html`<tandem-sheet
      ?open=${this.asked === 'leave'}
      .heading=${sayOffline('answer.leave-heading')}
      @tandem-sheet-close=${() => this.#ask('nothing')}
    >
      <p>${sayOffline('answer.leave-body', { amount, moment })}</p>
      <button
        slot="actions"
        class="button large wide"
        type="button"
        @click=${() => void this.actions.leave(this.intent)}
      >
        ${sayOffline('answer.leave-confirm')}
      </button>
      <button slot="actions" class="button text wide" type="button" @click=${() => this.#ask('nothing')}>
        ${sayOffline('answer.leave-cancel')}
      </button>
    </tandem-sheet>`;
  }

  #ask(asked: WalletHandover['asked']): void {
    this.asked = asked;
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
