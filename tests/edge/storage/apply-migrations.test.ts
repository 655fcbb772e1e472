import { runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { CLEARING_MIGRATIONS } from '../../../edge/clearing/migrations.ts';
import { BOOKS_MIGRATIONS } from '../../../edge/ledger/migrations/index.ts';
import { REGISTRY_MIGRATIONS } from '../../../edge/registry/migrations.ts';
import { CEREMONY_MIGRATIONS } from '../../../edge/security/ceremonies.ts';
import { RATE_LIMIT_MIGRATIONS } from '../../../edge/security/rate-limits.ts';
import { applyMigrations, loadSchemaVersion } from '../../../edge/storage/apply-migrations.ts';
import { clearing, ledgerOf } from '../support/test-app.ts';

function inStorage<T>(run: (storage: DurableObjectStorage) => T): Promise<T> {
  return runInDurableObject(clearing(), (_clearing, { storage }) => run(storage));
}

describe('migrations', () => {
  it('run once each, from wherever the tables are', async () => {
    await inStorage((storage) => {
      const first = 'CREATE TABLE thing (a INTEGER) STRICT; INSERT INTO thing VALUES (1)';
      const second = 'ALTER TABLE thing ADD COLUMN b INTEGER NOT NULL DEFAULT 7';
      applyMigrations(storage, 'things', [first]);
      applyMigrations(storage, 'things', [first, second]);
      applyMigrations(storage, 'things', [first, second]);
      expect(loadSchemaVersion(storage.sql, 'things')).toBe(2);
      expect(storage.sql.exec('SELECT a, b FROM thing').toArray()).toEqual([{ a: 1, b: 7 }]);
    });
  });

  it('leave nothing of one that fails, nor of those before it in the same step', async () => {
    await inStorage((storage) => {
      const good = 'CREATE TABLE half (a INTEGER) STRICT';
      expect(() => applyMigrations(storage, 'halves', [good, 'CREATE NONSENSE'])).toThrow();
      expect(loadSchemaVersion(storage.sql, 'halves')).toBe(0);
      expect(storage.sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'half'").toArray()).toEqual([]);
    });
  });

  it('refuse tables that a newer worker made', async () => {
    await inStorage((storage) => {
      applyMigrations(storage, 'future', ['SELECT 1', 'SELECT 1']);
      expect(() => applyMigrations(storage, 'future', ['SELECT 1'])).toThrow(/newer/);
    });
  });

  it.each([
    ['clearing', CLEARING_MIGRATIONS],
    ['rate-limits', RATE_LIMIT_MIGRATIONS],
    ['ceremonies', CEREMONY_MIGRATIONS],
  ])('of %s have all run in the Clearing object', async (part, migrations) => {
    expect(await inStorage(({ sql }) => loadSchemaVersion(sql, part))).toBe(migrations.length);
  });

  it.each([
    ['books', BOOKS_MIGRATIONS],
    ['registry', REGISTRY_MIGRATIONS],
    ['rate-limits', RATE_LIMIT_MIGRATIONS],
    ['ceremonies', CEREMONY_MIGRATIONS],
  ])('of %s have all run in the Ledger object', async (part, migrations) => {
    const version = await runInDurableObject(ledgerOf(), (_ledger, { storage }) =>
      loadSchemaVersion(storage.sql, part),
    );
    expect(version).toBe(migrations.length);
  });

  it('make only STRICT tables', async () => {
    const tables = (storage: DurableObjectStorage) =>
      storage.sql
        .exec(
          "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'",
        )
        .toArray();
    const made = [
      ...(await inStorage(tables)),
      ...(await runInDurableObject(ledgerOf(), (_ledger, { storage }) => tables(storage))),
    ];
    expect(made.length).toBeGreaterThan(20);
    for (const { name, sql } of made) expect(sql, String(name)).toMatch(/STRICT/);
  });
});
