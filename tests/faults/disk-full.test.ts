import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import { trustOf } from '../support/enrol.ts';
import { expectBooks, expectReceiptOf } from './support/check-centre.ts';
import { paymentOf } from './support/hand-in.ts';
import { type OpenCentre, openCentre } from './support/open-centre.ts';
import { type SaleUnderFire, type SettledSale, sellUnderFire, settleAll } from './support/sales-under-fire.ts';
import { openSmallDisk } from './support/small-disk.ts';
import { tally } from './support/tally.ts';

/** How often the disk fills up; `npm run faults` does it ten times. */
const ROUNDS = Number(process.env.DISK_ROUNDS ?? 1);
const IN_FLIGHT = 16;
const BALANCE_MINOR = 50_000_000;
/** Room for the databases, their logs, and what a few thousand sales add. */
const DISK_MEGABYTES = 48;
/** How many calls are to fail before there is room again. */
const ERRORS = 100;
const PATIENCE_MS = 120_000;

const opened = openSmallDisk(DISK_MEGABYTES);
const disk = typeof opened === 'string' ? undefined : opened;
if (typeof opened === 'string') console.warn(`No test of a full disk: ${opened}.`);

describe.skipIf(!disk)(`a disk that is full${disk ? '' : ` (skipped: ${opened})`}`, () => {
  let centre: OpenCentre;
  let trust: CentreTrust;
  const everySale: SettledSale[] = [];

  beforeAll(async () => {
    centre = await openCentre({ tills: 2, wallets: 4, balanceMinor: BALANCE_MINOR, dataDir: disk!.folder });
    trust = await trustOf(centre.tills[0]!.answer.programme);
  });

  afterAll(async () => {
    await centre?.close();
    await disk?.close();
  });

  it('costs nobody a word that was given: errors while it lasts, and all goes on when there is room again', {
    timeout: 60_000 + ROUNDS * 2 * PATIENCE_MS,
  }, async () => {
    for (let round = 1; round <= ROUNDS; round += 1) {
      const sales: SaleUnderFire[] = [];
      await sellUntil(sales, () => countPaid(sales) >= 50);
      disk!.fill();
      const whileFull: SaleUnderFire[] = [];
      await sellUntil(whileFull, () => countErrors(whileFull) >= ERRORS);
      expectErrors(whileFull);
      await disk!.free();
      everySale.push(...(await settleAll(centre, [...sales, ...whileFull], IN_FLIGHT)));
      tally('sales settled and compared', sales.length + whileFull.length);
    }
  });

  it('leaves no half of anything: after a power cut while it is full, too, the books hold exactly what was paid', {
    timeout: 60_000 + 2 * PATIENCE_MS,
  }, async () => {
    disk!.fill();
    const sales: SaleUnderFire[] = [];
    await sellUntil(sales, () => countErrors(sales) >= ERRORS);
    await centre.server.kill();
    await disk!.free();
    await centre.killAndRestart();
    everySale.push(...(await settleAll(centre, sales, IN_FLIGHT)));
    await expectPaid();
  });

  /** A full disk is not felt at once: databases have room inside, in what they took before. */
  async function sellUntil(sales: SaleUnderFire[], isEnough: () => boolean): Promise<void> {
    const untilMs = performance.now() + PATIENCE_MS;
    await Promise.all(
      Array.from({ length: IN_FLIGHT }, async (_, loop) => {
        while (!isEnough() && performance.now() < untilMs) {
          const wallet = centre.wallets[loop % centre.wallets.length]!;
          await sellUnderFire(sales, centre.tills[loop % centre.tills.length]!, wallet);
        }
      }),
    );
    expect(isEnough(), 'the disk did not fill, or the load was too slow').toBe(true);
  }

  /** Whoever was not served was told so, as something to try again: a full disk is no reason to refuse for good. */
  function expectErrors(sales: readonly SaleUnderFire[]): void {
    const errors = sales.flatMap((fire) => fire.errors);
    for (const { status, text } of errors) {
      expect(status, text).toBe(503);
      expect(JSON.parse(text), text).toMatchObject({ code: 'unavailable' });
    }
    tally('calls refused while the disk was full', errors.length);
  }

  async function expectPaid(): Promise<void> {
    const paid = everySale.filter(({ final }) => final.status === 200);
    for (const { fire, final } of paid) await expectReceiptOf(fire.sale, paymentOf(final).receipt, trust);
    const accounts = centre.wallets.map(
      ({ answer }) => [answer.cards[0]!.accountNumber as string, BALANCE_MINOR] as const,
    );
    await expectBooks(
      centre,
      paid.map(({ fire }) => fire.sale),
      new Map(accounts),
    );
  }
});

function countErrors(sales: readonly SaleUnderFire[]): number {
  return sales.reduce((sum, { errors }) => sum + errors.length, 0);
}

function countPaid(sales: readonly SaleUnderFire[]): number {
  return sales.filter(({ acknowledged }) => acknowledged.authorisation?.status === 200).length;
}
