import type { DBSchema } from 'idb';
import type { OutboxItem } from './outbox-order.ts';
import type { OutboxStorage } from './outbox-storage.ts';

/** What the schema of an app's database has of it, under the key path `id`. */
export interface OutboxSchema extends DBSchema {
  /** How the handing in stands, by the id of the sale or the consent: there while that is to be handed in. */
  outbox: { key: string; value: OutboxItem };
}

interface Rows {
  get(id: string): Promise<OutboxItem | undefined>;
  getAll(): Promise<OutboxItem[]>;
}

interface WritableRows extends Rows {
  put(item: OutboxItem): Promise<unknown>;
  delete(id: string): Promise<void>;
}

type Work<R, T> = (transaction: { objectStore(name: 'outbox'): R }) => Promise<T>;

/** As much of an app's `Database` as the outbox touches, whatever else is in that. */
interface OutboxDatabase {
  read<T>(stores: readonly 'outbox'[], work: Work<Rows, T>): Promise<T>;
  writeStrict<T>(stores: readonly 'outbox'[], work: Work<WritableRows, T>): Promise<T>;
}

/** The outbox on the disk. Items come and go with what they name, in the transactions that write that. */
export class OutboxStore implements OutboxStorage {
  readonly #database: OutboxDatabase;

  constructor(database: OutboxDatabase) {
    this.#database = database;
  }

  loadAll(): Promise<readonly OutboxItem[]> {
    return this.#database.read(['outbox'], (transaction) => transaction.objectStore('outbox').getAll());
  }

  load(id: string): Promise<OutboxItem | undefined> {
    return this.#database.read(['outbox'], (transaction) => transaction.objectStore('outbox').get(id));
  }

  async put(item: OutboxItem): Promise<void> {
    await this.#database.writeStrict(['outbox'], async (transaction) => {
      const store = transaction.objectStore('outbox');
      if (await store.get(item.id)) await store.put(item);
    });
  }

  async remove(id: string): Promise<void> {
    await this.#database.writeStrict(['outbox'], (transaction) => transaction.objectStore('outbox').delete(id));
  }
}
