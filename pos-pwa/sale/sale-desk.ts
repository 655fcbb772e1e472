import * as v from 'valibot';
import { Store } from '../../shared/browser/state/store.ts';
import { AmountMinor } from '../../shared/protocol/amount.ts';
import { verifyTerminalCertificate } from '../../shared/protocol/payment/certificates.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import type { PaymentAnswer } from '../../shared/protocol/wire/payments.ts';
import type { CustomerScan, CustomerScanOptions } from '../scan/customer-scan.ts';
import type { Scanned } from '../scan/scanned.ts';
import type { ScannedCustomer } from '../scan/scanned-customer.ts';
import type { SaleStore } from '../storage/sale-store.ts';
import type { Till } from '../till/till.ts';
import { isLost, isTrouble } from '../till/till-trouble.ts';
import { Batches } from './batches.ts';
import { createCentreClient } from './create-centre-client.ts';
import { createCharge } from './create-charge.ts';
import { createCodeText } from './create-code-text.ts';
import { createSale } from './create-sale.ts';
import type { SaleEvent } from './decide-sale.ts';
import { CHARGEABLE, type Desk, isScanOver, type ScanPurpose } from './desk.ts';
import { eventOf } from './event-of-scan.ts';
import { FollowSales } from './follow-sales.ts';
import { PaymentSocket } from './payment-socket.ts';
import { isOpen, type Sale } from './sale.ts';

/** A sale that ended; `isInFront` tells a loud end on the screen from a quiet line about an earlier one. */
export type SaleEnded = (sale: Sale, isInFront: boolean) => void;

/** Makes sales, keeps them, and brings each to its end. The one place with effects of the sale's flow. */
export class SaleDesk {
  readonly desk = new Store<Desk>({ isLookingBack: false, openCount: 0 });
  /** Something at the counter hangs on this page: it must not be reloaded now. */
  readonly isBusy = new Store(false);
  readonly batches: Batches;
  readonly #till: Till;
  readonly #store: SaleStore;
  readonly #follow: FollowSales;
  readonly #socket: PaymentSocket;
  readonly #open = new Set<string>();
  #onEnded: SaleEnded = () => {};
  #onChargeRefused = () => {};

