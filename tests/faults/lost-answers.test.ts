import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import type { ApiClient } from '../support/api-client.ts';
import { trustOf } from '../support/enrol.ts';
import { expectBooks, expectReceiptOf } from './support/check-centre.ts';
import { deviceBehind, drawFault } from './support/device-behind.ts';
import { FAULTS, type FaultyNetwork, openFaultyNetwork } from './support/faulty-network.ts';
import { type Answer, handIn, handInUntilFinal, paymentOf } from './support/hand-in.ts';
import { inParallel } from './support/in-parallel.ts';
import { makeSale, type Sale } from './support/make-sale.ts';
import { type OpenCentre, openCentre } from './support/open-centre.ts';
import { tally } from './support/tally.ts';

/** `NETWORK_SALES=20000 npm run test:built -- lost-answers` for a night. */
const SALES = Number(process.env.NETWORK_SALES ?? 80);
const LONG_MS = 60_000 + SALES * 500;
const IN_FLIGHT = 16;
const BALANCE_MINOR = 50_000_000;

let centre: OpenCentre;
let trust: CentreTrust;
let network: FaultyNetwork;
let device: ApiClient;

beforeAll(async () => {
  centre = await openCentre({ tills: 3, wallets: 5, balanceMinor: BALANCE_MINOR });
  trust = await trustOf(centre.tills[0]!.answer.programme);
  network = await openFaultyNetwork(centre.server.port, drawFault);
  device = deviceBehind(network, centre.server.origin);
});

afterAll(async () => {
  await network?.close();
  await centre?.close();
});

describe('documents on a network that loses, doubles, delays and cuts off', () => {
  const paid: { sale: Sale; answers: Answer[] }[] = [];

  it('are paid exactly once each when they are handed in until there is an answer', {
    timeout: LONG_MS,
  }, async () => {
    const sales = await Promise.all(
      Array.from({ length: SALES }, (_, count) => {
        const till = centre.tills[count % centre.tills.length]!;
        const wallet = centre.wallets[count % centre.wallets.length]!;
        return makeSale(till, wallet, 1 + count);
      }),
    );
    await inParallel(sales, IN_FLIGHT, async (sale) => {
      // Till and wallet do not wait for one another: often the consent is there first.
      const [, authorisation] = await Promise.all([
        handInUntilFinal(device, 'requests', sale.request),
        handInUntilFinal(device, 'authorisations', sale.authorisation),
      ]);
      expect(paymentOf(authorisation).status).toBe('paid');
      paid.push({ sale, answers: [authorisation] });
    });
    for (const fault of FAULTS) {
      expect(network.done[fault], fault).toBeGreaterThan(0);
      tally('calls that a network spoiled', network.done[fault]);
    }
    tally('sales settled and compared', SALES);
  });

  it('get the same answer byte for byte, from either side and however they came', { timeout: LONG_MS }, async () => {
    await inParallel(paid, IN_FLIGHT, async ({ sale, answers: [first] }) => {
      expect(await handInUntilFinal(device, 'authorisations', sale.authorisation)).toEqual(first);
      const request = await handIn(centre.createClient(), 'requests', sale.request);
      expect(paymentOf(request!)).toEqual(paymentOf(first!));
      await expectReceiptOf(sale, paymentOf(first!).receipt, trust);
    });
  });

  it('leave whole books', { timeout: LONG_MS }, async () => {
    await network.close();
    const putInMinor = new Map(
      centre.wallets.map(({ answer }) => [answer.cards[0]!.accountNumber as string, BALANCE_MINOR]),
    );
    await expectBooks(
      centre,
      paid.map(({ sale }) => sale),
      putInMinor,
    );
    expect(paid).toHaveLength(SALES);
  });
});
