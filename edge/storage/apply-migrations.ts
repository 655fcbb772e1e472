/**
 * Brings the tables of one part of an object (`books`, `registry`, `clearing`) to their newest form: migrations are numbered
 * by their place, 1..n, and each runs once, in one transaction with the note that it ran. Call it in the constructor,
 * before anything else touches storage. A migration that has been released is never edited; the next one changes what it made.
 */
export function applyMigrations(storage: DurableObjectStorage, part: string, migrations: readonly string[]): void {
  storage.transactionSync(() => {
    storage.sql.exec(
      'CREATE TABLE IF NOT EXISTS schema_versions (part TEXT PRIMARY KEY, version INTEGER NOT NULL CHECK (version >= 0)) STRICT',
    );
    const applied = loadSchemaVersion(storage.sql, part);
    if (applied > migrations.length) throw new Error(`The ${part} tables are newer than this worker.`);
    for (const migration of migrations.slice(applied)) storage.sql.exec(migration);
    if (applied < migrations.length) {
      storage.sql.exec(
        'INSERT INTO schema_versions (part, version) VALUES (?, ?) ON CONFLICT (part) DO UPDATE SET version = excluded.version',
        part,
        migrations.length,
      );
    }
  });
}

/** How many migrations of `part` have run. */
export function loadSchemaVersion(sql: SqlStorage, part: string): number {
  const [row] = sql.exec<{ version: number }>('SELECT version FROM schema_versions WHERE part = ?', part).toArray();
  return row?.version ?? 0;
}
