import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningServer, startServer } from '../../../edge/serve/start-server.ts';
import { ApiClient, expectDone } from '../../support/api-client.ts';
import type { Centre } from '../support/centre.ts';
import { expect, test } from '../support/fixtures.ts';
import { TestPayer } from './support/test-payer.ts';

/** Another centre answers at the address of this one, with other keys, as after its data was thrown away. */
async function beginAgain(centre: Centre): Promise<{ activationLink: string; stop: () => Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'browser-test-'));
  await centre.server.stop();
  const server: RunningServer = await startServer({ dataDir, demo: true, origin: centre.origin });
  centre.frontDoor.leadTo(server.localOrigin);
  const api = new ApiClient((request) => fetch(request), server.origin);
  const { posLink } = expectDone(await api.get<{ posLink: string }>('demo'));
  const stop = async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { activationLink: posLink, stop };
}

test.describe('a till whose centre began again', () => {
  test('says so by itself, names what is open, keeps its payments, and is set up again by the new link', async ({
    startCentre,
    createTill,
  }) => {
    const centre = await startCentre({ hasFrontDoor: true });
    const till = await createTill({ centre });
    await till.setUp();
    const { page } = till;
    const lost = page.getByRole('heading', { name: 'This till is no longer known here' });
    const payer = await TestPayer.signUp(centre.origin);
    await till.charge('12.50');
    await payer.pay(await till.copyLink());
    await till.startNewSale();
    await till.charge('3.00');
    const openTraceKey = await till.traceKey();

    const again = await beginAgain(centre);
    await expect(lost).toBeVisible({ timeout: 60_000 });
    await expect(till.code).toBeHidden();
    await expect(till.button('Charge')).toHaveCount(0);
    await expect(page.getByText('Nobody knows how 1 payment ended.')).toBeVisible();
    await expect(page.getByText(openTraceKey)).toBeVisible();
    await till.button('Ask the centre again').click();
    await expect(page.getByText('The answer is the same.')).toBeVisible();

    await page.getByRole('link', { name: 'Payments of the day' }).click();
    await expect(page.getByText('As this till knows it. The centre could not say.')).toBeVisible();
    await expect(page.getByRole('link', { name: /Paid/ })).toContainText('€12.50');
    await page.getByRole('link', { name: 'Back' }).click();

    await page.goto('about:blank');
    await page.goto(again.activationLink);
    await expect(page.getByText(openTraceKey)).toBeVisible();
    await till.button('Set it up again').click();
    await expect(page.getByText('The code is filled in.')).toBeVisible();
    await till.button('Set up this till').click();
    await till.button('Alex').click();
    await till.button('Make my passkey').click();
    await till.expectPad();
    const newcomer = await TestPayer.signUp(centre.origin);
    await till.charge('1.00');
    await newcomer.pay(await till.copyLink());
    await till.expectPaid('1.00');
    await again.stop();
  });
});
