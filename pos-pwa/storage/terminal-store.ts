import type { ClockCorrection } from '../../shared/browser/clock/corrected-clock.ts';
import { DEFAULT_OFFLINE_SETTINGS } from '../../shared/protocol/wire/offline.ts';
import { DEFAULT_PAY_CODE_SETTINGS } from '../../shared/protocol/wire/pay-codes.ts';
import { beginNumbers, leaveBatch } from '../sale/voucher-numbers.ts';
import type { CashierRecord, TerminalRecord, TillDatabase } from './till-database.ts';

export interface SavedTill {
  readonly terminal: TerminalRecord | undefined;
  readonly cashier: CashierRecord | undefined;
  readonly clock: ClockCorrection | undefined;
}

/** What this till is and who works at it, on the disk. */
export class TerminalStore {
  readonly #database: TillDatabase;

  constructor(database: TillDatabase) {
    this.#database = database;
  }

  load(): Promise<SavedTill> {
    return this.#database.read(['terminal', 'cashier', 'clock'], async (transaction) => {
      const [terminal, cashier, clock] = await Promise.all([
        transaction.objectStore('terminal').get('terminal'),
        transaction.objectStore('cashier').get('cashier'),
        transaction.objectStore('clock').get('clock'),
      ]);
      return { terminal: terminal && completeRecord(terminal), cashier, clock };
    });
  }

  /**
   * The till and its numbers come into being together. Numbers that were used before are left far behind; versions of lists and
   * serials of allowances, which may be another centre's, are forgotten. What is to be handed in proves itself, and stays.
   */
  async saveActivated(terminal: TerminalRecord, batchNoMin: number, today: string): Promise<void> {
    const stores = ['terminal', 'cashier', 'numbers', 'offline', 'allowances'] as const;
    await this.#database.writeStrict(stores, async (transaction) => {
      const numbers = transaction.objectStore('numbers');
      const used = await numbers.get('numbers');
      await Promise.all([
        transaction.objectStore('terminal').put(terminal, 'terminal'),
        transaction.objectStore('cashier').clear(),
        transaction.objectStore('offline').clear(),
        transaction.objectStore('allowances').clear(),
        numbers.put(used ? leaveBatch(used, batchNoMin, today) : beginNumbers(batchNoMin, today), 'numbers'),
      ]);
    });
  }

  async saveTerminal(terminal: TerminalRecord): Promise<void> {
    await this.#database.writeStrict(['terminal'], (transaction) =>
      transaction.objectStore('terminal').put(terminal, 'terminal'),
    );
  }

  async saveCashier(cashier: CashierRecord | undefined): Promise<void> {
    await this.#database.writeStrict(['cashier'], async (transaction) => {
      const store = transaction.objectStore('cashier');
      await (cashier ? store.put(cashier, 'cashier') : store.clear());
    });
  }

  async saveClock(correction: ClockCorrection): Promise<void> {
    await this.#database.writeStrict(['clock'], (transaction) =>
      transaction.objectStore('clock').put(correction, 'clock'),
    );
  }

  /** Forgets what the till is. Its sales and numbers stay: they are the shop's record, and no number is used again. */
  async removeTerminal(): Promise<void> {
    await this.#database.writeStrict(['terminal', 'cashier'], async (transaction) => {
      await Promise.all([transaction.objectStore('terminal').clear(), transaction.objectStore('cashier').clear()]);
    });
  }
}

/** What was stored before there were pay codes, or offline payments, says nothing of them; the next news from the centre will. */
export function completeRecord(record: TerminalRecord): TerminalRecord {
  const { programme } = record;
  const payCode = programme.payCode ?? DEFAULT_PAY_CODE_SETTINGS;
  const offline = programme.offline ?? DEFAULT_OFFLINE_SETTINGS;
  return { ...record, programme: { ...programme, payCode, offline } };
}
