import type { Account } from '../account/account.ts';
import type { VerifiedWallet } from '../account/verify-wallet-answer.ts';
import type { Card } from '../cards/card.ts';
import { createChain } from '../offline/kept-chain.ts';
import type { WalletDatabase } from './wallet-database.ts';

const ROW = 'wallet';

/** All there is. */
const STORES = [
  'account',
  'cards',
  'intents',
  'chains',
  'outbox',
  'carried',
  'payCodes',
  'movements',
  'preferences',
] as const;

/** The owner and the cards, kept together: a balance never stands beside another answer's certificate. */
export class AccountStore {
  readonly #database: WalletDatabase;

  constructor(database: WalletDatabase) {
    this.#database = database;
  }

  async load(): Promise<{ account: Account; cards: readonly Card[] } | undefined> {
    return this.#database.read(['account', 'cards'], async (transaction) => {
      const [account, cards] = await Promise.all([
        transaction.objectStore('account').get(ROW),
        transaction.objectStore('cards').getAll(),
      ]);
      return account && { account, cards: cards.sort((left, right) => left.position - right.position) };
    });
  }

  /**
   * Takes the place of everything known before. Of two answers that cross, the one the centre gave later stays. What a certificate
   * grants begins its chain in the same write, unless it has one.
   */
  async save({ account, cards }: Pick<VerifiedWallet, 'account' | 'cards'>): Promise<void> {
    await this.#database.writeStrict(['account', 'cards', 'chains'], async (transaction) => {
      const accountStore = transaction.objectStore('account');
      const cardStore = transaction.objectStore('cards');
      const known = await accountStore.get(ROW);
      if (known && known.credentialId === account.credentialId && known.syncedAtMs > account.syncedAtMs) return;
      await cardStore.clear();
      await Promise.all([accountStore.put(account, ROW), ...cards.map((card) => cardStore.put(card))]);
      const chainStore = transaction.objectStore('chains');
      for (const chain of cards.map(createChain)) {
        if (chain && !(await chainStore.get(chain.id))) await chainStore.put(chain);
      }
    });
  }

  /**
   * Forgets the wallet on this phone, in one transaction with the look whether it may. Pay codes do not stand in the way: without the
   * phone's key none can be shown again, and what one has paid comes back with the centre's list.
   * @returns false, and nothing is touched, while something is to be handed in, or an allowance was spent from and not closed
   */
  async clearUnlessUnsettled(): Promise<boolean> {
    return this.#database.writeStrict(STORES, async (transaction) => {
      const [unsettled, chains] = await Promise.all([
        transaction.objectStore('outbox').count(),
        transaction.objectStore('chains').getAll(),
      ]);
      const isSpent = chains.some(({ state, given }) => state.status !== 'closed' && given.length > 0);
      if (unsettled > 0 || isSpent) return false;
      await Promise.all(STORES.map((store) => transaction.objectStore(store).clear()));
      return true;
    });
  }

  /** Forgets all of it, whatever is outstanding. */
  async clear(): Promise<void> {
    await this.#database.writeStrict(STORES, async (transaction) => {
      await Promise.all(STORES.map((store) => transaction.objectStore(store).clear()));
    });
  }
}
