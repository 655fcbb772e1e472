import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { CLEARING_MIGRATIONS } from '../../../edge/clearing/migrations.ts';
import { defaultOfflineSettings, loadProgrammeView } from '../../../edge/clearing/programme.ts';
import { applyMigrations } from '../../../edge/storage/apply-migrations.ts';
import { DEFAULT_PAY_CODE_SETTINGS } from '../../../shared/protocol/wire/pay-codes.ts';

describe('the migrations of the Clearing object', () => {
  it('tell every ledger the rules anew, and end what removed administrators had made', async () => {
    await runInDurableObject(env.CLEARING.getByName('migrations'), async (_, { storage }) => {
      await storage.deleteAll();
      const { sql } = storage;
      applyMigrations(storage, 'clearing', CLEARING_MIGRATIONS.slice(0, 1));
      sql.exec(`INSERT INTO participants VALUES ('100001', 'Canteen', 1, 2)`);
      for (const [name, removedAtMs] of [
        ['stays', null],
        ['gone', 77],
      ] as const) {
        const id = new Uint8Array(16).fill(name.length);
        sql.exec('INSERT INTO administrators VALUES (?, ?, 1, ?)', id, name, removedAtMs);
        const hash = new Uint8Array(32).fill(name.length);
        sql.exec('INSERT INTO api_keys VALUES (?1, ?2, ?1, ?3, 1, NULL, NULL)', name, hash, id);
      }
      applyMigrations(storage, 'clearing', CLEARING_MIGRATIONS);
      expect(sql.exec('SELECT books_opened_at_ms AS told FROM participants').one()).toEqual({ told: null });
      expect(sql.exec('SELECT key_id, revoked_at_ms FROM api_keys ORDER BY key_id').toArray()).toEqual([
        { key_id: 'gone', revoked_at_ms: 77 },
        { key_id: 'stays', revoked_at_ms: null },
      ]);
    });
  });

  it.each([
    ['EUR', 2, 5_000],
    ['JPY', 0, 50],
    ['BHD', 3, 50_000],
  ])(
    'give a programme in %s pay codes and allowances of up to fifty units',
    async (currency, exponent, stepUpMinor) => {
      await runInDurableObject(env.CLEARING.getByName(`migrations-${currency}`), async (_, { storage }) => {
        await storage.deleteAll();
        const { sql } = storage;
        applyMigrations(storage, 'clearing', CLEARING_MIGRATIONS.slice(0, 2));
        sql.exec(`INSERT INTO programme VALUES (1, 'campus', 'Campus', ?, ?, 'UTC', 100, 120, 1)`, currency, exponent);
        applyMigrations(storage, 'clearing', CLEARING_MIGRATIONS);
        const view = loadProgrammeView(sql);
        expect(view?.payCode).toEqual({ ...DEFAULT_PAY_CODE_SETTINGS, stepUpMinor });
        expect(view?.offline).toEqual(defaultOfflineSettings(exponent));
        expect(view?.offline.limitMinor).toBe(stepUpMinor);
      });
    },
  );
});
