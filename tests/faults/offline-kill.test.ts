import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import type { AllowanceAnswer } from '../../shared/protocol/wire/wallet.ts';
import type { ApiClient } from '../support/api-client.ts';
import { trustOf } from '../support/enrol.ts';
import { expectBooks, expectReceiptOf } from './support/check-centre.ts';
import { type Answer, handIn, handInUntilFinal, isFinal, type MoneyPath, paymentOf } from './support/hand-in.ts';
import { inParallel } from './support/in-parallel.ts';
import type { OfflinePhone } from './support/offline-phone.ts';
import { type KnownRevocations, makeOfflineSale, type OfflineSale } from './support/offline-sale.ts';
import {
  agreeToTerms,
  fetchRevocations,
  GENEROUS,
  openPhone,
  renew,
  saveOfflineSettings,
} from './support/offline-shop.ts';
import { type OpenCentre, openCentre } from './support/open-centre.ts';
import { type SaleUnderFire, type SettledSale, sellUnderFire, settleAll } from './support/sales-under-fire.ts';
import { tally } from './support/tally.ts';

/** The steps of a hand-in; the centre is killed after one was sent, or as soon as it was answered. */
const STEPS = ['byTill', 'late', 'byPhone', 'renewal', 'revocations'] as const;
type Step = (typeof STEPS)[number];
const MOMENTS = STEPS.flatMap((step) => [{ step, when: 'sent' } as const, { step, when: 'answered' } as const]);
type Moment = (typeof MOMENTS)[number];

/** `OFFLINE_KILL_ROUNDS=200 npm run test:built -- offline-kill` for a night. The first ten are one for each moment. */
const ROUNDS = Number(process.env.OFFLINE_KILL_ROUNDS ?? MOMENTS.length);
const LONG_MS = 60_000 + ROUNDS * 20_000;
const PHONES = 8;
const SALES_PER_PHONE = 2;
/** So many renew in a round, in turn: the centre gives a customer thirty renewals, and then one each ten seconds. */
const RENEWING = 3;
/** Customers with a network, who pay meanwhile. */
const ONLINE = 4;
const IN_FLIGHT = 16;
const BALANCE_MINOR = 50_000_000;
const PATHS = { byTill: 'authorisations', late: 'requests', byPhone: 'authorisations' } as const;

/** An offline sale, and what was acknowledged of it before a kill. */
interface HandedInSale {
  readonly sale: OfflineSale;
  readonly acknowledged: Partial<Record<keyof typeof PATHS, Answer | undefined>>;
}

let centre: OpenCentre;
let trust: CentreTrust;
let phones: readonly OfflinePhone[];
let revocations: KnownRevocations;

beforeAll(async () => {
  centre = await openCentre({ tills: 4, wallets: PHONES + ONLINE, balanceMinor: BALANCE_MINOR });
  trust = await trustOf(centre.tills[0]!.answer.programme);
  await saveOfflineSettings(centre.administration, GENEROUS);
  for (const till of centre.tills) await agreeToTerms(till);
  phones = await Promise.all(centre.wallets.slice(0, PHONES).map((wallet) => openPhone(wallet, trust)));
  revocations = await fetchRevocations(centre.createClient(), trust);
});

afterAll(() => centre?.close());

describe('a centre that is killed between the steps of a hand-in', () => {
  const settled: { readonly sale: OfflineSale; readonly final: Answer }[] = [];
  const online: SettledSale[] = [];

  it('pays each offline sale once, gives each answer again, and sets nothing aside twice', {
    timeout: LONG_MS,
  }, async () => {
    let acknowledged = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const onlineSales: SaleUnderFire[] = [];
      const sales = await handInUnderFire(round, onlineSales);
      await inParallel(sales, IN_FLIGHT, async (handedIn) => {
        settled.push({ sale: handedIn.sale, final: await settle(handedIn) });
      });
      online.push(...(await settleAll(centre, onlineSales, IN_FLIGHT)));
      acknowledged += sales.flatMap((handedIn) => Object.values(handedIn.acknowledged).filter(Boolean)).length;
      tally('offline sales settled and compared', sales.length);
      tally('sales settled and compared', onlineSales.length);
    }
    expect(acknowledged, 'everything was killed before it was answered').toBeGreaterThan(0);
    expect(acknowledged, 'everything was answered before it was killed').toBeLessThan(settled.length * 3);
  });

  it('answers as before, whoever hands in and however often it was killed since', { timeout: LONG_MS }, async () => {
    await inParallel(settled, IN_FLIGHT, async ({ sale, final }) => {
      const client = centre.createClient();
      expect(await handIn(client, 'authorisations', sale.byPhone)).toEqual(final);
      expect(await handIn(client, 'authorisations', sale.byTill)).toEqual(final);
    });
  });

  it('holds nothing back that is not spoken for, and the books are whole', { timeout: LONG_MS }, async () => {
    for (const phone of phones) await renew(phone, false);
    const receipts = await Promise.all(
      settled.map(({ sale, final }) => expectReceiptOf(sale, paymentOf(final).receipt, trust)),
    );
    expect(new Set(receipts.map(({ sequence }) => sequence)).size).toBe(settled.length);
    const paidOnline = online.filter(({ final }) => final.status === 200).map(({ fire }) => fire.sale);
    await expectBooks(
      centre,
      [...settled.map(({ sale }) => sale), ...paidOnline],
      new Map(centre.wallets.map(({ answer }) => [answer.cards[0]!.accountNumber as string, BALANCE_MINOR])),
    );
  });
});

