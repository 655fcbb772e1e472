import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import '../../shared/browser/elements/tandem-code.ts';
import type { OutcomeKind } from '../../shared/browser/elements/tandem-outcome.ts';
import '../../shared/browser/elements/tandem-outcome.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { formatAmount } from '../../shared/protocol/amount.ts';
import { createDocumentCode } from '../../shared/protocol/codes/document-code.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import { FocusOnArrival } from '../app/focus-on-arrival.ts';
import { formatTime } from '../parts/format-time.ts';
import { screenStyles } from '../parts/screen-styles.ts';
import { say } from '../say.ts';
import { describeOutcome } from './describe-outcome.ts';
import { isConsent, isOpen, type Sale, type SaleState, timeOf } from './sale.ts';

/** A finger on its way to what was there before ("Cancel", say) must not wave the outcome away unseen. */
const DEAF_MS = 400;

/**
 * How a sale ended, over the whole screen.
 *
 * @property sale
 * @property isLookingBack the cashier asked about it; it did not just end
 * @property lookBack how asking the centre went, while looking back
 * @property hasCode there is a code that can be shown instead of a scan
 * @property isOnline
 * @property trouble why the centre cannot be asked, or why this till may not take the consent without it
 * @fires pos-leave · pos-receipt · pos-charge-again · pos-change-amount · pos-sign-in-again · pos-scan-instead ·
 *   pos-show-code · pos-cancel · pos-payments
 */
export class PosSaleOutcome extends LitElement {
  static override properties: PropertyDeclarations = {
    sale: { attribute: false },
    hasCode: { type: Boolean },
    isOnline: { type: Boolean },
    trouble: { type: String },
    isLookingBack: { type: Boolean },
    lookBack: { type: String },
    isDeaf: { state: true },
  };

  static override styles = [
    sharedStyles,
    screenStyles,
    css`
      .facts-line {
        font-variant-numeric: tabular-nums lining-nums;
      }
      .checked {
        font-size: var(--text-m);
      }
      .ways-on {
        display: flex;
        flex-direction: column;
        gap: var(--space-3);
      }
      .ways-on .button {
        padding-inline: var(--space-3);
      }
      /* Three ways on beside each other, wider than the one column they stand in. */
      @media (orientation: landscape) and (min-width: 56rem) {
        .ways-on {
          flex-direction: row;
          margin-inline: calc(50% - 25rem);
        }
      }
    `,
  ];

  declare sale: Sale;
  declare hasCode: boolean;
  declare isOnline: boolean;
  declare trouble: RefusalCode | undefined;
  declare isLookingBack: boolean;
  declare lookBack: 'asking' | 'asked' | 'unreachable';

  declare private isDeaf: boolean;

  #deafTimer: ReturnType<typeof setTimeout> | undefined;
  #shownStatus: string | undefined;

  constructor() {
    super();
    this.hasCode = false;
    this.isOnline = true;
    this.isLookingBack = false;
    this.lookBack = 'asked';
    this.isDeaf = true;
    new FocusOnArrival(this, '.button.primary');
  }

  override willUpdate(): void {
    if (this.#shownStatus === this.sale.state.status) return;
    this.#shownStatus = this.sale.state.status;
    this.isDeaf = true;
    clearTimeout(this.#deafTimer);
    this.#deafTimer = setTimeout(() => {
      this.isDeaf = false;
    }, DEAF_MS);
  }

  override disconnectedCallback(): void {
    clearTimeout(this.#deafTimer);
    super.disconnectedCallback();
  }

  override render() {
    const { sale } = this;
    const kind = kindOf(sale);
    const words = describeOutcome(sale.state, this.isOnline, this.trouble);
    const { state } = sale;
    const ending = state.status === 'paid' ? state.receipt.cardEnding : undefined;
    return html`<tandem-outcome
      .kind=${kind}
      .headline=${words.headline}
      .hasPicture=${state.status === 'accepted'}
      .amountMinor=${sale.amountMinor}
      .currency=${sale.currency}
      .reason=${words.reason}
      .next=${words.next}
      .code=${words.code}
    >
      ${state.status === 'accepted' ? this.#renderProof(state.acceptance) : nothing}
      ${ending === undefined ? nothing : html`<span class="facts-line">${say('outcome.card', { ending })}</span>`}
      ${this.isLookingBack ? this.#renderLookBack() : nothing}
      <p slot="details" class="small">${say('payment.number')}: <code>${sale.traceKey}</code></p>
      ${this.#renderActions(kind)}
    </tandem-outcome>`;
  }

  /** The till's signed word, for the customer to keep until the centre's receipt is there. */
  #renderProof(acceptance: Uint8Array) {
    return html`<tandem-code
      slot="picture"
      .text=${createDocumentCode('acceptance', acceptance)}
      .label=${say('outcome.guaranteed-code', { amount: this.#amount })}
    ></tandem-code>`;
  }

