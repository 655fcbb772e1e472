import { decidePayCode, type PayCodeEvent } from '../pay-code/decide-pay-code.ts';
import type { KeptPayCode } from '../pay-code/kept-pay-code.ts';
import type { WalletDatabase } from './wallet-database.ts';

/** Pay codes on this phone. Every write is on the disk before it resolves; every decision is made inside its transaction. */
export class PayCodeStore {
  readonly #database: WalletDatabase;

  constructor(database: WalletDatabase) {
    this.#database = database;
  }

  /** Keeps a new one before the passkey is asked. */
  async prepare(code: KeptPayCode): Promise<void> {
    await this.#database.writeStrict(['payCodes'], (transaction) => transaction.objectStore('payCodes').add(code));
  }

  /** Applies an event to the state as it is on the disk now. Throws for an unknown id. */
  async apply(id: string, event: PayCodeEvent): Promise<KeptPayCode> {
    return this.#database.writeStrict(['payCodes'], async (transaction) => {
      const store = transaction.objectStore('payCodes');
      const code = await store.get(id);
      if (!code) throw new Error('The pay code is not stored.');
      const state = decidePayCode(code.state, event);
      if (!state) return code;
      const next = { ...code, state };
      await store.put(next);
      return next;
    });
  }

  async loadAll(): Promise<readonly KeptPayCode[]> {
    return this.#database.read(['payCodes'], (transaction) => transaction.objectStore('payCodes').getAll());
  }

  async loadByStatus(...statuses: KeptPayCode['state']['status'][]): Promise<readonly KeptPayCode[]> {
    return this.#database.read(['payCodes'], async (transaction) => {
      const index = transaction.objectStore('payCodes').index('byStatus');
      return (await Promise.all(statuses.map((status) => index.getAll(status)))).flat();
    });
  }
}
