import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import '../../shared/browser/elements/tandem-amount.ts';
import '../../shared/browser/elements/tandem-icon.ts';
import { messageFor } from '../../shared/browser/i18n/message-for.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { formatAmount, parseAmountText } from '../../shared/protocol/amount.ts';
import type { Currency } from '../../shared/protocol/currency.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import { FocusOnArrival } from '../app/focus-on-arrival.ts';
import { screenStyles } from '../parts/screen-styles.ts';
import { say } from '../say.ts';
import { judgeCover } from '../scan/judge-cover.ts';
import type { ScannedCustomer } from '../scan/scanned-customer.ts';
import {
  type AmountEntry,
  type AmountKey,
  amountMinorOf,
  decideKey,
  EMPTY_ENTRY,
  type KeyedAmount,
} from './amount-entry.ts';
import { keyOf } from './key-of.ts';
import { padStyles } from './pad-styles.ts';
import './pos-amount-pad.ts';

/**
 * The till's first screen: the amount, the keys, and two ways to be paid: show a code, or scan the customer's.
 *
 * @property currency
 * @property amountMinorMax largest payment
 * @property startAmountMinor an amount to begin with (a sale that is to be changed)
 * @property isBusy a sale is being made
 * @property isBlocked nothing can be charged at all, as the notice says
 * @property refusal why the last try to charge was refused
 * @property isCustomerRefused it was a customer who had been scanned
 * @property customer who was scanned already, and will be charged
 * @property stepUpMinor above this the programme asks the customer's phone
 * @slot bar the line over the amount
 * @slot notice what the cashier should know before the next sale
 * @slot last the last sale, or who was scanned
 * @fires pos-charge {amountMinor} · pos-scan-customer {amountMinor, 0 while nothing is keyed} · pos-keying with each key: the next sale has begun
 */
export class PosPad extends LitElement {
  static override properties: PropertyDeclarations = {
    currency: { attribute: false },
    amountMinorMax: { type: Number },
    startAmountMinor: { type: Number },
    isBusy: { type: Boolean },
    isBlocked: { type: Boolean },
    refusal: { type: String },
    isCustomerRefused: { type: Boolean },
    customer: { attribute: false },
    stepUpMinor: { type: Number },
    entry: { state: true },
    problem: { state: true },
  };

  static override styles = [sharedStyles, screenStyles, padStyles];

  declare currency: Currency;
  declare amountMinorMax: number;
  declare startAmountMinor: number | undefined;
  declare isBusy: boolean;
  declare isBlocked: boolean;
  declare refusal: RefusalCode | undefined;
  declare isCustomerRefused: boolean;
  declare customer: ScannedCustomer | undefined;
  declare stepUpMinor: number;
  declare private entry: AmountEntry;
  declare private problem: KeyedAmount['problem'];

  #listening: AbortController | undefined;

