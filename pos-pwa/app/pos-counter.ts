import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { messageFor } from '../../shared/browser/i18n/message-for.ts';
import { StoreController } from '../../shared/browser/state/store-controller.ts';
import { sharedStyles } from '../../shared/browser/theme/shared-styles.ts';
import type { TraceKey } from '../../shared/protocol/identifiers.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import { refuse } from '../../shared/protocol/result.ts';
import { describeOffline, hasAgreed } from '../offline/describe-offline.ts';
import type { OfflineAccess } from '../offline/offline-access.ts';
import '../offline/pos-offline-offer.ts';
import '../pad/pos-customer-line.ts';
import '../pad/pos-pad.ts';
import '../parts/pos-last-sale.ts';
import '../parts/pos-top-bar.ts';
import { noticeStyles } from '../parts/notice-styles.ts';
import { screenStyles } from '../parts/screen-styles.ts';
import type { ScanPurpose } from '../sale/desk.ts';
import type { Sale } from '../sale/sale.ts';
import type { SaleDesk } from '../sale/sale-desk.ts';
import { say } from '../say.ts';
import type { CustomerScan } from '../scan/customer-scan.ts';
import type { Scanned } from '../scan/scanned.ts';
import type { ScannedCustomer } from '../scan/scanned-customer.ts';
import { currencyOf } from '../till/currency-of.ts';
import type { Till } from '../till/till.ts';
import { addressOf } from './addresses.ts';
import { loadSaleScreens } from './load-sale-screens.ts';

/** A till that stays on over night begins its day without being touched. */
const DAY_CHECK_EVERY_MS = 60_000;

/**
 * What happens at the counter: the pad, then the sale in hand, then the pad again.
 *
 * @property till and `desk`; the till is open
 * @property offline selling without network
 * @fires pos-open-receipt {traceKey} · pos-payments
 */
export class PosCounter extends LitElement {
  static override properties: PropertyDeclarations = {
    till: { attribute: false },
    desk: { attribute: false },
    offline: { attribute: false },
    isCharging: { state: true },
    chargeRefusal: { state: true },
    isCustomerRefused: { state: true },
    startAmountMinor: { state: true },
    lookBack: { state: true },
    isNewDayDue: { state: true },
  };

  static override styles = [
    sharedStyles,
    screenStyles,
    noticeStyles,
    css`
      :host {
        display: block;
      }
      .notice.trouble {
        background: var(--color-not-paid);
        color: var(--color-on-not-paid);
      }
    `,
  ];

  declare till: Till;
  declare desk: SaleDesk;
  declare offline: OfflineAccess;
  declare private isCharging: boolean;
  declare private chargeRefusal: RefusalCode | undefined;
  /** The last try was to charge a customer who had been scanned. */
  declare private isCustomerRefused: boolean;
  declare private startAmountMinor: number | undefined;
  declare private lookBack: 'asking' | 'asked' | 'unreachable';
  declare private isNewDayDue: boolean;

