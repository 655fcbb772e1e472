import type { MovementAnswer } from '../../shared/protocol/wire/wallet.ts';
import type { WalletDatabase } from './wallet-database.ts';

/** What the centre booked on the cards, as far as this phone has asked. */
export class MovementStore {
  readonly #database: WalletDatabase;

  constructor(database: WalletDatabase) {
    this.#database = database;
  }

  async loadAll(): Promise<readonly MovementAnswer[]> {
    return this.#database.read(['movements'], (transaction) => transaction.objectStore('movements').getAll());
  }

  /** A movement never changes: saving it again changes nothing. */
  async save(movements: readonly MovementAnswer[]): Promise<void> {
    await this.#database.writeStrict(['movements'], async (transaction) => {
      const store = transaction.objectStore('movements');
      await Promise.all(movements.map((movement) => store.put(movement)));
    });
  }
}
