import type { OutboxItem } from '../../shared/browser/outbox/outbox-order.ts';
import type { OutboxStorage } from '../../shared/browser/outbox/outbox-storage.ts';
import type { WalletDatabase } from './wallet-database.ts';

/** How the handing in of each signed consent stands. Items come and go with their consents, in `IntentStore`. */
export class OutboxStore implements OutboxStorage {
  readonly #database: WalletDatabase;

  constructor(database: WalletDatabase) {
    this.#database = database;
  }

  async loadAll(): Promise<readonly OutboxItem[]> {
    return this.#database.read(['outbox'], (transaction) => transaction.objectStore('outbox').getAll());
  }

  async load(id: string): Promise<OutboxItem | undefined> {
    return this.#database.read(['outbox'], (transaction) => transaction.objectStore('outbox').get(id));
  }

  /** Only where it is still to be handed in: another window may have brought the consent to its end meanwhile. */
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
