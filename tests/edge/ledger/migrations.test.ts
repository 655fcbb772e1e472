import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { BOOKS_MIGRATIONS } from '../../../edge/ledger/migrations/index.ts';
import { loadRequestById } from '../../../edge/ledger/payments/requests.ts';
import { loadRules } from '../../../edge/ledger/rules.ts';
import { applyMigrations, loadSchemaVersion } from '../../../edge/storage/apply-migrations.ts';

/** An object's storage with nothing in it. */
function withEmptyStorage<T>(name: string, test: (storage: DurableObjectStorage) => T | Promise<T>): Promise<T> {
  return runInDurableObject(env.LEDGER.getByName(`migrations-${name}`), async (_, { storage }) => {
    await storage.deleteAll();
    return test(storage);
  });
}

function describeTables({ sql }: DurableObjectStorage): string[] {
  return sql
    .exec<{ sql: string }>(`SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name`)
    .toArray()
    .map((row) => row.sql);
}

describe('the migrations of the books', () => {
  it.each(BOOKS_MIGRATIONS.map((_, index) => index + 1))('run number %i after the one before', async (number) => {
    await withEmptyStorage(`step-${number}`, (storage) => {
      applyMigrations(storage, 'books', BOOKS_MIGRATIONS.slice(0, number - 1));
      expect(loadSchemaVersion(storage.sql, 'books')).toBe(number - 1);
      const before = describeTables(storage);
      applyMigrations(storage, 'books', BOOKS_MIGRATIONS.slice(0, number));
      expect(loadSchemaVersion(storage.sql, 'books')).toBe(number);
      expect(describeTables(storage)).not.toEqual(before);
    });
  });

  it('come to the same tables one by one as at once, and change nothing when run again', async () => {
    const atOnce = await withEmptyStorage('at-once', (storage) => {
      applyMigrations(storage, 'books', BOOKS_MIGRATIONS);
      return describeTables(storage);
    });
    await withEmptyStorage('one-by-one', (storage) => {
      for (let count = 1; count <= BOOKS_MIGRATIONS.length; count += 1)
        applyMigrations(storage, 'books', BOOKS_MIGRATIONS.slice(0, count));
      applyMigrations(storage, 'books', BOOKS_MIGRATIONS);
      expect(describeTables(storage)).toEqual(atOnce);
    });
  });

  it('keep what was in the books before: attempts as they were, requests as long as they claim', async () => {
    await withEmptyStorage('kept', (storage) => {
      const { sql } = storage;
      applyMigrations(storage, 'books', BOOKS_MIGRATIONS.slice(0, 2));
      const hash = new Uint8Array(32);
      sql.exec(`INSERT INTO programme VALUES (1, '100001', 'campus', 'EUR', 2, 500)`);
      sql.exec(
        `INSERT INTO requests VALUES (1, 'TERM0001', 1, 1, '01', 1, 450, 1000, 120, zeroblob(16), ?, zeroblob(64), 1, 1000, 5)`,
        hash,
      );
      sql.exec(
        `INSERT INTO attempts VALUES (3, 'authorisation', 'TERM0001', 1, 1, ?1, 'passkey_invalid', ?1, '01', 1, 450, 1, NULL, NULL)`,
        hash,
      );
      applyMigrations(storage, 'books', BOOKS_MIGRATIONS);
      expect(loadRules(sql)).toMatchObject({ amountMinorMax: 500, requestValidSeconds: 600 });
      expect(loadRequestById(sql, 1)).toMatchObject({ validForSeconds: 120, expiresAtMs: 1_120_000 });
      expect(sql.exec('SELECT count(*) AS count FROM attempts').one()).toEqual({ count: 1 });
      expect(sql.exec('SELECT count(*) AS count FROM unproven_attempts').one()).toEqual({ count: 0 });
    });
  });

  it('take what was refused as too late before for the word of its till', async () => {
    await withEmptyStorage('told', (storage) => {
      const { sql } = storage;
      applyMigrations(storage, 'books', BOOKS_MIGRATIONS.slice(0, 7));
      sql.exec(`INSERT INTO journal (sequence, kind, at_ms, amount_minor, hash) VALUES (3, 4, 1000, 0, zeroblob(32))`);
      sql.exec(`INSERT INTO journal (sequence, kind, at_ms, amount_minor, hash) VALUES (4, 4, 2000, 0, zeroblob(32))`);
      const columns = `sequence, kind, terminal_id, batch_no, voucher_no, document_hash, code, request_hash, operator_no,
        trans_type, amount_minor, certificate, names_card, slows`;
      const rest = `'request_expired', zeroblob(32), '01', 1, 450, 1, 1, 0`;
      sql.exec(`INSERT INTO attempts (${columns}) VALUES (3, 'submission', 'TERM0001', 1, 1, zeroblob(32), ${rest})`);
      const consent = new Uint8Array(32).fill(1);
      sql.exec(`INSERT INTO attempts (${columns}) VALUES (4, 'authorisation', 'TERM0001', 1, 1, ?, ${rest})`, consent);
      applyMigrations(storage, 'books', BOOKS_MIGRATIONS);
      expect(sql.exec('SELECT * FROM told_tills').toArray()).toMatchObject([{ told_at_ms: 1000 }]);
    });
  });

  it('make tables that are all strict', async () => {
    await withEmptyStorage('strict', (storage) => {
      applyMigrations(storage, 'books', BOOKS_MIGRATIONS);
      const loose = storage.sql
        .exec<{ name: string }>(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0`)
        .toArray()
        .map(({ name }) => name)
        .filter((name) => !name.startsWith('sqlite_') && !name.startsWith('_cf_'));
      expect(loose).toEqual([]);
    });
  });
});
