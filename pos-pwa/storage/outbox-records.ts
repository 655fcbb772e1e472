import { createOutboxItem, type OutboxItem } from '../../shared/browser/outbox/outbox-order.ts';
import type { OutboxStorage } from '../../shared/browser/outbox/outbox-storage.ts';
import { isToHandIn } from '../sale/sale.ts';
import type { TillDatabase } from './till-database.ts';

/** The till's outbox on the disk. */
export class OutboxRecords implements OutboxStorage {
  readonly #database: TillDatabase;

  constructor(database: TillDatabase) {
    this.#database = database;
  }

  loadAll(): Promise<readonly OutboxItem[]> {
    return this.#database.read(['outbox'], (transaction) => transaction.objectStore('outbox').getAll());
  }

  load(id: string): Promise<OutboxItem | undefined> {
    return this.#database.read(['outbox'], (transaction) => transaction.objectStore('outbox').get(id));
  }

  async put(item: OutboxItem): Promise<void> {
    await this.#database.writeStrict(['outbox'], (transaction) => transaction.objectStore('outbox').put(item));
  }

  async remove(id: string): Promise<void> {
    await this.#database.writeStrict(['outbox'], (transaction) => transaction.objectStore('outbox').delete(id));
  }

  /** Gives an item to every sale that is to be handed in and has none: those of a version that had no outbox yet. */
  async mend(nowMs: number): Promise<void> {
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
}