  /** @param takeAlone takes a consent that was scanned for a sale without the centre */
  constructor(till: Till, store: SaleStore, takeAlone: (sale: Sale) => Promise<Result<Sale>>) {
    this.#till = till;
    this.#store = store;
    this.batches = new Batches(till, store);
    this.#socket = new PaymentSocket({
      url: new URL('/api/v1/terminals/socket', location.href).href.replace(/^http/, 'ws'),
      onPayment: (payment) => void this.#follow.hear(payment),
      beforeRetry: () => till.sync(),
      createSocket: till.demoNetwork.createSocket,
      random: Math.random,
    });
    this.#follow = new FollowSales({
      store,
      centre: createCentreClient(till),
      trust: () => till.terminal?.trust,
      refreshTrust: () => till.sync(),
      situation: (traceKey) => ({
        hasSocket: this.#socket.isOpen.value,
        isInFront: this.desk.value.front?.traceKey === traceKey,
      }),
      isNetworkGone: () => this.#isNetworkGone,
      random: Math.random,
      takeAlone,
      onChange: (sale) => this.learn(sale),
      onTrouble: (traceKey, trouble) => {
        if (this.desk.value.front?.traceKey === traceKey) this.#change({ trouble });
      },
    });
    till.network.isOnline.subscribe((isOnline) => {
      if (!isOnline) return;
      this.#socket.retryNow();
      this.#follow.nudge();
    });
    till.trouble.subscribe((trouble) => {
      if (isLost(trouble)) this.#giveWay();
    });
  }

  set onEnded(listener: SaleEnded) {
    this.#onEnded = listener;
  }

  /** What was scanned for the sale in front did not pay; the sale goes on. */
  set onChargeRefused(listener: () => void) {
    this.#onChargeRefused = listener;
  }

  /** Takes up every sale whose end is not known: the newest comes back on the screen, all are asked for. */
  async start(): Promise<void> {
    const open: Sale[] = [];
    for (const sale of await this.#store.loadOpen()) if (await this.#isOurs(sale)) open.push(sale);
    for (const sale of open) this.#open.add(sale.traceKey);
    const last = await this.#store.loadLast();
    this.#change({ last: last && (await this.#isOurs(last)) ? last : undefined });
    const newest = open.at(-1);
    if (newest) await this.#bringToFront(newest);
    for (const sale of open) this.#follow.follow(sale);
    this.#socket.start();
  }

  /** This device is no longer the till that made these sales. They stay on the disk. */
  stop(): void {
    this.#socket.stop();
    this.#follow.stop();
    this.#open.clear();
    this.leave();
    this.#change({ last: undefined, customer: undefined });
  }

  nudge(): void {
    this.#socket.retryNow();
    this.#follow.nudge();
  }

  /**
   * Asks for an amount: number taken, request signed, stored; then shown and handed in at the same moment.
   * @param customer scanned already: charged instead of shown a code
   * Refuses `amount_out_of_bounds`, `no_network` (a scanned customer), `content_key_unknown`, `pay_code_expired`, `storage_failed`, `not_signed_in`, and why the
   * centre no longer takes this till.
   */
  async charge(amount: number, customer?: ScannedCustomer): Promise<Result<Sale>> {
    const phase = this.#till.phase.value;
    if (phase.name !== 'open') return refuse('not_signed_in');
    const trouble = this.#till.trouble.value;
    if (trouble) return refuse(trouble);
    const { terminal, cashier } = phase;
    const amountMinor = v.safeParse(AmountMinor, amount);
    if (!amountMinor.success || amount > terminal.record.programme.amountMinorMax)
      return refuse('amount_out_of_bounds');
    // What the centre alone can charge is not begun without it: the sale would have nothing to show and nobody to ask.
    if (customer && this.#isNetworkGone) return refuse('no_network');
    // Only a code that is shown has to be sealed.
    if (!customer && this.#till.contentKeys.length === 0) await this.#till.sync();
    if (!customer && this.#till.contentKeys.length === 0) return refuse('content_key_unknown');
    try {
      const nowMs = this.#till.clock.nowMs();
      if (customer && nowMs >= customer.chargeableUntilMs) return refuse('pay_code_expired');
      const voucher = await this.batches.takeVoucher(nowMs);
      const made = await createSale(amountMinor.output, terminal, cashier, voucher, nowMs);
      const charge = customer && (await createCharge(made, customer, nowMs, terminal.key));
      const sale: Sale = charge ? { ...made, state: { status: 'charging', charge } } : made;
      await this.#store.add(sale);
      this.#open.add(sale.traceKey);
      await this.#bringToFront(sale);
      this.#change({ last: sale, scanning: undefined, customer: undefined });
      this.#follow.follow(sale, true);
      return accept(sale);
    } catch (error) {
      reportError(error);
      return refuse('storage_failed');
    }
  }

  /** Opens the scan screen. @param createScan comes with it: nobody scans before there is one */
  scanCustomer(purpose: ScanPurpose, createScan: (options: CustomerScanOptions) => CustomerScan): void {
    const till = this.#till;
    const { terminal } = till;
    const { front } = this.desk.value;
    if (!terminal) return;
    const scan = createScan({
      rules: terminal.record.programme.payCode,
      ...(purpose.kind === 'sale' && front && { sale: front }),
      trust: () => till.terminal?.trust,
      refreshTrust: () => till.sync(),
      isNetworkGone: () => this.#isNetworkGone,
      nowMs: () => till.clock.nowMs(),
    });
    // What is known may be old: a pay code is refused by it.
    if (this.#isNetworkGone) void till.sync();
    this.#change({ scanning: { purpose, scan } });
  }

  stopScanning(): void {
    this.#change({ scanning: undefined });
  }

  /** Keeps who was scanned until the amount is keyed. */
  keepCustomer(customer: ScannedCustomer | undefined): void {
    this.#change({ scanning: undefined, customer });
  }

  /**
   * Takes what was just scanned for the sale in front (same number, same request): a pay code or a consent is handed in, the
   * sale's receipt ends it. Refuses `not_found` (no such sale any more), `no_network` (a pay code), `pay_code_expired`, `storage_failed`, `not_activated`.
   */
  async takeForFront(scanned: Scanned): Promise<Result<Sale>> {
    const { front } = this.desk.value;
    const { terminal, clock } = this.#till;
    if (!terminal) return refuse('not_activated');
    if (!front || !isOpen(front)) return refuse('not_found');
    if (scanned.kind !== 'receipt' && !CHARGEABLE.includes(front.state.status)) return refuse('not_found');
    if (scanned.kind === 'customer' && this.#isNetworkGone) return refuse('no_network');
    const isLate = scanned.kind === 'customer' && clock.nowMs() >= scanned.customer.chargeableUntilMs;
    if (isLate) return refuse('pay_code_expired');
    try {
      const taken = await this.#applyToFront(await eventOf(scanned, front, clock.nowMs(), terminal.key));
      this.stopScanning();
      // Nobody has to wait for what is known: that there is no answer.
      const isAlone = scanned.kind === 'consent' && this.#isNetworkGone;
      return accept(taken && isAlone ? await this.#follow.takeAlone(taken) : front);
    } catch (error) {
      reportError(error);
      return refuse('storage_failed');
    }
  }

  /** The till's code instead of what was scanned, for the same sale. */
  showCode(): Promise<unknown> {
    return this.#applyToFront({ kind: 'code-chosen' });
  }

  /** Takes the sale in front back. It may turn out to be paid already. */
  cancel(): Promise<unknown> {
    return this.#applyToFront({ kind: 'cancel-asked' });
  }

  /** Leaves the screen; a sale whose end is not known goes on being asked for. */
  leave(): void {
    this.#change({ front: undefined, codeText: undefined, isLookingBack: false, scanning: undefined });
  }

  /** "Did the last one go through?" Shows what is known, and asks. */
  async lookBack(): Promise<Result<Sale>> {
    const { last } = this.desk.value;
    if (!last) return refuse('not_found');
    await this.#bringToFront(last, true);
    if (!isOpen(last)) return this.#follow.check(last);
    this.#follow.nudge(last.traceKey);
    return accept(last);
  }

  /** Sales whose end is not known, oldest first. */
  async listOpen(): Promise<readonly Sale[]> {
    return (await this.#store.loadOpen()).filter(({ traceKey }) => this.#open.has(traceKey));
  }

  /** Learns from a list of the centre. @returns false for a payment that was not made on this till */
  hear(payment: PaymentAnswer): Promise<boolean> {
    return this.#follow.hear(payment);
  }

  /** The sale in front may be over: ask at once. */
  timeIsUp(): void {
    const { front } = this.desk.value;
    if (front) this.#follow.nudge(front.traceKey);
  }

  /** As far as is known before anyone is asked. */
  get #isNetworkGone(): boolean {
    return !this.#till.network.isOnline.value;
  }

  /** What the cashier wants of the sale in front: written, shown, and acted upon at once. */
  async #applyToFront(event: SaleEvent): Promise<Sale | undefined> {
    const { front } = this.desk.value;
    if (!front || !isOpen(front)) return undefined;
    const changed = await this.#store.applyEvents(front.traceKey, [event]);
    this.learn(changed);
    this.#follow.nudge(front.traceKey);
    return changed;
  }

  async #bringToFront(sale: Sale, isLookingBack = false): Promise<void> {
    const { contentKeys, clock, terminal } = this.#till;
    const walletOrigin = terminal?.record.programme.walletOrigin ?? location.origin;
    const code = isOpen(sale)
      ? await createCodeText(sale, contentKeys, walletOrigin, clock.nowMs())
      : refuse('request_expired');
    this.#change({ front: sale, codeText: code.ok ? code.value : undefined, isLookingBack, trouble: undefined });
  }

  /** A sale has changed on the disk: what is on the screen follows. @param isSecondEnd it had ended, and now has otherwise */
  learn(sale: Sale, isSecondEnd = false): void {
    const { front, last, isLookingBack } = this.desk.value;
    const isInFront = front?.traceKey === sale.traceKey;
    const hasEnded = !isOpen(sale) && this.#open.delete(sale.traceKey);
    this.#change({
      ...(isInFront && { front: sale }),
      ...(isScanOver(this.desk.value, sale) && { scanning: undefined }),
      ...(last?.traceKey === sale.traceKey && { last: sale }),
      // What was looked back at has come to its end just now, before the cashier's eyes.
      isLookingBack: isLookingBack && !(isInFront && hasEnded),
    });
    if (sale.state.status === 'not-paid' && sale.state.code === 'voucher_reused') void this.batches.leave();
    // A till that was refused itself finds out whether it is still known.
    if (hasEnded && sale.state.status === 'not-paid' && isTrouble(sale.state.code)) void this.#till.sync();
    if (hasEnded || isSecondEnd) this.#onEnded(sale, isInFront);
    const isChargeRefused = sale.state.status === 'charge-refused' && front?.state.status !== 'charge-refused';
    if (isInFront && isChargeRefused) this.#onChargeRefused();
  }

  /** Another window or the service worker may have changed what is on the screen. */
  async reread(): Promise<void> {
    const { front, last } = this.desk.value;
    for (const { traceKey } of [front, last].filter((sale) => sale !== undefined)) {
      const sale = await this.#store.load(traceKey);
      if (sale) this.learn(sale);
    }
  }

  /** Nothing of a till that the centre does not know can be paid: no code of it stays on the screen. An outcome does. */
  #giveWay(): void {
    const { front } = this.desk.value;
    this.#change({ customer: undefined, scanning: undefined });
    if (front && isOpen(front)) this.leave();
  }

  /** False for a sale of an earlier life of this device, under another centre: this one knows nothing of it. */
  async #isOurs({ terminalCertificate }: Sale): Promise<boolean> {
    const trust = this.#till.terminal?.trust;
    return trust !== undefined && (await verifyTerminalCertificate(terminalCertificate, trust)).ok;
  }

  #change(change: Partial<Desk>): void {
    this.desk.update((desk) => ({ ...desk, ...change, openCount: this.#open.size }));
    const { front, isLookingBack, scanning, customer } = this.desk.value;
    const hasOpenSale = front !== undefined && !isLookingBack && isOpen(front);
    this.isBusy.set(hasOpenSale || scanning !== undefined || customer !== undefined);
  }
}
