import type { SaleStore } from '../storage/sale-store.ts';
import type { Till } from '../till/till.ts';
import { localDay } from './local-day.ts';
import { isFromEarlierDay, type TakenVoucher, type VoucherNumbers } from './voucher-numbers.ts';

/** The till's working days: each is a batch, with voucher numbers of its own. */
export class Batches {
  readonly #till: Till;
  readonly #store: SaleStore;

  constructor(till: Till, store: SaleStore) {
    this.#till = till;
    this.#store = store;
  }

  /** The next number; from then on it is used, whatever becomes of the sale. */
  takeVoucher(nowMs: number): Promise<TakenVoucher> {
    return this.#store.takeVoucher(localDay(nowMs));
  }

  /** Whether the cashier should be asked to begin a new day. */
  async isNewDayDue(): Promise<boolean> {
    const numbers = await this.#store.loadNumbers();
    return numbers !== undefined && isFromEarlierDay(numbers, this.#today);
  }

  /** Refused by the screens while a sale is open. */
  close(): Promise<VoucherNumbers> {
    return this.#store.closeBatch(this.#today);
  }

  /** The centre knows a number of it from another life of this device: go where none was used. */
  async leave(): Promise<void> {
    const synced = await this.#till.sync();
    const batchNoMin = synced.ok ? synced.value.batchNoMin : 0;
    await this.#store.leaveBatch(batchNoMin, this.#today);
  }

  get #today(): string {
    return localDay(this.#till.clock.nowMs());
  }
}
