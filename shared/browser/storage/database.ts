import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from 'idb';

type Upgrade<Schema extends DBSchema> = (
  database: IDBPDatabase<Schema>,
  oldVersion: number,
  transaction: IDBPTransaction<Schema, StoreNames<Schema>[], 'versionchange'>,
) => void;

export interface DatabaseOptions<Schema extends DBSchema> {
  readonly name: string;
  readonly version: number;
  /** Creates stores from `oldVersion` (0: nothing there) up to `version`, step by step. */
  readonly upgrade: Upgrade<Schema>;
  /** Another window still holds an older version open: ask the person to close it. */
  readonly onBlocked?: () => void;
  /** Somebody cleared all of it while it was open here. Nothing is written from then on: this window is to begin anew. */
  readonly onCleared?: () => void;
}

type Mode = 'readonly' | 'readwrite';
type Work<Schema extends DBSchema, Stores extends StoreNames<Schema>, M extends Mode, T> = (
  transaction: IDBPTransaction<Schema, Stores[], M>,
) => Promise<T>;

/**
 * One IndexedDB database, opened when first used and opened again when the browser took the connection away (iOS does,
 * after the app was in the background). Gives way at once to a newer version in another window.
 *
 * Inside `work` await nothing but the transaction's own requests: it ends as soon as nothing is asked of it.
 */
export class Database<Schema extends DBSchema> {
  readonly #options: DatabaseOptions<Schema>;
  #opening: Promise<IDBPDatabase<Schema>> | undefined;
  /** It was opened here before: if it is not there any more, it was cleared. */
  #isKnown = false;

  constructor(options: DatabaseOptions<Schema>) {
    this.#options = options;
  }

  /** One read transaction over the stores named: a consistent picture. */
  read<Stores extends StoreNames<Schema>, T>(
    stores: readonly Stores[],
    work: Work<Schema, Stores, 'readonly', T>,
  ): Promise<T> {
    return this.#run(stores, 'readonly', work);
  }

  /**
   * One write transaction, on the disk before it resolves (durability `strict`: the browser flushes before `complete`).
   * When it rejects, nothing of it was written. Read what you decide on inside the same transaction: other windows wait.
   */
  writeStrict<Stores extends StoreNames<Schema>, T>(
    stores: readonly Stores[],
    work: Work<Schema, Stores, 'readwrite', T>,
  ): Promise<T> {
    return this.#run(stores, 'readwrite', work);
  }

  async close(): Promise<void> {
    const opening = this.#opening;
    this.#opening = undefined;
    (await opening?.catch(() => undefined))?.close();
  }

  async #run<Stores extends StoreNames<Schema>, M extends Mode, T>(
    stores: readonly Stores[],
    mode: M,
    work: Work<Schema, Stores, M, T>,
  ): Promise<T> {
    const transaction = await this.#begin(stores, mode);
    try {
      const value = await work(transaction);
      await transaction.done;
      return value;
    } catch (error) {
      // Take back what was asked so far; `done` then rejects with the abort, which says less than the cause does.
      transaction.done.catch(() => {});
      try {
        transaction.abort();
      } catch {
        // It had ended by itself.
      }
      if (isConnectionLost(error)) this.#opening = undefined;
      throw error;
    }
  }

  /** A closed connection shows when the transaction is asked for, before any work: then a second try is safe. */
  async #begin<Stores extends StoreNames<Schema>, M extends Mode>(stores: readonly Stores[], mode: M) {
    const begin = async () => (await this.#open()).transaction([...stores], mode, { durability: 'strict' });
    try {
      return await begin();
    } catch (error) {
      if (!isConnectionLost(error)) throw error;
      this.#opening = undefined;
      return begin();
    }
  }

  #open(): Promise<IDBPDatabase<Schema>> {
    this.#opening ??= this.#connect();
    return this.#opening;
  }

  async #connect(): Promise<IDBPDatabase<Schema>> {
    const { name, version, upgrade, onBlocked, onCleared } = this.#options;
    try {
      const database = await openDB<Schema>(name, version, {
        upgrade: (fresh, oldVersion, _newVersion, transaction) => {
          if (oldVersion > 0 || !this.#isKnown) return upgrade(fresh, oldVersion, transaction);
          // What this window knows is of what was cleared: it must not become the beginning of something new.
          transaction.done.catch(() => {});
          transaction.abort();
          onCleared?.();
        },
        blocked: () => onBlocked?.(),
        blocking: () => void this.close(),
        terminated: () => {
          this.#opening = undefined;
          // Whether it is still there is found out now, before another window makes it anew; the first try may meet the clearing.
          void this.#open()
            .catch(() => this.#open())
            .catch(() => {});
        },
      });
      this.#isKnown = true;
      return database;
    } catch (error) {
      this.#opening = undefined;
      throw error;
    }
  }
}

/** InvalidStateError: the connection is closing. UnknownError: WebKit lost its storage process (webkit.org/b/197050). */
function isConnectionLost(error: unknown): boolean {
  return error instanceof Error && (error.name === 'InvalidStateError' || error.name === 'UnknownError');
}
