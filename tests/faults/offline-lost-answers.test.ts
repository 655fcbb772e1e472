import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HandInResult } from '../../shared/browser/outbox/outbox-policy.ts';
import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import { isRefusalCode } from '../../shared/protocol/refusals.ts';
import type { AllowanceAnswer } from '../../shared/protocol/wire/wallet.ts';
import type { ApiClient } from '../support/api-client.ts';
import { trustOf } from '../support/enrol.ts';
import { expectBooks, expectReceiptOf } from './support/check-centre.ts';
import { deviceBehind, drawFault } from './support/device-behind.ts';
import { FAULTS, type FaultyNetwork, openFaultyNetwork } from './support/faulty-network.ts';
import { type Answer, handIn, handInUntilFinal, type MoneyPath, paymentOf, problemOf } from './support/hand-in.ts';
import { drainOutbox } from './support/hurried-outbox.ts';
import { inParallel } from './support/in-parallel.ts';
import type { OfflinePhone } from './support/offline-phone.ts';
import { makeOfflineSale, type OfflineSale } from './support/offline-sale.ts';
import {
  agreeToTerms,
  fetchRevocations,
  GENEROUS,
  openPhone,
  renew,
  saveOfflineSettings,
} from './support/offline-shop.ts';
import { type OpenCentre, openCentre } from './support/open-centre.ts';
import { tally } from './support/tally.ts';

/** `OFFLINE_SALES=20000 npm run test:built -- offline-lost-answers` for a night. */
const SALES = Number(process.env.OFFLINE_SALES ?? 40);
const LONG_MS = 60_000 + SALES * 1_000;
const TILLS = 3;
const PHONES = 5;
const BALANCE_MINOR = 50_000_000;
/** As the till hands in; a phone has few and takes one after the other. */
const TILL_PARALLEL = 4;
/** An allowance has only so many places. */
const SALES_PER_ROUND = PHONES * 20;

let centre: OpenCentre;
let trust: CentreTrust;
let network: FaultyNetwork;
let phones: readonly OfflinePhone[];

beforeAll(async () => {
  centre = await openCentre({ tills: TILLS, wallets: PHONES, balanceMinor: BALANCE_MINOR });
  trust = await trustOf(centre.tills[0]!.answer.programme);
  await saveOfflineSettings(centre.administration, GENEROUS);
  for (const till of centre.tills) await agreeToTerms(till);
  phones = await Promise.all(centre.wallets.map((wallet) => openPhone(wallet, trust)));
  network = await openFaultyNetwork(centre.server.port, drawFault);
});

afterAll(async () => {
  await network?.close();
  await centre?.close();
});

describe('two outboxes on a network that loses, doubles, delays and cuts off', () => {
  const sales: OfflineSale[] = [];

  it('are both empty in the end, and each sale is paid exactly once', { timeout: LONG_MS }, async () => {
    const device = deviceBehind(network, centre.server.origin);
    while (sales.length < SALES) {
      const made = await makeSales(Math.min(SALES_PER_ROUND, SALES - sales.length));
      sales.push(...made.flat(2));
      // Whoever comes first: the till, the phone, or the phone's last word on its allowance.
      const parked = await Promise.all([
        ...made.map((ofTill) => drain(ofTill.flat(), (sale) => handInByTill(device, sale), TILL_PARALLEL)),
        ...phones.map(({ accountNumber }) => {
          const own = made.flat(2).filter((sale) => sale.accountNumber === accountNumber);
          return drain(own, (sale) => say(device, 'authorisations', sale.byPhone), 1);
        }),
        ...phones.map(renewThrough),
      ]);
      expect(parked.flat()).toEqual([]);
    }
    for (const fault of FAULTS) {
      expect(network.done[fault], fault).toBeGreaterThan(0);
      tally('calls that a network spoiled', network.done[fault]);
    }
    tally('offline sales settled and compared', SALES);
  });

  it('leave one answer for each sale, byte for byte, whoever asks', { timeout: LONG_MS }, async () => {
    await inParallel(sales, 16, async (sale) => {
      const client = centre.createClient();
      const [byTill, byPhone, late] = (await Promise.all([
        handIn(client, 'authorisations', sale.byTill),
        handIn(client, 'authorisations', sale.byPhone),
        handIn(client, 'requests', sale.late),
      ])) as [Answer, Answer, Answer];
      expect(byPhone).toEqual(byTill);
      expect(paymentOf(late).receipt).toBe(paymentOf(byTill).receipt);
      await expectReceiptOf(sale, paymentOf(byTill).receipt, trust);
    });
  });

  it('leave whole books, and nothing set aside that nobody asked for', { timeout: LONG_MS }, async () => {
    await network.close();
    for (const phone of phones) await renew(phone, false);
    const putInMinor = new Map(phones.map(({ accountNumber }) => [accountNumber, BALANCE_MINOR]));
    await expectBooks(centre, sales, putInMinor);
  });
});

/** By till, each with some of every phone. */
async function makeSales(count: number): Promise<OfflineSale[][][]> {
  const revocations = await fetchRevocations(centre.createClient(), trust);
  const made: OfflineSale[][][] = centre.tills.map(() => phones.map(() => []));
  for (let index = 0; index < count; index += 1) {
    const [till, phone] = [index % TILLS, index % PHONES];
    const amountMinor = 1 + (index % 500);
    made[till]![phone]!.push(await makeOfflineSale(centre.tills[till]!, phones[phone]!, amountMinor, revocations));
  }
  return made;
}

function drain(
  sales: readonly OfflineSale[],
  handInOne: (sale: OfflineSale) => Promise<HandInResult>,
  parallel: number,
) {
  const byId = new Map(sales.map((sale, index) => [String(index), sale]));
  return drainOutbox([...byId.keys()], (id) => handInOne(byId.get(id)!), { parallelMax: parallel });
}

/** The consent it took, then its own request: what was answered once is answered again, so it begins anew each time. */
async function handInByTill(device: ApiClient, sale: OfflineSale): Promise<HandInResult> {
  const settled = await say(device, 'authorisations', sale.byTill);
  return settled.kind === 'done' ? say(device, 'requests', sale.late) : settled;
}

async function say(device: ApiClient, path: MoneyPath, call: object): Promise<HandInResult> {
  const answer = await handIn(device, path, call);
  if (!answer) return { kind: 'again', code: 'no_network' };
  if (answer.status === 200) return { kind: 'done' };
  const { code } = problemOf(answer);
  return { kind: 'again', code: isRefusalCode(code) ? code : 'internal' };
}

async function renewThrough(phone: OfflinePhone): Promise<readonly never[]> {
  const { client } = phone.enrolled;
  const device = deviceBehind(network, centre.server.origin, client.cookies);
  const answer = await handInUntilFinal(device, 'wallet/allowance', await phone.createAllowanceCall(true));
  expect(answer.status, answer.text).toBe(200);
  await phone.adopt(JSON.parse(answer.text) as AllowanceAnswer);
  return [];
}
