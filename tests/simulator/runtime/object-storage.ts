import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Killed } from './killed.ts';

/**
 * The storage of a Durable Object over Node's own SQLite: as much of `DurableObjectStorage` as the centre uses. Synchronous like
 * the real one; a transaction inside another is a savepoint.
 */
export class ObjectStorage {
  readonly #database = new DatabaseSync(':memory:', { enableForeignKeyConstraints: false });
  readonly #statements = new Map<string, StatementSync>();
  readonly #changes = this.#database.prepare('SELECT changes() AS n');
  #depth = 0;
  #alarmAtMs: number | null = null;
  /** Statements until the process is killed; undefined: it lives. */
  #statementsLeft: number | undefined;

  readonly sql = {
    exec: (query: string, ...bindings: readonly unknown[]) => this.#exec(query, bindings),
    databaseSize: 0,
  };

  transactionSync<T>(run: () => T): T {
    const name = `s${this.#depth}`;
    this.#database.exec(`SAVEPOINT ${name}`);
    this.#depth += 1;
    try {
      const value = run();
      this.#database.exec(`RELEASE ${name}`);
      return value;
    } catch (error) {
      this.#database.exec(`ROLLBACK TO ${name}; RELEASE ${name}`);
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }

  sync(): Promise<void> {
    return Promise.resolve();
  }

  async setAlarm(at: number | Date): Promise<void> {
    this.#alarmAtMs = Number(at);
  }

  async getAlarm(): Promise<number | null> {
    return this.#alarmAtMs;
  }

  async deleteAlarm(): Promise<void> {
    this.#alarmAtMs = null;
  }

  /** As the runtime does: forgets it, then calls. @returns whether it was due */
  takeDueAlarm(nowMs: number): boolean {
    if (this.#alarmAtMs === null || this.#alarmAtMs > nowMs) return false;
    this.#alarmAtMs = null;
    return true;
  }

  /** The process is killed after so many more statements; undefined: it is not. */
  killAfter(statements: number | undefined): void {
    this.#statementsLeft = statements;
  }

  close(): void {
    this.#database.close();
  }

  get hasDied(): boolean {
    return this.#statementsLeft === 0;
  }

  #exec(query: string, bindings: readonly unknown[]): Cursor {
    if (this.#statementsLeft !== undefined) {
      if (this.#statementsLeft === 0) throw new Killed('The centre was killed.');
      this.#statementsLeft -= 1;
    }
    // Several statements in one text are migrations, which bind nothing.
    if (bindings.length === 0 && /;\s*\S/.test(query)) {
      this.#database.exec(query);
      return new Cursor([], 0);
    }
    let statement = this.#statements.get(query);
    if (!statement) {
      statement = this.#database.prepare(query);
      this.#statements.set(query, statement);
    }
    const values = convert(query, bindings);
    if (statement.columns().length === 0) return new Cursor([], Number(statement.run(...values).changes));
    const rows = statement.all(...values).map(convertRow);
    return new Cursor(rows, /^\s*SELECT/i.test(query) ? 0 : Number(this.#changes.get()!.n));
  }
}

class Cursor {
  readonly #rows: readonly Record<string, unknown>[];

  /** Without what goes to indexes, which the runtime counts as well. */
  readonly rowsWritten: number;

  constructor(rows: readonly Record<string, unknown>[], rowsWritten: number) {
    this.#rows = rows;
    this.rowsWritten = rowsWritten;
  }

  toArray(): readonly Record<string, unknown>[] {
    return this.#rows;
  }

  one(): Record<string, unknown> {
    if (this.#rows.length !== 1) throw new Error(`Expected exactly one row, got ${this.#rows.length}.`);
    return this.#rows[0]!;
  }

  [Symbol.iterator](): Iterator<Record<string, unknown>> {
    return this.#rows[Symbol.iterator]();
  }
}

/** Node binds `?` by place, and `?1` by name alone. */
function convert(query: string, bindings: readonly unknown[]): SQLInputValue[] {
  const values = bindings.map((value) =>
    value instanceof ArrayBuffer ? new Uint8Array(value) : (value as SQLInputValue),
  );
  if (!/\?\d/.test(query)) return values;
  const named = Object.fromEntries(values.map((value, index) => [`?${index + 1}`, value]));
  return [named as unknown as SQLInputValue];
}

function convertRow(row: Record<string, unknown>): Record<string, unknown> {
  for (const name in row) {
    const value = row[name];
    if (value instanceof Uint8Array)
      row[name] = value.buffer.byteLength === value.length ? value.buffer : value.slice().buffer;
  }
  return row;
}
