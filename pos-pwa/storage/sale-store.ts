import { createOutboxItem } from '../../shared/browser/outbox/outbox-order.ts';
import { formatSixDigits, type TerminalId, type TraceKey } from '../../shared/protocol/identifiers.ts';
import { decideSale, type SaleEvent } from '../sale/decide-sale.ts';
import { isToHandIn, OPEN_STATUSES, type Sale } from '../sale/sale.ts';
import {
  closeBatch,
  leaveBatch,
  type TakenVoucher,
  takeVoucher,
  type VoucherNumbers,
} from '../sale/voucher-numbers.ts';
import type { TillDatabase } from './till-database.ts';

/** Sales and their numbers on the disk. Every write is there before its promise resolves. */
export class SaleStore {
  readonly #database: TillDatabase;

  constructor(database: TillDatabase) {
    this.#database = database;
  }

  /** Takes the next voucher number; from then on it is used, whatever happens. Two windows never get the same. */
  takeVoucher(today: string): Promise<TakenVoucher> {
    return this.#changeNumbers((numbers) => {
      const taken = takeVoucher(numbers, today);
      return [taken.next, taken];
    });
  }

  closeBatch(today: string): Promise<VoucherNumbers> {
    return this.#changeNumbers((numbers) => {
      const next = closeBatch(numbers, today);
      return [next, next];
    });
  }

  leaveBatch(batchNoMin: number, today: string): Promise<VoucherNumbers> {
    return this.#changeNumbers((numbers) => {
      const next = leaveBatch(numbers, batchNoMin, today);
      return [next, next];
    });
  }

  loadNumbers(): Promise<VoucherNumbers | undefined> {
    return this.#database.read(['numbers'], (transaction) => transaction.objectStore('numbers').get('numbers'));
  }

  async add(sale: Sale): Promise<void> {
    await this.#database.writeStrict(['sales'], (transaction) => transaction.objectStore('sales').add(sale));
  }

  /**
   * Reads, decides and writes in one transaction: what two windows learn about one sale cannot overwrite each other. What is
   * left to hand in after it gets its item in the outbox with it.
   */
  applyEvents(traceKey: TraceKey, events: readonly SaleEvent[]): Promise<Sale> {
    return this.#database.writeStrict(['sales', 'outbox'], async (transaction) => {
      const store = transaction.objectStore('sales');
      const sale = await store.get(traceKey);
      if (!sale) throw new Error(`No sale ${traceKey} in storage.`);
      const state = events.reduce(decideSale, sale.state);
      if (state === sale.state) return sale;
      const changed = { ...sale, state };
      await store.put(changed);
      if (isToHandIn(changed) && !isToHandIn(sale)) {
        await transaction.objectStore('outbox').put(createOutboxItem(traceKey, sale.voucherNo, Date.now()));
      }
      return changed;
    });
  }

  /** Gives an item to every sale that is to be handed in and has none: those of a version that had no outbox yet. */
  async queueForgotten(nowMs: number): Promise<void> {
    await this.#database.writeStrict(['sales', 'outbox'], async (transaction) => {
      const sales = transaction.objectStore('sales');
      const outbox = transaction.objectStore('outbox');
      const [accepted, due, known] = await Promise.all([
        sales.index('status').getAll('accepted'),
        sales.index('handInDue').getAll(1),
        outbox.getAllKeys(),
      ]);
      const missing = [...accepted, ...due].filter((sale) => isToHandIn(sale) && !known.includes(sale.traceKey));
      await Promise.all(missing.map((sale) => outbox.put(createOutboxItem(sale.traceKey, sale.voucherNo, nowMs))));
    });
  }

  load(traceKey: TraceKey): Promise<Sale | undefined> {
    return this.#database.read(['sales'], (transaction) => transaction.objectStore('sales').get(traceKey));
  }

  /** One batch of one terminal, oldest first: their trace keys sort by voucher number. */
  loadBatch(terminalId: TerminalId, batchNo: number): Promise<readonly Sale[]> {
    const prefix = `${terminalId}-${formatSixDigits(batchNo)}-`;
    return this.#database.read(['sales'], (transaction) =>
      transaction.objectStore('sales').getAll(IDBKeyRange.bound(prefix, `${prefix}\uffff`)),
    );
  }

  loadOpen(): Promise<readonly Sale[]> {
    return this.#database.read(['sales'], async (transaction) => {
      const index = transaction.objectStore('sales').index('status');
      const found = await Promise.all(OPEN_STATUSES.map((status) => index.getAll(status)));
      return found.flat().sort((left, right) => left.requestedAtMs - right.requestedAtMs);
    });
  }

  /** Ended here, and still to be handed in at the centre; among them, what the centre refused after the till took it. */
  loadUnsettled(): Promise<readonly Sale[]> {
    return this.#database.read(['sales'], async (transaction) => {
      const store = transaction.objectStore('sales');
      const found = await Promise.all([
        store.index('status').getAll('accepted'),
        store.index('status').getAll('not-settled'),
        store.index('handInDue').getAll(1),
      ]);
      return found.flat().sort((left, right) => left.requestedAtMs - right.requestedAtMs);
    });
  }

  /** The sale made last. */
  loadLast(): Promise<Sale | undefined> {
    return this.#database.read(['sales'], async (transaction) => {
      const cursor = await transaction.objectStore('sales').index('requestedAtMs').openCursor(null, 'prev');
      return cursor?.value;
    });
  }

  #changeNumbers<T>(change: (numbers: VoucherNumbers) => readonly [VoucherNumbers, T]): Promise<T> {
    return this.#database.writeStrict(['numbers'], async (transaction) => {
      const store = transaction.objectStore('numbers');
      const numbers = await store.get('numbers');
      if (!numbers) throw new Error('The till has no numbers: it was not activated.');
      const [next, value] = change(numbers);
      await store.put(next, 'numbers');
      return value;
    });
  }
}
