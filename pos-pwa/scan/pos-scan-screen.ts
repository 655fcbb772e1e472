import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import '../../shared/browser/elements/tandem-icon.ts';
import { playSound } from '../../shared/browser/feedback/sounds.ts';
import { WakeLockController } from '../../shared/browser/feedback/wake-lock-controller.ts';
import type { ScannedText } from '../../shared/browser/scanner/scan-source.ts';
import '../../shared/browser/scanner/tandem-scanner.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import { formatAmount } from '../../shared/protocol/amount.ts';
import type { Currency } from '../../shared/protocol/currency.ts';
import { FocusOnArrival } from '../app/focus-on-arrival.ts';
import { screenStyles } from '../parts/screen-styles.ts';
import { say } from '../say.ts';
import type { CustomerScan } from './customer-scan.ts';
import { describeScan } from './describe-scan.ts';
import { judgeCover } from './judge-cover.ts';
import { scanScreenStyles } from './scan-screen-styles.ts';
import type { ScanState } from './scan-state.ts';
import type { Scanned } from './scanned.ts';
import type { ScannedCustomer } from './scanned-customer.ts';

const TICK_EVERY_MS = 250;
/** Felt through a glove: one, then two. A problem is longer. */
const VIBRATIONS: Readonly<Record<ScanState['status'], readonly number[]>> = {
  looking: [],
  half: [40],
  reading: [40, 60, 40],
  done: [],
  problem: [140],
};

/**
 * Scans the customer's phone: the camera's picture, and beside it how far it has come. Goes on scanning whatever is held
 * before it, until both codes are in.
 *
 * @property scan a fresh one for each customer
 * @property amountMinor what they will be charged, where it is keyed already; with `currency`
 * @property isForSale the sale is made: its receipt will do as well, and a consent to it
 * @property stepUpMinor above this the programme asks the customer
 * @fires pos-scanned {scanned} · pos-scan-close
 */
export class PosScanScreen extends LitElement {
  static override properties: PropertyDeclarations = {
    scan: { attribute: false },
    amountMinor: { type: Number },
    currency: { attribute: false },
    isForSale: { type: Boolean },
    stepUpMinor: { type: Number },
    state: { state: true },
  };

  static override styles = [sharedStyles, screenStyles, scanScreenStyles];

  declare scan: CustomerScan;
  declare amountMinor: number | undefined;
  declare currency: Currency;
  declare isForSale: boolean;
  declare stepUpMinor: number;
  declare private state: ScanState;

  #listening: AbortController | undefined;
  #ticker: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.isForSale = false;
    new FocusOnArrival(this, 'h1');
    new WakeLockController(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#listening = new AbortController();
    this.state = this.scan.state.value;
    this.scan.state.subscribe((state) => this.#onState(state), this.#listening.signal);
    this.#ticker = setInterval(() => this.scan.tick(), TICK_EVERY_MS);
  }

  override disconnectedCallback(): void {
    clearInterval(this.#ticker);
    this.#listening?.abort();
    super.disconnectedCallback();
  }

  override render() {
    const { state } = this;
    const customer = state.status === 'done' ? this.#overCap(state.scanned) : undefined;
    return html`<header>
        <button class="button icon back" type="button" aria-label=${say('app.back')} @click=${this.#close}>
          <tandem-icon name="back"></tandem-icon>
        </button>
        <h1 tabindex="-1">${
          this.amountMinor === undefined
            ? say('scan.title')
            : say('scan.title-amount', { amount: this.#format(this.amountMinor) })
        }</h1>
      </header>
      ${customer ? this.#renderOverCap(customer) : this.#renderScanner()}`;
  }

  #renderScanner() {
    const { tone, title, note, count } = describeScan(this.state, this.isForSale);
    return html`<div class="words ${tone}">
        <span class="marks" role="img" aria-label=${say('scan.progress', { count })}>
          ${[1, 2].map(
            (nth) =>
              html`<span class="mark ${count >= nth ? 'in' : ''}"><tandem-icon name="tick"></tandem-icon></span>`,
          )}
        </span>
        <span role="status">
          <strong>${title}</strong>
          ${note ? html`<span class="note">${note}</span>` : nothing}
        </span>
      </div>
      <tandem-scanner
        ?paused=${this.state.status === 'done'}
        .prompt=${say('scan.camera')}
        .isVerdictElsewhere=${true}
        @tandem-scan=${({ detail }: CustomEvent<ScannedText>) => void this.scan.take(detail)}
      ></tandem-scanner>`;
  }

  /** Said before anything is charged: the customer's phone will be asked, and someone has to look at it. */
  #renderOverCap(customer: ScannedCustomer) {
    const amount = this.#format(this.amountMinor ?? 0);
    return html`<section class="over" role="alert">
      <h2>${say('scan.over-cap', { amount: this.#format(customer.capMinor ?? 0) })}</h2>
      <p>${say('scan.over-cap-note', { amount })}</p>
      <div class="actions">
        <button class="button primary large wide" type="button" @click=${() => this.#deliver({ kind: 'customer', customer })}>
          ${say('scan.ask', { amount })}
        </button>
        <button class="button outline large wide" type="button" @click=${() => this.scan.restart()}>
          ${say('scan.again')}
        </button>
      </div>
    </section>`;
  }

  #onState(state: ScanState): void {
    const before = this.state;
    this.state = state;
    const isNews =
      before.status !== state.status ||
      (before.status === 'problem' && state.status === 'problem' && before.code !== state.code);
    if (!isNews) return;
    if (state.status === 'half' || state.status === 'reading') playSound('scanned');
    if (VIBRATIONS[state.status].length > 0) navigator.vibrate?.([...VIBRATIONS[state.status]]);
    if (state.status === 'done' && !this.#overCap(state.scanned)) this.#deliver(state.scanned);
  }

  /** Who allowed less than is to be charged. */
  #overCap(scanned: Scanned): ScannedCustomer | undefined {
    if (scanned.kind !== 'customer' || this.amountMinor === undefined) return undefined;
    const { customer } = scanned;
    return judgeCover(this.amountMinor, customer, this.stepUpMinor) === 'over-cap' ? customer : undefined;
  }

  #format(amountMinor: number): string {
    return formatAmount(amountMinor, this.currency, document.documentElement.lang);
  }

  readonly #close = () => {
    this.dispatchEvent(new CustomEvent('pos-scan-close', { bubbles: true, composed: true }));
  };

  #deliver(scanned: Scanned): void {
    this.dispatchEvent(new CustomEvent('pos-scanned', { detail: { scanned }, bubbles: true, composed: true }));
  }
}

customElements.define('pos-scan-screen', PosScanScreen);

declare global {
  interface HTMLElementTagNameMap {
    'pos-scan-screen': PosScanScreen;
  }
}
