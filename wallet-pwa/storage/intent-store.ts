import { createOutboxItem } from '../../shared/browser/outbox/outbox-order.ts';
import { type Bytes, encodeHex } from '../../shared/protocol/bytes.ts';
import type { Card } from '../cards/card.ts';
import { decideApply, decidePrepare } from '../offline/decide-consent.ts';
import { createChain, type KeptChain } from '../offline/kept-chain.ts';
import type { IntentEvent } from '../payment/decide-intent.ts';
import type { PaymentIntent } from '../payment/payment-intent.ts';
import type { WalletDatabase } from './wallet-database.ts';

/**
 * Consents on this phone, with the chains they stand in and what is to be handed in. Every write is on the disk before it resolves;
 * every decision is made inside its transaction, so that two windows never take one place.
 */
export class IntentStore {
  readonly #database: WalletDatabase;

  constructor(database: WalletDatabase) {
    this.#database = database;
  }

  /**
   * Keeps a new intent before the passkey is asked, and takes its place in the chain.
   * @returns the intent that stands: an older one, when the person has signed for this request already; undefined, and nothing is
   *   written, when the place is taken or the chain closed meanwhile
   */
  async prepare(intent: PaymentIntent, nowMs: number): Promise<PaymentIntent | undefined> {
    return this.#database.writeStrict(['intents', 'chains'], async (transaction) => {
      const intents = transaction.objectStore('intents');
      const chains = transaction.objectStore('chains');
      const [ofRequest, prepared, chain] = await Promise.all([
        intents.index('byRequest').getAll(intent.facts.requestHash),
        intents.index('byStatus').getAll('prepared'),
        intent.place ? chains.get(encodeHex(intent.place.allowance)) : undefined,
      ]);
      const step = decidePrepare({ intent, ofRequest, prepared, chain }, nowMs);
      if (step.kind === 'moved') return undefined;
      if (step.kind === 'standing') return step.intent;
      await Promise.all([
        ...step.intents.map((row) => intents.put(row)),
        ...(step.chain ? [chains.put(step.chain)] : []),
      ]);
      return intent;
    });
  }

  /**
   * Applies an event to the state as it is on the disk now; its chain and the outbox go along. Throws for an unknown id: intents are
   * never deleted while used.
   */
  async apply(id: string, event: IntentEvent): Promise<PaymentIntent> {
    return this.#database.writeStrict(['intents', 'chains', 'outbox'], async (transaction) => {
      const intents = transaction.objectStore('intents');
      const chains = transaction.objectStore('chains');
      const outbox = transaction.objectStore('outbox');
      const intent = await intents.get(id);
      if (!intent) throw new Error('The intent is not stored.');
      const chain = intent.place && (await chains.get(encodeHex(intent.place.allowance)));
      const step = decideApply(intent, chain, event);
      if (!step) return intent;
      await intents.put(step.intent);
      if (step.chain) await chains.put(step.chain);
      if (step.outbox === 'remove') await outbox.delete(id);
      if (step.outbox === 'add' && !(await outbox.get(id))) {
        await outbox.put(createOutboxItem(id, intent.place?.counter ?? 0, intent.authorisedAtMs));
      }
      return step.intent;
    });
  }

  /** The chain of the allowance that a card’s certificate grants now; it was begun when the card was kept. */
  async loadChain(card: Pick<Card, 'accountNumber' | 'grant'>): Promise<KeptChain | undefined> {
    const fresh = createChain(card);
    if (!fresh) return undefined;
    return this.#database.read(['chains'], (transaction) => transaction.objectStore('chains').get(fresh.id));
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
