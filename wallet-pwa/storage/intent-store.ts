import type { Bytes } from '../../shared/protocol/bytes.ts';
import { decideIntent, type IntentEvent } from '../payment/decide-intent.ts';
import type { PaymentIntent } from '../payment/payment-intent.ts';
import type { WalletDatabase } from './wallet-database.ts';

/** Consents on this phone. Every write is on the disk before it resolves; every decision is made inside its transaction. */
export class IntentStore {
  readonly #database: WalletDatabase;

  constructor(database: WalletDatabase) {
    this.#database = database;
  }

  /**
   * Keeps a new intent before the passkey is asked. Of one request at most one consent is ever alive here: others that nobody
   * signed are dropped in the same transaction.
   * @returns the intent that stands: an older one, when the person has signed for this request already
   */
  async prepare(intent: PaymentIntent, nowMs: number): Promise<PaymentIntent> {
    return this.#database.writeStrict(['intents'], async (transaction) => {
      const store = transaction.objectStore('intents');
      const others = await store.index('byRequest').getAll(intent.facts.requestHash);
      const standing = others.find(({ state }) => state.status === 'signed' || state.status === 'paid');
      if (standing) return standing;
      for (const other of others) {
        const state = other.id === intent.id ? undefined : decideIntent(other.state, { kind: 'drop', atMs: nowMs });
        if (state) await store.put({ ...other, state });
      }
      await store.put(intent);
      return intent;
    });
  }

  /** Applies an event to the state as it is on the disk now. Throws for an unknown id: intents are never deleted while used. */
  async apply(id: string, event: IntentEvent): Promise<PaymentIntent> {
    return this.#database.writeStrict(['intents'], async (transaction) => {
      const store = transaction.objectStore('intents');
      const intent = await store.get(id);
      if (!intent) throw new Error('The intent is not stored.');
      const state = decideIntent(intent.state, event);
      if (!state) return intent;
      const next = { ...intent, state };
      await store.put(next);
      return next;
    });
  }

  async findByRequest(requestHash: Bytes): Promise<readonly PaymentIntent[]> {
    return this.#database.read(['intents'], (transaction) =>
      transaction.objectStore('intents').index('byRequest').getAll(requestHash),
    );
  }

  async load(id: string): Promise<PaymentIntent | undefined> {
    return this.#database.read(['intents'], (transaction) => transaction.objectStore('intents').get(id));
  }

  async loadAll(): Promise<readonly PaymentIntent[]> {
    return this.#database.read(['intents'], (transaction) => transaction.objectStore('intents').getAll());
  }

  async loadByStatus(status: 'prepared' | 'signed'): Promise<readonly PaymentIntent[]> {
    return this.#database.read(['intents'], (transaction) =>
      transaction.objectStore('intents').index('byStatus').getAll(status),
    );
  }
}
