import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { GroupCommit } from '../../../edge/ledger/group-commit.ts';

let objects = 0;

/** A fresh object's storage with one table, and a count of the transactions around the operations. */
function withStorage<T>(isOn: boolean, test: (given: Given) => Promise<T>): Promise<T> {
  objects += 1;
  return runInDurableObject(env.LEDGER.getByName(`group-commit-${objects}`), async (_, { storage }) => {
    storage.sql.exec('CREATE TABLE numbers (number INTEGER PRIMARY KEY CHECK (number < 100)) STRICT');
    const failures: unknown[] = [];
    let depth = 0;
    let transactions = 0;
    const counting = {
      sync: () => storage.sync(),
      transactionSync: <V>(operation: () => V): V => {
        if (depth === 0) transactions += 1;
        depth += 1;
        try {
          return storage.transactionSync(operation);
        } finally {
          depth -= 1;
        }
      },
    } as DurableObjectStorage;
    return test({
      commit: new GroupCommit(counting, { isOn, onFailure: (error) => failures.push(error) }),
      insert: (number: number) => {
        storage.sql.exec('INSERT INTO numbers (number) VALUES (?)', number);
        return number;
      },
      stored: () =>
        storage.sql
          .exec<{ number: number }>('SELECT number FROM numbers')
          .toArray()
          .map((row) => row.number),
      transactions: () => transactions,
      failures,
    });
  });
}

interface Given {
  readonly commit: GroupCommit;
  insert(number: number): number;
  stored(): number[];
  transactions(): number;
  readonly failures: unknown[];
}

describe('group commit', () => {
  it('gives operations of the same moment one transaction, and each its own answer', async () => {
    await withStorage(true, async ({ commit, insert, stored, transactions }) => {
      const answers = await Promise.all([1, 2, 3].map((number) => commit.run(() => insert(number))));
      expect(answers).toEqual([1, 2, 3]);
      expect(stored()).toEqual([1, 2, 3]);
      expect(transactions()).toBe(1);
    });
  });

  it('undoes an operation that fails, and no other', async () => {
    await withStorage(true, async ({ commit, insert, stored, failures }) => {
      const answers = await Promise.allSettled([
        commit.run(() => insert(1)),
        commit.run(() => {
          insert(2);
          throw new Error('changed my mind');
        }),
        commit.run(() => insert(100)),
        commit.run(() => insert(3)),
      ]);
      expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
      expect(stored()).toEqual([1, 3]);
      expect(failures).toHaveLength(2);
    });
  });

  it('keeps the order in which operations came', async () => {
    await withStorage(true, async ({ commit }) => {
      const seen: number[] = [];
      await Promise.all([5, 1, 4, 2].map((number) => commit.run(() => seen.push(number))));
      expect(seen).toEqual([5, 1, 4, 2]);
    });
  });

  it('bounds a batch', async () => {
    await withStorage(true, async ({ commit, transactions }) => {
      let runs = 0;
      await Promise.all(
        Array.from({ length: 300 }, () =>
          commit.run(() => {
            runs += 1;
          }),
        ),
      );
      expect(runs).toBe(300);
      expect(transactions()).toBe(3);
    });
  });

  it('takes operations that come while others are under way', async () => {
    await withStorage(true, async ({ commit, insert, stored }) => {
      const first = commit.run(() => insert(1));
      await first;
      await Promise.all([commit.run(() => insert(2)), commit.run(() => insert(3))]);
      expect(stored()).toEqual([1, 2, 3]);
    });
  });

  it('can be switched off: then each operation has a transaction of its own', async () => {
    await withStorage(false, async ({ commit, insert, stored, transactions }) => {
      await Promise.allSettled([1, 100, 3].map((number) => commit.run(() => insert(number))));
      expect(stored()).toEqual([1, 3]);
      expect(transactions()).toBe(3);
    });
  });
});
