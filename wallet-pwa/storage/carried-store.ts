import type { KeptRehearsal } from '../offline/rehearsal.ts';
import type { CarriedRevocations } from '../offline/revocations.ts';
import type { WalletDatabase } from './wallet-database.ts';

/** What this phone carries until there is a network, or for a till that has none. */
export class CarriedStore {
  readonly #database: WalletDatabase;

  constructor(database: WalletDatabase) {
    this.#database = database;
  }

  async loadRehearsal(): Promise<KeptRehearsal | undefined> {
    return (await this.#load('rehearsal')) as KeptRehearsal | undefined;
  }

  async loadRevocations(): Promise<CarriedRevocations | undefined> {
    return (await this.#load('revocations')) as CarriedRevocations | undefined;
  }

  saveRehearsal(rehearsal: KeptRehearsal): Promise<void> {
    return this.#save('rehearsal', rehearsal);
  }

  saveRevocations(revocations: CarriedRevocations): Promise<void> {
    return this.#save('revocations', revocations);
  }

  async removeRehearsal(): Promise<void> {
    await this.#database.writeStrict(['carried'], (transaction) =>
      transaction.objectStore('carried').delete('rehearsal'),
    );
  }

  #load(row: string) {
    return this.#database.read(['carried'], (transaction) => transaction.objectStore('carried').get(row));
  }

  async #save(row: string, value: KeptRehearsal | CarriedRevocations): Promise<void> {
    await this.#database.writeStrict(['carried'], (transaction) => transaction.objectStore('carried').put(value, row));
  }
}