  #listening: AbortController | undefined;
  #dayTimer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.isCharging = false;
    this.isCustomerRefused = false;
    this.lookBack = 'asked';
    this.isNewDayDue = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.#listening) {
      const { desk, till, offline } = this;
      for (const store of [desk.desk, till.phase, till.trouble, till.network.isOnline, offline.view]) {
        new StoreController<unknown>(this, store as never);
      }
    }
    this.#listening = new AbortController();
    document.addEventListener('visibilitychange', () => void this.#askForDay(), { signal: this.#listening.signal });
    void this.#askForDay();
    void loadSaleScreens();
    this.#dayTimer = setInterval(() => void this.#askForDay(), DAY_CHECK_EVERY_MS);
  }

  override disconnectedCallback(): void {
    clearInterval(this.#dayTimer);
    this.#listening?.abort();
    super.disconnectedCallback();
  }

  override render() {
    const { front, scanning } = this.desk.desk.value;
    if (scanning) return this.#renderScan(scanning.purpose, scanning.scan);
    return front ? this.#renderSale(front) : this.#renderPad();
  }

  /** Asks for an amount; what is refused is said on the pad, with the amount as it was. */
  async charge(amountMinor: number, customer?: ScannedCustomer): Promise<void> {
    if (this.isCharging) return;
    this.isCharging = true;
    this.chargeRefusal = undefined;
    this.isCustomerRefused = false;
    this.startAmountMinor = undefined;
    const charged = (await loadSaleScreens()) ? await this.desk.charge(amountMinor, customer) : refuse('no_network');
    this.isCharging = false;
    if (charged.ok) return;
    this.#leave(amountMinor);
    if (customer && (charged.code === 'pay_code_expired' || charged.code === 'no_network'))
      this.desk.keepCustomer(undefined);
    this.chargeRefusal = charged.code;
    this.isCustomerRefused = customer !== undefined;
  }

  #renderScan(purpose: ScanPurpose, scan: CustomerScan) {
    const { terminal } = this.till;
    if (!terminal) return nothing;
    return html`<pos-scan-screen
      .scan=${scan}
      .amountMinor=${purpose.kind === 'customer' ? undefined : purpose.amountMinor}
      .currency=${currencyOf(terminal)}
      .isForSale=${purpose.kind === 'sale'}
      .stepUpMinor=${terminal.record.programme.payCode.stepUpMinor}
      @pos-scanned=${({ detail }: CustomEvent<{ scanned: Scanned }>) => void this.#onScanned(purpose, detail.scanned)}
      @pos-scan-close=${() => this.#stopScanning(purpose)}
    ></pos-scan-screen>`;
  }

  #renderSale(front: Sale) {
    const { till, desk } = this;
    const { codeText, isLookingBack, trouble } = desk.desk.value;
    return html`<pos-sale
      .sale=${front}
      .codeText=${codeText ?? ''}
      .isOnline=${till.network.isOnline.value}
      .trouble=${trouble}
      .isLookingBack=${isLookingBack}
      .lookBack=${this.lookBack}
      .now=${() => till.clock.nowMs()}
      @pos-time-up=${() => desk.timeIsUp()}
      @pos-cancel=${() => void desk.cancel()}
      @pos-scan-instead=${() => void this.#scan({ kind: 'sale', amountMinor: front.amountMinor })}
      @pos-show-code=${() => void desk.showCode()}
      @pos-leave=${() => this.#leave()}
      @pos-receipt=${() => this.#openReceipt(front.traceKey)}
      @pos-charge-again=${() => void this.charge(front.amountMinor)}
      @pos-change-amount=${() => this.#leave(front.amountMinor)}
      @pos-sign-in-again=${() => void this.#signInAgain()}
    ></pos-sale>`;
  }

  #renderPad() {
    const phase = this.till.phase.value;
    if (phase.name !== 'open') return nothing;
    const { programme } = phase.terminal.record;
    const { shopName } = phase.terminal.certificate.content;
    const currency = currencyOf(phase.terminal);
    const { last, openCount, customer } = this.desk.desk.value;
    const isOnline = this.till.network.isOnline.value;
    const isAgreed = programme.offline.isOn && hasAgreed(phase.terminal);
    const nowMs = this.till.clock.nowMs();
    const note = describeOffline(this.offline.view.value, { isOnline, isAgreed }, currency, nowMs);
    return html`<pos-pad
      .currency=${currency}
      .amountMinorMax=${programme.amountMinorMax}
      .startAmountMinor=${this.startAmountMinor}
      .isBusy=${this.isCharging}
      .isBlocked=${this.till.trouble.value !== undefined}
      .refusal=${this.chargeRefusal}
      .isCustomerRefused=${this.isCustomerRefused}
      .customer=${customer}
      .stepUpMinor=${programme.payCode.stepUpMinor}
      @pos-charge=${({ detail }: CustomEvent<{ amountMinor: number }>) => void this.charge(detail.amountMinor, customer)}
      @pos-scan-customer=${({ detail: { amountMinor } }: CustomEvent<{ amountMinor: number }>) =>
        void this.#scan(amountMinor > 0 ? { kind: 'charge', amountMinor } : { kind: 'customer' })}
    >
      <pos-top-bar
        slot="bar"
        .shopName=${shopName}
        .isDemo=${programme.demo}
        .demoNetwork=${this.till.demoNetwork}
        .isOnline=${isOnline}
        .note=${note}
        .hasNote=${isAgreed || note !== undefined}
        .operatorNo=${phase.cashier.operatorNo}
        .operatorName=${phase.cashier.name}
      ></pos-top-bar>
      ${this.#renderNotice()}
      ${
        customer
          ? html`<pos-customer-line
            slot="last"
            .customer=${customer}
            .currency=${currency}
            .now=${() => this.till.clock.nowMs()}
            @pos-forget-customer=${() => this.desk.keepCustomer(undefined)}
            @pos-customer-end=${() => this.#onCustomerEnd()}
          ></pos-customer-line>`
          : html`<pos-last-sale
            slot="last"
            .sale=${last}
            .openCount=${openCount}
            @pos-look-back=${() => void this.#lookBack()}
          ></pos-last-sale>`
      }
    </pos-pad>`;
  }

  #renderNotice() {
    const trouble = this.till.trouble.value;
    if (trouble) {
      const { text, next } = messageFor(trouble, 'cashier');
      return html`<div slot="notice" class="notice trouble" role="status">
        <span>${text} ${next}</span>
        <a class="button" href=${addressOf('settings')}>${say('pad.trouble-again')}</a>
      </div>`;
    }
    if (!this.isNewDayDue || this.desk.desk.value.openCount > 0) return this.#renderOffer();
    return html`<div slot="notice" class="notice" role="status">
      <span>${say('pad.new-day')}</span>
      <button class="button" type="button" @click=${() => void this.#startNewDay()}>${say('pad.new-day-close')}</button>
    </div>`;
  }

  #renderOffer() {
    const { terminal } = this.till;
    if (!terminal?.record.programme.offline.isOn || hasAgreed(terminal)) return nothing;
    return html`<pos-offline-offer slot="notice"></pos-offline-offer>`;
  }

  /** The scanner comes when it is first needed; the service worker has it on the disk. */
  async #scan(purpose: ScanPurpose): Promise<void> {
    try {
      const parts = [import('../scan/customer-scan.ts'), import('../scan/pos-scan-screen.ts')] as const;
      const [{ CustomerScan }] = await Promise.all(parts);
      this.chargeRefusal = undefined;
      this.desk.scanCustomer(purpose, (options) => new CustomerScan(options));
    } catch {
      this.chargeRefusal = 'no_network';
      this.isCustomerRefused = false;
    }
  }

  #stopScanning(purpose: ScanPurpose): void {
    this.desk.stopScanning();
    this.startAmountMinor = purpose.kind === 'charge' ? purpose.amountMinor : undefined;
  }

  async #onScanned(purpose: ScanPurpose, scanned: Scanned): Promise<void> {
    if (purpose.kind === 'sale') {
      const taken = await this.desk.takeForFront(scanned);
      if (taken.ok) return;
      const { scanning } = this.desk.desk.value;
      if (taken.code === 'storage_failed') scanning?.scan.reject(taken.code);
      else if (taken.code === 'no_network') scanning?.scan.reject(taken.code, 'pay-code');
      // Whatever else came in between (paid, over, too old) is on the screen of the sale.
      else this.desk.stopScanning();
      return;
    }
    // Without a sale there is nothing else that a scan accepts.
    if (scanned.kind !== 'customer') return;
    if (purpose.kind === 'charge') return this.charge(purpose.amountMinor, scanned.customer);
    this.startAmountMinor = undefined;
    this.desk.keepCustomer(scanned.customer);
  }

  #onCustomerEnd(): void {
    this.desk.keepCustomer(undefined);
    this.chargeRefusal = 'pay_code_expired';
  }

  #leave(startAmountMinor?: number): void {
    this.startAmountMinor = startAmountMinor;
    this.chargeRefusal = undefined;
    this.desk.leave();
  }

  #openReceipt(traceKey: TraceKey): void {
    this.#leave();
    this.dispatchEvent(new CustomEvent('pos-open-receipt', { detail: { traceKey }, bubbles: true, composed: true }));
  }

  async #signInAgain(): Promise<void> {
    this.#leave();
    await this.till.signOut();
    await this.till.sync();
  }

  async #lookBack(): Promise<void> {
    this.lookBack = 'asking';
    const asked = await this.desk.lookBack();
    this.lookBack = asked.ok && this.till.network.isOnline.value ? 'asked' : 'unreachable';
  }

  async #startNewDay(): Promise<void> {
    await this.desk.batches.close();
    await this.#askForDay();
  }

  async #askForDay(): Promise<void> {
    if (!document.hidden) this.isNewDayDue = await this.desk.batches.isNewDayDue();
  }
}

customElements.define('pos-counter', PosCounter);

declare global {
  interface HTMLElementTagNameMap {
    'pos-counter': PosCounter;
  }
}
