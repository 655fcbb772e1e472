import { describe, expect, it } from 'vitest';
import { isOpen, OPEN_STATUSES, type Sale } from '../../../pos-pwa/sale/sale.ts';
import { SaleStore } from '../../../pos-pwa/storage/sale-store.ts';
import { completeRecord } from '../../../pos-pwa/storage/terminal-store.ts';
import type { TerminalRecord, TillDatabase } from '../../../pos-pwa/storage/till-database.ts';
import type { TraceKey } from '../../../shared/protocol/identifiers.ts';
import { DEFAULT_OFFLINE_SETTINGS } from '../../../shared/protocol/wire/offline.ts';
import { DEFAULT_PAY_CODE_SETTINGS } from '../../../shared/protocol/wire/pay-codes.ts';

/** The `sales` store of a disk that keeps structured clones, as IndexedDB does. */
function createDisk(records: readonly object[]): { database: TillDatabase; writes: Sale[] } {
  const rows = new Map(records.map((row) => [(row as Sale).traceKey as string, structuredClone(row) as Sale]));
  const writes: Sale[] = [];
  const store = {
    get: async (key: string) => structuredClone(rows.get(key)),
    put: async (sale: Sale) => {
      writes.push(structuredClone(sale));
      rows.set(sale.traceKey, structuredClone(sale));
    },
    add: async (sale: Sale) => {
      if (rows.has(sale.traceKey)) throw new Error('ConstraintError');
      await store.put(sale);
    },
    index: () => ({
      getAll: async (status: string) => [...rows.values()].filter((row) => row.state.status === status),
    }),
  };
  const run = async (_stores: unknown, work: (transaction: unknown) => unknown) => work({ objectStore: () => store });
  return { database: { read: run, writeStrict: run } as unknown as TillDatabase, writes };
}

const charge = { codes: ['A', 'B'] as const, capture: new Uint8Array([1, 2]) };

describe('what is stored of a sale', () => {
  it('holds the charge of a scanned customer, byte for byte, until it is answered', async () => {
    const sale = { traceKey: 'T', requestedAtMs: 1, state: { status: 'charging', charge } } as unknown as Sale;
    const { database } = createDisk([]);
    const store = new SaleStore(database);
    await store.add(sale);
    expect((await store.load('T' as TraceKey))?.state).toEqual({ status: 'charging', charge });
    const answered = await store.applyEvents('T' as TraceKey, [{ kind: 'charge-refused', code: 'account_frozen' }]);
    expect(answered.state).toEqual({ status: 'charge-refused', code: 'account_frozen' });
    expect(JSON.stringify(await store.load('T' as TraceKey))).not.toContain('"A"');
  });

  it('writes nothing when nothing changed', async () => {
    const { database, writes } = createDisk([{ traceKey: 'T', state: { status: 'charging', charge } }]);
    await new SaleStore(database).applyEvents('T' as TraceKey, [{ kind: 'answer', status: 'waiting' }]);
    expect(writes).toEqual([]);
  });

  it('is taken up again after a restart in every status whose end is not known', async () => {
    const rows = [...OPEN_STATUSES, 'paid', 'not-paid'].map((status, index) => ({
      traceKey: `T${index}`,
      requestedAtMs: index,
      state: { status },
    }));
    const open = await new SaleStore(createDisk(rows).database).loadOpen();
    expect(open.map(({ state }) => state.status)).toEqual([...OPEN_STATUSES]);
    expect(open.every(isOpen)).toBe(true);
  });

  it('loads what was written before customers could be scanned', async () => {
    const before = { traceKey: 'T', requestedAtMs: 1, state: { status: 'waiting', lastRefusal: 'account_frozen' } };
    const store = new SaleStore(createDisk([before]).database);
    const charged = await store.applyEvents('T' as TraceKey, [{ kind: 'charged', charge }]);
    expect(charged.state).toEqual({ status: 'charging', charge });
  });
});

describe('what is stored of the till', () => {
  it('knows the usual settings where it was stored before there were any', () => {
    const stored = { programme: { name: 'Canteen' } } as unknown as TerminalRecord;
    expect(completeRecord(stored).programme).toEqual({
      name: 'Canteen',
      payCode: DEFAULT_PAY_CODE_SETTINGS,
      offline: DEFAULT_OFFLINE_SETTINGS,
    });
    const payCode = { ...DEFAULT_PAY_CODE_SETTINGS, stepUpMinor: 1 };
    const known = { programme: { payCode } } as unknown as TerminalRecord;
    expect(completeRecord(known).programme.payCode).toEqual(payCode);
  });
});
