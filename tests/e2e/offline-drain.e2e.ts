import { say } from '../../pos-pwa/say.ts';
import { FAULTS, openFaultyNetwork } from '../faults/support/faulty-network.ts';
import { expect, test } from './support/fixtures.ts';
import { expectAppOnDevice } from './support/pay-by-text.ts';
import { createCustomer, loadTillHarness, queueSales } from './support/queue-sales.ts';
import { readRows } from './support/read-rows.ts';

/** As many as a till takes between two syncs; any number with `QUEUED_SALES=50 npm run test:e2e -- offline-drain`. */
const SALES = Number(process.env.QUEUED_SALES ?? 500);
const SALES_PER_CUSTOMER = 50;
/** One call of so many comes to grief, by each fault in turn. */
const GRIEF_EVERY = 8;
const PATIENCE_MS = 60_000 + SALES * 1_000;

interface KeptSale {
  readonly state: { readonly status: string; readonly receipt?: { readonly sequence: number } };
}

test('a long queue of sales drains through a network that loses, doubles, reorders and cuts: each is paid once', async ({
  startCentre,
  createTill,
}) => {
  test.setTimeout(2 * PATIENCE_MS);
  const centre = await startCentre({ hasFrontDoor: true });
  await centre.setOffline({ countMax: SALES_PER_CUSTOMER, tillCountMax: 10_000 });
  const till = await createTill({ centre, serviceWorkers: 'allow' });
  await till.setUp();
  await till.agreeToOffline();
  await expectAppOnDevice(till.page);

  // The till is not open meanwhile: nothing of it hands anything in.
  const { page } = till;
  await page.goto(`${centre.origin}/`);
  await loadTillHarness(page);
  const amountsMinor = Array.from({ length: SALES }, (_, index) => 1 + (index % 40));
  for (let first = 0; first < SALES; first += SALES_PER_CUSTOMER) {
    const customer = await createCustomer(centre.origin);
    await queueSales(page, customer, amountsMinor.slice(first, first + SALES_PER_CUSTOMER));
  }
  expect(await readRows(page, 'tandem-pos', 'outbox')).toHaveLength(SALES);

  let calls = 0;
  const network = await openFaultyNetwork(Number(new URL(centre.server.localOrigin).port), () => {
    calls += 1;
    return calls % GRIEF_EVERY === 0 ? FAULTS[(calls / GRIEF_EVERY) % FAULTS.length]! : 'none';
  });
  centre.frontDoor.leadTo(network.origin);
  await page.goto(`${centre.origin}/pos/`);
  await till.expectPad();
  // How far it is, on the way.
  const progress = new RegExp(say('bar.handing-in', { done: '\\d+', total: '\\d+' }));
  await expect(page.getByText(progress).first()).toBeVisible();
  await expect.poll(() => readRows(page, 'tandem-pos', 'outbox'), { timeout: PATIENCE_MS }).toEqual([]);
  for (const fault of FAULTS) expect(network.done[fault], fault).toBeGreaterThan(0);
  centre.frontDoor.leadTo(centre.server.localOrigin);
  await network.close();

  const sales = await readRows<KeptSale>(page, 'tandem-pos', 'sales');
  expect(sales).toHaveLength(SALES);
  expect([...new Set(sales.map(({ state }) => state.status))]).toEqual(['paid']);
  expect(new Set(sales.map(({ state }) => state.receipt?.sequence)).size).toBe(SALES);
  const balance = await centre.trialBalance();
  expect(balance.faults).toEqual([]);
  expect(balance.debitsMinor).toBe(balance.creditsMinor);
  expect(balance.owedToMerchantsMinor).toBe(amountsMinor.reduce((sum, amountMinor) => sum + amountMinor, 0));
  await page.getByRole('link', { name: 'Payments of the day' }).click();
  await expect(page.getByText(say('payments.matches'))).toBeVisible();
  await expect(page.getByText(progress)).toBeHidden();
});
