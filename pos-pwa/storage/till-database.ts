import type { ClockCorrection } from '../../shared/browser/clock/corrected-clock.ts';
import type { OutboxSchema } from '../../shared/browser/outbox/outbox-store.ts';
import { Database, type DatabaseOptions } from '../../shared/browser/storage/database.ts';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { ProgrammeAnswer } from '../../shared/protocol/wire/programme.ts';
import type { OperatorAnswer } from '../../shared/protocol/wire/terminals.ts';
import type { KeptAllowance, OfflineState } from '../offline/offline-state.ts';
import type { Sale } from '../sale/sale.ts';
import type { VoucherNumbers } from '../sale/voucher-numbers.ts';

/** What this till is, as the centre last said; keys are in the key store. */
export interface TerminalRecord {
  readonly programme: ProgrammeAnswer;
  /** Believed at activation; every later list of centre keys must contain it. */
  readonly pinnedCentreKey: Bytes;
  readonly terminalCertificate: Bytes;
  readonly operators: readonly OperatorAnswer[];
  /** Edition of the terms on selling without network that the shop agreed to at this till. */
  readonly offlineTermsVersion?: number;
}

export interface CashierRecord {
  readonly operatorNo: OperatorAnswer['operatorNo'];
  readonly name: string;
  readonly expiresAtMs: number;
}

interface TillSchema extends OutboxSchema {
  terminal: { key: 'terminal'; value: TerminalRecord };
  cashier: { key: 'cashier'; value: CashierRecord };
  clock: { key: 'clock'; value: ClockCorrection };
  numbers: { key: 'numbers'; value: VoucherNumbers };
  sales: { key: string; value: Sale; indexes: { status: string; requestedAtMs: number; handInDue: number } };
  offline: { key: 'state'; value: OfflineState };
  /** By serial in hex. */
  allowances: { key: string; value: KeptAllowance };
}

export type TillDatabase = Database<TillSchema>;

/** Versions are only ever added, each from the one before; a device may skip any number of them. */
export function openTillDatabase(on: Pick<DatabaseOptions<TillSchema>, 'onBlocked' | 'onCleared'> = {}): TillDatabase {
  return new Database<TillSchema>({
    name: 'tandem-pos',
    version: 3,
    upgrade(database, oldVersion, transaction) {
      if (oldVersion < 1) {
        database.createObjectStore('terminal');
        database.createObjectStore('cashier');
        database.createObjectStore('clock');
        database.createObjectStore('numbers');
        const sales = database.createObjectStore('sales', { keyPath: 'traceKey' });
        sales.createIndex('status', 'state.status');
        sales.createIndex('requestedAtMs', 'requestedAtMs');
      }
      // Holds only the few that have the mark.
      if (oldVersion < 2) transaction.objectStore('sales').createIndex('handInDue', 'state.handInDue');
      if (oldVersion < 3) {
        database.createObjectStore('outbox', { keyPath: 'id' });
        database.createObjectStore('offline');
        database.createObjectStore('allowances');
      }
    },
    ...on,
  });
}