  get #amount(): string {
    const { amountMinor, currency } = this.sale;
    return formatAmount(amountMinor, currency, document.documentElement.lang);
  }

  #renderLookBack() {
    const said = { asking: 'payments.asking', asked: 'outcome.checked', unreachable: 'outcome.not-checked' } as const;
    return html`<p class="checked">
      ${say('outcome.looking-back', { time: formatTime(timeOf(this.sale)) })} · ${say(said[this.lookBack])}
    </p>`;
  }

  #renderActions(kind: OutcomeKind) {
    const { state } = this.sale;
    const amount = this.#amount;
    if (state.status === 'charge-refused') return this.#renderWaysOn(state.code);
    if (state.status === 'charging') {
      const leave = this.#button('primary', say('outcome.new-sale'), 'pos-leave');
      const cancel = this.#button('outline', say('code.cancel'), 'pos-cancel');
      // A consent is from a phone without network: only one that may have been charged by a pay code has a receipt.
      if (isConsent(state.charge)) return html`${leave} ${cancel}`;
      return html`<div slot="actions" class="ways-on">
        ${leave} ${this.#button('outline', say('outcome.scan-receipt'), 'pos-scan-instead')} ${cancel}
      </div>`;
    }
    if (kind === 'unknown') {
      return html`${this.#button('primary', say('outcome.new-sale'), 'pos-leave')}
      ${this.#button('outline', say('outcome.scan-receipt'), 'pos-scan-instead')}`;
    }
    if (state.status === 'not-settled') {
      return html`${this.#button('primary', say('outcome.new-sale'), 'pos-leave')}
      ${this.#button('outline', say('outcome.payments'), 'pos-payments')}`;
    }
    if (this.isLookingBack || kind !== 'not-paid') {
      return html`${this.#button('primary', say('outcome.new-sale'), 'pos-leave')}
      ${kind === 'paid' ? this.#button('outline', say('outcome.receipt'), 'pos-receipt') : nothing}`;
    }
    switch (wayOn(state)) {
      case 'again':
        return html`${this.#button('primary', say('outcome.again', { amount }), 'pos-charge-again')}
        ${this.#button('outline', say('outcome.new-sale'), 'pos-leave')}`;
      case 'change-amount':
        return html`${this.#button('primary', say('outcome.back'), 'pos-change-amount')}
        ${this.#button('outline', say('outcome.new-sale'), 'pos-leave')}`;
      case 'sign-in':
        return this.#button('primary', say('operators.sign-in'), 'pos-sign-in-again');
      case 'new-sale':
        return this.#button('primary', say('outcome.new-sale'), 'pos-leave');
    }
  }

  /** After a scan that did not pay. Where only another way helps, that comes first. */
  #renderWaysOn(code: RefusalCode) {
    const isCodeFirst = this.hasCode && code === 'step_up_unreachable';
    const scan = this.#button(isCodeFirst ? 'outline' : 'primary', say('charge.scan-again'), 'pos-scan-instead');
    const show = this.hasCode
      ? this.#button(isCodeFirst ? 'primary' : 'outline', say('charge.show-code'), 'pos-show-code')
      : nothing;
    return html`<div slot="actions" class="ways-on">
      ${isCodeFirst ? [show, scan] : [scan, show]} ${this.#button('outline', say('code.cancel'), 'pos-cancel')}
    </div>`;
  }

  #button(look: 'primary' | 'outline', words: string, event: string) {
    return html`<button
      slot="actions"
      type="button"
      class="button large wide ${look}"
      aria-disabled=${this.isDeaf}
      @click=${() => this.#act(event)}
    >
      ${words}
    </button>`;
  }

  #act(type: string): void {
    if (this.isDeaf) return;
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true }));
  }
}

/** What helps after a sale that was not paid: a new code for the same amount, unless something else has to change first. */
function wayOn(state: SaleState): 'again' | 'change-amount' | 'sign-in' | 'new-sale' {
  switch (state.status === 'not-paid' ? state.code : undefined) {
    case 'request_expired':
    case 'request_cancelled':
    case 'voucher_reused':
    case 'clock_off':
      return 'again';
    case 'amount_out_of_bounds':
      return 'change-amount';
    case 'operator_unknown':
      return 'sign-in';
    default:
      return 'new-sale';
  }
}

function kindOf(sale: Sale): OutcomeKind {
  if (sale.state.status === 'charge-refused') return 'not-paid';
  if (isOpen(sale)) return 'unknown';
  if (sale.state.status === 'accepted') return 'guaranteed';
  return sale.state.status === 'paid' ? 'paid' : 'not-paid';
}

customElements.define('pos-sale-outcome', PosSaleOutcome);

declare global {
  interface HTMLElementTagNameMap {
    'pos-sale-outcome': PosSaleOutcome;
  }
}
