import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { AccountNumber } from '../../shared/protocol/identifiers.ts';
import type { Card } from '../cards/card.ts';
import { type ClosingMoment, decideClose } from '../offline/decide-close.ts';
import { createChain, type KeptChain } from '../offline/kept-chain.ts';
import type { WalletDatabase } from './wallet-database.ts';

/** Chains of allowances on this phone: how they end, and how the next begins. Where they go on is in `IntentStore`. */
export class ChainStore {
  readonly #database: WalletDatabase;

  constructor(database: WalletDatabase) {
    this.#database = database;
  }

  async loadAll(): Promise<readonly KeptChain[]> {
    return this.#database.read(['chains'], (transaction) => transaction.objectStore('chains').getAll());
  }

  /** As the newest answer of the centre has it, whichever window heard it. */
  async loadCard(accountNumber: AccountNumber): Promise<Card | undefined> {
    return this.#database.read(['cards'], (transaction) => transaction.objectStore('cards').get(accountNumber));
  }

  /**
   * Keeps the last word on a chain, and burns what nobody has signed. From then on no place is taken, and the word stays the same.
   * @returns the chain as it stands: open still when it has moved on since the word was signed, or somebody is just paying from it
   */
  async close(id: string, closing: Bytes, moment: ClosingMoment): Promise<KeptChain> {
    return this.#database.writeStrict(['chains', 'intents'], async (transaction) => {
      const chains = transaction.objectStore('chains');
      const intents = transaction.objectStore('intents');
      const [chain, prepared] = await Promise.all([chains.get(id), intents.index('byStatus').getAll('prepared')]);
      if (!chain) throw new Error('The chain is not stored.');
      const step = decideClose(chain, prepared, closing, moment);
      if (!step) return chain;
      await Promise.all([chains.put(step.chain), ...step.burnt.map((intent) => intents.put(intent))]);
      return step.chain;
    });
  }

  /** What the centre answered to a last word: the chain is over, the card as it is now takes its place, the next chain begins. */
  async settle(closedId: string | undefined, card: Card | undefined): Promise<void> {
    await this.#database.writeStrict(['chains', 'cards'], async (transaction) => {
      const chains = transaction.objectStore('chains');
      const closed = closedId === undefined ? undefined : await chains.get(closedId);
      if (closed) await chains.put({ ...closed, state: { status: 'closed' } });
      if (!card) return;
      const cards = transaction.objectStore('cards');
      const known = await cards.get(card.accountNumber);
      if (known) await cards.put({ ...card, position: known.position });
      const fresh = createChain(card);
      if (fresh && !(await chains.get(fresh.id))) await chains.put(fresh);
    });
  }
}