/** All tills and phones come back at once, in any order; at one moment of somebody's hand-in the centre is killed. */
async function handInUnderFire(round: number, onlineSales: SaleUnderFire[]): Promise<HandedInSale[]> {
  const moment = MOMENTS[round % MOMENTS.length]!;
  const renewing = Array.from({ length: RENEWING }, (_, index) => phones[(round * RENEWING + index) % PHONES]!);
  const sales: HandedInSale[] = [];
  for (const phone of phones) {
    for (let count = 0; count < SALES_PER_PHONE; count += 1) {
      const sale = await makeOfflineSale(pick(centre.tills), phone, 1 + Math.floor(Math.random() * 500), revocations);
      sales.push({ sale, acknowledged: {} });
    }
  }
  // The first of its kind sometimes, sometimes the last.
  const fuse = new Fuse(moment, 1 + Math.floor(Math.random() * RENEWING));
  const tasks = [
    ...sales.flatMap((handedIn) => [() => handInByTill(handedIn, fuse), () => handInByPhone(handedIn, fuse)]),
    ...renewing.map((phone) => () => renewUnderFire(phone, fuse)),
    ...centre.tills.map((till) => () => lookAtRevocations(till.client, fuse)),
  ].sort(() => Math.random() - 0.5);
  let isOver = false;
  const load = centre.wallets.slice(PHONES).map(async (wallet) => {
    while (!isOver) await sellUnderFire(onlineSales, pick(centre.tills), wallet);
  });
  const handingIn = inParallel(tasks, IN_FLIGHT, (task) => task());
  await Promise.race([fuse.isLit, handingIn]);
  if (moment.when === 'sent') await sleep(Math.random() * 8);
  isOver = true;
  await centre.killAndRestart();
  tally('of them between the steps of an offline hand-in');
  await Promise.all([handingIn, ...load]);
  for (const phone of phones) await renewUntilDone(phone);
  revocations = await fetchRevocations(centre.createClient(), trust);
  return sales;
}

/** Goes off at one moment of a hand-in. */
class Fuse {
  readonly isLit: Promise<void>;
  readonly #moment: Moment;
  #left: number;
  #light!: () => void;

  constructor(moment: Moment, count: number) {
    this.#moment = moment;
    this.#left = count;
    this.isLit = new Promise((resolve) => {
      this.#light = resolve;
    });
  }

  async around<T>(step: Step, send: () => Promise<T>): Promise<T> {
    const isOfStep = step === this.#moment.step;
    const sending = send();
    if (isOfStep && this.#moment.when === 'sent') this.#burn();
    const answer = await sending;
    if (isOfStep && this.#moment.when === 'answered' && answer !== undefined) this.#burn();
    return answer;
  }

  #burn(): void {
    this.#left -= 1;
    if (this.#left === 0) this.#light();
  }
}

async function handInByTill({ sale, acknowledged }: HandedInSale, fuse: Fuse): Promise<void> {
  const client = centre.createClient();
  acknowledged.byTill = await fuse.around('byTill', () => handInOnce(client, PATHS.byTill, sale.byTill));
  acknowledged.late = await fuse.around('late', () => handInOnce(client, PATHS.late, sale.late));
}

async function handInByPhone({ sale, acknowledged }: HandedInSale, fuse: Fuse): Promise<void> {
  const client = centre.createClient();
  acknowledged.byPhone = await fuse.around('byPhone', () => handInOnce(client, PATHS.byPhone, sale.byPhone));
}

async function handInOnce(client: ApiClient, path: MoneyPath, call: object): Promise<Answer | undefined> {
  const answer = await handIn(client, path, call);
  return answer && isFinal(answer) ? answer : undefined;
}

async function renewUnderFire(phone: OfflinePhone, fuse: Fuse): Promise<void> {
  const call = await phone.createAllowanceCall(true);
  const answer = await fuse.around('renewal', () => handIn(phone.enrolled.client, 'wallet/allowance', call));
  if (answer?.status === 200) await phone.adopt(JSON.parse(answer.text) as AllowanceAnswer);
}

/** The very same call again, where it was not answered. */
async function renewUntilDone(phone: OfflinePhone): Promise<void> {
  if (!phone.isAsking) return;
  const call = await phone.createAllowanceCall(true);
  const answer = await handInUntilFinal(phone.enrolled.client, 'wallet/allowance', call);
  expect(answer.status, answer.text).toBe(200);
  await phone.adopt(JSON.parse(answer.text) as AllowanceAnswer);
}

async function lookAtRevocations(client: ApiClient, fuse: Fuse): Promise<void> {
  await fuse.around('revocations', () => fetchRevocations(client, trust).catch(() => undefined));
}

/** Hands all of it in again, as both outboxes do after a crash, and compares with what was said before it. */
async function settle({ sale, acknowledged }: HandedInSale): Promise<Answer> {
  const client = centre.createClient();
  const [byPhone, byTill] = await Promise.all([
    handInUntilFinal(client, PATHS.byPhone, sale.byPhone),
    handInUntilFinal(client, PATHS.byTill, sale.byTill),
  ]);
  expect(paymentOf(byTill)).toMatchObject({ status: 'paid', receipt: expect.any(String) });
  expect(byPhone).toEqual(byTill);
  if (acknowledged.byTill) expect(byTill).toEqual(acknowledged.byTill);
  if (acknowledged.byPhone) expect(byPhone).toEqual(acknowledged.byPhone);
  const late = await handInUntilFinal(client, PATHS.late, sale.late);
  expect(paymentOf(late)).toMatchObject({ status: 'paid', receipt: paymentOf(byTill).receipt });
  return byTill;
}

function pick<T>(items: readonly T[]): T {
  return items[Math.floor(Math.random() * items.length)]!;
}
