import { runInDurableObject } from 'cloudflare:test';
import { beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../../support/devices.ts';
import {
  type CustomerWallet,
  createConsent,
  createSubmission,
  openTestBooks,
  type TestBooks,
} from '../open-test-books.ts';

const QUARTER_MS = 15 * 60_000;

let books: TestBooks;
let wallet: CustomerWallet;

beforeAll(async () => {
  books = await openTestBooks();
  wallet = await books.openWallet();
});

async function pay(amountMinor: number): Promise<void> {
  const till = await books.openTerminal();
  const submission = await createSubmission(till, amountMinor);
  unwrap(await books.ledger.submitRequest(submission));
  await books.ledger.authorise(await createConsent(wallet, submission));
}

/** From the quarter of an hour that is now, as long as a test may take. */
function boundaries(): [number, number, number] {
  const nowMs = Math.floor(Date.now() / QUARTER_MS) * QUARTER_MS;
  return [nowMs - QUARTER_MS, nowMs, nowMs + 2 * QUARTER_MS];
}

describe('takings', () => {
  it('are none before the first sale; top-ups are no takings', async () => {
    const periods = await books.ledger.takings(boundaries());
    expect(periods).toMatchObject([
      { takingsMinor: 0, payments: 0, refusals: 0 },
      { takingsMinor: 0, payments: 0, refusals: 0 },
    ]);
  });

  it('count each payment once, however often they are asked for, and refusals apart', async () => {
    await pay(300);
    for (let time = 0; time < 3; time += 1) {
      const [, now] = await books.ledger.takings(boundaries());
      expect(now).toMatchObject({ takingsMinor: 300, payments: 1, refusals: 0 });
    }
    await pay(200);
    await pay(99_999);
    const [, now] = await books.ledger.takings(boundaries());
    expect(now).toMatchObject({ takingsMinor: 500, payments: 2, refusals: 1 });
  });

  it('are told by merchant', async () => {
    const [, fromMs, toMs] = boundaries();
    expect(await books.ledger.takingsByMerchant(fromMs, toMs)).toEqual([
      { accountNumber: books.merchantAccount, takingsMinor: 500, payments: 2 },
    ]);
    expect(await books.ledger.takingsByMerchant(fromMs - QUARTER_MS, fromMs)).toEqual([]);
  });

  it('agree with what the merchant is owed, and can be made again from the journal', async () => {
    const [account] = await books.ledger.accountViews([books.merchantAccount]);
    expect(account?.balanceMinor).toBe(500);
    await runInDurableObject(books.ledger, (_ledger, { storage }) => {
      storage.sql.exec('DELETE FROM takings');
      storage.sql.exec('UPDATE takings_read_to SET sequence = 0');
    });
    const [, now] = await books.ledger.takings(boundaries());
    expect(now).toMatchObject({ takingsMinor: 500, payments: 2, refusals: 1 });
  });

  it('answer a year of days and no more', async () => {
    const days = Array.from({ length: 500 }, (_, index) => index * 24 * 3_600_000);
    expect(await books.ledger.takings(days)).toHaveLength(366);
    expect(await books.ledger.takings([])).toEqual([]);
  });
});
