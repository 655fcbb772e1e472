/** Keeps one transaction, and with it the wait of those behind it, short: 128 payments are some 20 ms. */
const BATCH_OPERATIONS_MAX = 128;

interface Operation {
  run(): void;
  /** The answer, once the batch is written. */
  settle(): void;
  fail(error: unknown): void;
}

export interface GroupCommitOptions {
  /** Off: a transaction each, to measure against. */
  readonly isOn: boolean;
  /** Called inside the open transaction when an operation threw and its own writes were undone. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Group commit: a durable commit costs far more than the SQL in it, so operations that arrive while one commit is being
 * made durable share the next. One transaction holds them, each in a savepoint of its own: one that fails takes no other
 * with it. Operations are synchronous; nothing is awaited inside.
 */
export class GroupCommit {
  readonly #storage: DurableObjectStorage;
  readonly #options: GroupCommitOptions;
  #queue: Operation[] = [];

  constructor(storage: DurableObjectStorage, options: GroupCommitOptions) {
    this.#storage = storage;
    this.#options = options;
  }

  /** Runs `operation` in a transaction; resolves with what it returns, rejects with what it throws. */
  run<T>(operation: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let value: T;
      let error: unknown;
      let hasFailed = false;
      const run = () => {
        try {
          value = this.#storage.transactionSync(operation);
        } catch (thrown) {
          hasFailed = true;
          error = thrown;
          this.#options.onFailure(thrown);
        }
      };
      const settle = () => (hasFailed ? reject(error) : resolve(value));
      if (!this.#options.isOn) {
        run();
        settle();
        return;
      }
      this.#queue.push({ run, settle, fail: reject });
      // `sync` answers when what was written before is durable: at once when nothing was.
      if (this.#queue.length === 1) this.#flushAfter(this.#storage.sync());
    });
  }

  #flushAfter(earlier: Promise<void>): void {
    earlier.then(
      () => this.#flush(),
      (error: unknown) => {
        const failed = this.#queue;
        this.#queue = [];
        for (const operation of failed) operation.fail(error);
      },
    );
  }

  #flush(): void {
    const batch = this.#queue.slice(0, BATCH_OPERATIONS_MAX);
    this.#queue = this.#queue.slice(BATCH_OPERATIONS_MAX);
    try {
      if (batch.length === 1) batch[0]?.run();
      else {
        this.#storage.transactionSync(() => {
          for (const operation of batch) operation.run();
        });
      }
      for (const operation of batch) operation.settle();
    } catch (error) {
      // The transaction itself failed: nothing of the batch was written.
      for (const operation of batch) operation.fail(error);
    }
    if (this.#queue.length > 0) this.#flushAfter(this.#storage.sync());
  }
}