  constructor() {
    super();
    this.entry = EMPTY_ENTRY;
    this.isBusy = false;
    this.isBlocked = false;
    this.isCustomerRefused = false;
    new FocusOnArrival(this, 'h1');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    // The keys work wherever the focus is: a cashier does not look for a field first.
    window.addEventListener('keydown', (event) => this.#onKey(event), { signal });
    window.addEventListener('paste', (event) => this.#onPaste(event), { signal });
  }

  override disconnectedCallback(): void {
    this.#listening?.abort();
    super.disconnectedCallback();
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('startAmountMinor') && this.startAmountMinor !== undefined) {
      this.entry = { digits: String(this.startAmountMinor) };
    }
  }

  override render() {
    const amountMinor = amountMinorOf(this.entry, this.currency);
    const amount = formatAmount(amountMinor, this.currency, document.documentElement.lang);
    return html`<slot name="bar"></slot>
      <slot name="notice"></slot>
      <div class="till">
        <section class="amount">
          <h1 tabindex="-1">${say('pad.title')}</h1>
          <div class="figure ${amountMinor === 0 ? 'zero' : ''}" aria-live="polite" aria-atomic="true">
            <tandem-amount size="hero" .amountMinor=${amountMinor} .currency=${this.currency}></tandem-amount>
          </div>
          <p class="problem" role="status">${this.#problemText ?? nothing}</p>
        </section>
        <pos-amount-pad @pos-key=${(event: CustomEvent<AmountKey>) => this.#take(event.detail)}></pos-amount-pad>
        <div class="ways">
          <button
            type="button"
            class="button primary large charge"
            aria-disabled=${amountMinor === 0 || this.isBusy || this.isBlocked}
            aria-busy=${this.isBusy}
            @click=${this.#charge}
          >
            ${amountMinor === 0 ? say('pad.charge') : say('pad.charge-amount', { amount })}
          </button>
          <button type="button" class="button outline scan" aria-disabled=${this.isBusy || this.isBlocked} @click=${this.#scan}>
            <tandem-icon name="scan"></tandem-icon>
            <span>${say(this.customer ? 'pad.scan-again' : 'pad.scan')}</span>
          </button>
        </div>
        <slot name="last"></slot>
      </div>`;
  }

  get #problemText(): string | undefined {
    switch (this.problem) {
      case 'too-large':
        return say('pad.too-large', { amount: formatAmount(this.amountMinorMax, this.currency) });
      case 'too-precise':
        return say('pad.too-precise');
      default: {
        if (!this.refusal) return this.#coverText;
        if (this.refusal === 'no_network' && this.isCustomerRefused) return say('pad.no-network');
        const { text, next } = messageFor(this.refusal, 'cashier');
        return `${text} ${next}`;
      }
    }
  }

  /** What is more than the customer agreed to is said before they are charged. */
  get #coverText(): string | undefined {
    const amountMinor = amountMinorOf(this.entry, this.currency);
    const cover = this.customer ? judgeCover(amountMinor, this.customer, this.stepUpMinor) : 'covered';
    return cover === 'covered' ? undefined : say(cover === 'over-cap' ? 'pad.over-cap' : 'pad.step-up');
  }

  #take(key: AmountKey): void {
    const { entry, problem } = decideKey(this.entry, key, this.currency, this.amountMinorMax);
    this.entry = entry;
    this.problem = problem;
    if (this.refusal) this.refusal = undefined;
    this.dispatchEvent(new CustomEvent('pos-keying', { bubbles: true, composed: true }));
  }

  #onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || isTyping(event)) return;
    if (event.key === 'Enter') {
      // A focused button or link means its own Enter.
      if (event.composedPath().some((target) => target instanceof HTMLElement && target.matches('a, button'))) return;
      event.preventDefault();
      if (!event.repeat) this.#charge();
      return;
    }
    const key = keyOf(event);
    if (!key) return;
    event.preventDefault();
    this.#take(key);
  }

  #onPaste(event: ClipboardEvent): void {
    const pasted = parseAmountText(event.clipboardData?.getData('text').trim() ?? '', this.currency);
    if (pasted === undefined) return;
    event.preventDefault();
    if (pasted > this.amountMinorMax) this.problem = 'too-large';
    else this.entry = { digits: String(pasted) };
  }

  #charge(): void {
    const amountMinor = amountMinorOf(this.entry, this.currency);
    if (amountMinor === 0 || this.isBusy || this.isBlocked) return;
    this.dispatchEvent(new CustomEvent('pos-charge', { detail: { amountMinor }, bubbles: true, composed: true }));
  }

  #scan(): void {
    if (this.isBusy || this.isBlocked) return;
    const detail = { amountMinor: amountMinorOf(this.entry, this.currency) };
    this.dispatchEvent(new CustomEvent('pos-scan-customer', { detail, bubbles: true, composed: true }));
  }
}

function isTyping(event: Event): boolean {
  return event
    .composedPath()
    .some((target) => target instanceof HTMLElement && target.matches('input, textarea, select, dialog'));
}

customElements.define('pos-pad', PosPad);

declare global {
  interface HTMLElementTagNameMap {
    'pos-pad': PosPad;
  }
}
