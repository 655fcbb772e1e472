import type { RevocationListContent } from '../../shared/protocol/documents/revocation-list.ts';
import type { TraceKey } from '../../shared/protocol/identifiers.ts';
import { learnNews, NOTHING_KNOWN, type OfflineState, renewLimits } from '../offline/offline-state.ts';
import type { OfflineChange, OfflinePicture, OfflineStore } from '../offline/offline-store.ts';
import type { Sale } from '../sale/sale.ts';
import type { TillDatabase } from './till-database.ts';

/** Lists of withdrawn allowances, verified, with what was still to be settled when they were asked for. */
export interface SyncNews {
  readonly lists: readonly RevocationListContent[];
  readonly accepted: readonly Sale[];
}

const STORES = ['sales', 'outbox', 'offline', 'allowances'] as const;

/** What a till without network decides by, on the disk. */
export class OfflineRecords implements OfflineStore {
  readonly #database: TillDatabase;

  constructor(database: TillDatabase) {
    this.#database = database;
  }

  async loadState(): Promise<OfflineState> {
    const state = await this.#database.read(['offline'], (transaction) =>
      transaction.objectStore('offline').get('state'),
    );
    return state ?? NOTHING_KNOWN;
  }

  load(traceKey: TraceKey, allowance: string): Promise<OfflinePicture> {
    return this.#database.read(STORES, async (transaction) => {
      const [sale, state, seen] = await Promise.all([
        transaction.objectStore('sales').get(traceKey),
        transaction.objectStore('offline').get('state'),
        transaction.objectStore('allowances').get(allowance),
      ]);
      return { sale, state: state ?? NOTHING_KNOWN, seen };
    });
  }

  change<T>(
    traceKey: TraceKey,
    allowance: string,
    decide: (picture: OfflinePicture) => { readonly change: OfflineChange; readonly value: T },
  ): Promise<T> {
    return this.#database.writeStrict(STORES, async (transaction) => {
      const [sales, outbox] = [transaction.objectStore('sales'), transaction.objectStore('outbox')];
      const [offline, allowances] = [transaction.objectStore('offline'), transaction.objectStore('allowances')];
      const [sale, state, seen] = await Promise.all([
        sales.get(traceKey),
        offline.get('state'),
        allowances.get(allowance),
      ]);
      const { change, value } = decide({ sale, state: state ?? NOTHING_KNOWN, seen });
      await Promise.all([
        change.sale && sales.put(change.sale),
        change.state && offline.put(change.state, 'state'),
        change.seen && allowances.put(change.seen, allowance),
        change.outboxItem && outbox.put(change.outboxItem),
      ]);
      return value;
    });
  }

  /** What the till took alone and that is still to be settled. */
  loadAccepted(): Promise<Sale[]> {
    return this.#database.read(['sales'], (transaction) =>
      transaction.objectStore('sales').index('status').getAll('accepted'),
    );
  }

  /**
   * The centre has answered: adds what it said, and begins the till's limits anew.
   * @param news undefined: no list came
   */
  syncState(nowMs: number, news: SyncNews | undefined): Promise<OfflineState> {
    return this.#database.writeStrict(['sales', 'offline', 'allowances'], async (transaction) => {
      const [offline, allowances] = [transaction.objectStore('offline'), transaction.objectStore('allowances')];
      const [known = NOTHING_KNOWN, serials, values, accepted] = await Promise.all([
        offline.get('state'),
        allowances.getAllKeys(),
        allowances.getAll(),
        transaction.objectStore('sales').index('status').getAll('accepted'),
      ]);
      const seen = new Map(serials.map((serial, index) => [serial, values[index]!]));
      const state = learnNews(known, { lists: news?.lists ?? [], timesMs: [nowMs] });
      const next = renewLimits({ state, seen }, { now: accepted, beforeList: news?.accepted }, nowMs);
      await Promise.all([
        offline.put(next.state, 'state'),
        ...serials.filter((serial) => !next.seen.has(serial)).map((serial) => allowances.delete(serial)),
        ...[...next.seen].map(([serial, allowance]) => allowances.put(allowance, serial)),
      ]);
      return next.state;
    });
  }
}
