import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import { trustOf } from '../support/enrol.ts';
import { expectBooks, expectReceiptOf } from './support/check-centre.ts';
import { handIn, paymentOf } from './support/hand-in.ts';
import { inParallel } from './support/in-parallel.ts';
import { type OpenCentre, openCentre } from './support/open-centre.ts';
import { type SaleUnderFire, type SettledSale, sellUnderFire, settleAll } from './support/sales-under-fire.ts';
import { tally } from './support/tally.ts';

/** `KILL_ROUNDS=200 npm run test:built -- kill` for a night; a round is a second or two. */
const ROUNDS = Number(process.env.KILL_ROUNDS ?? 6);
const LONG_MS = 60_000 + ROUNDS * 20_000;
const IN_FLIGHT = 32;
const BALANCE_MINOR = 50_000_000;

interface TopUpUnderFire {
  readonly call: { readonly accountNumber: string; readonly amountMinor: number; readonly reference: string };
  acknowledged?: object | undefined;
}

let centre: OpenCentre;
let trust: CentreTrust;

beforeAll(async () => {
  centre = await openCentre({ tills: 4, wallets: 8, balanceMinor: BALANCE_MINOR });
  trust = await trustOf(centre.tills[0]!.answer.programme);
});

afterAll(() => centre?.close());

describe('a centre that is killed in mid-load', () => {
  const everySale: SettledSale[] = [];
  const topUps: TopUpUnderFire[] = [];

  it('has lost nothing it acknowledged, ends what it did not, and doubles nothing', {
    timeout: LONG_MS,
  }, async () => {
    for (let round = 1; round <= ROUNDS; round += 1) {
      const { sales, roundTopUps } = await killInMidLoad(150 + Math.random() * 1_000);
      const acknowledged = sales.filter(({ acknowledged: { authorisation } }) => authorisation);
      expect(acknowledged.length, 'the load was too slow to say anything').toBeGreaterThan(0);
      everySale.push(...(await settleAll(centre, sales, IN_FLIGHT)));
      tally('sales settled and compared', sales.length);
      topUps.push(...roundTopUps);
    }
  });

  it('answers each consent as before, however often it was killed since', { timeout: LONG_MS }, async () => {
    await inParallel(everySale, IN_FLIGHT, async ({ fire, final }) => {
      expect(await handIn(centre.createClient(), 'authorisations', fire.sale.authorisation)).toEqual(final);
    });
  });

  it('tops up once for each reference', { timeout: LONG_MS }, async () => {
    await inParallel(topUps, IN_FLIGHT, async (topUp) => {
      const answer = await centre.administration.post<object>('accounts/top-ups', topUp.call);
      if (topUp.acknowledged) expect(answer).toEqual(topUp.acknowledged);
    });
  });

  it('keeps whole books that hold exactly what was paid and put in', { timeout: LONG_MS }, async () => {
    const paid = everySale.filter(({ final }) => final.status === 200);
    const receipts = await Promise.all(
      paid.map(({ fire, final }) => expectReceiptOf(fire.sale, paymentOf(final).receipt, trust)),
    );
    expect(new Set(receipts.map(({ sequence }) => sequence)).size).toBe(paid.length);
    const putInMinor = new Map(
      centre.wallets.map(({ answer }) => [answer.cards[0]!.accountNumber as string, BALANCE_MINOR]),
    );
    for (const { call } of topUps)
      putInMinor.set(call.accountNumber, putInMinor.get(call.accountNumber)! + call.amountMinor);
    await expectBooks(
      centre,
      paid.map(({ fire }) => fire.sale),
      putInMinor,
    );
  });
});

/**
 * Load from many tills and wallets at once; after so many answers, and a moment more, SIGKILL with calls under way, and the
 * same data again.
 */
async function killInMidLoad(answersBefore: number) {
  const sales: SaleUnderFire[] = [];
  const roundTopUps: TopUpUnderFire[] = [];
  let isKilled = false;
  const loops = Array.from({ length: IN_FLIGHT }, async (_, loop) => {
    while (!isKilled) {
      if (loop === 0) await topUpUnderFire(roundTopUps);
      else await sellUnderFire(sales, pick(centre.tills), pick(centre.wallets));
    }
  });
  const countAnswers = () => sales.filter(({ acknowledged }) => acknowledged.authorisation).length;
  while (countAnswers() < answersBefore) await sleep(5);
  await sleep(Math.random() * 50);
  isKilled = true;
  await centre.killAndRestart();
  await Promise.all(loops);
  return { sales, roundTopUps };
}

async function topUpUnderFire(topUps: TopUpUnderFire[]): Promise<void> {
  const { accountNumber } = pick(centre.wallets).answer.cards[0]!;
  const topUp: TopUpUnderFire = {
    call: { accountNumber, amountMinor: 1 + topUps.length, reference: `fire-${crypto.randomUUID()}` },
  };
  topUps.push(topUp);
  topUp.acknowledged = await centre.administration.post<object>('accounts/top-ups', topUp.call).catch(() => undefined);
}

function pick<T>(items: readonly T[]): T {
  return items[Math.floor(Math.random() * items.length)]!;
}
