import type { ClockCorrection } from '../../shared/browser/clock/corrected-clock.ts';
import type { AmountMinor } from '../../shared/protocol/amount.ts';
import type { AccountNumber } from '../../shared/protocol/identifiers.ts';
import type { WalletDatabase } from './wallet-database.ts';

/** What is remembered for comfort: losing it costs nothing. */
export interface Preferences {
  readonly lastCard?: AccountNumber;
  /** The most a pay code allowed, when it was last set by hand. */
  readonly lastCapMinor?: AmountMinor;
  /** The hint to turn up the brightness was seen with the first code. */
  readonly hasSeenBrightnessHint?: boolean;
  /** The card on which money is set aside for paying without a network; never set where nobody switched that on or off. */
  readonly offlineCard?: AccountNumber | 'none';
  readonly clock?: ClockCorrection;
}

const ROW = 'wallet';

export class PreferenceStore {
  readonly #database: WalletDatabase;

  constructor(database: WalletDatabase) {
    this.#database = database;
  }

  async load(): Promise<Preferences> {
    const known = await this.#database.read(['preferences'], (transaction) =>
      transaction.objectStore('preferences').get(ROW),
    );
    return known ?? {};
  }

  async save(change: Preferences): Promise<void> {
    await this.#database.writeStrict(['preferences'], async (transaction) => {
      const store = transaction.objectStore('preferences');
      await store.put({ ...(await store.get(ROW)), ...change }, ROW);
    });
  }
}
