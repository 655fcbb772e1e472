import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';

const AUTHORISATIONS = '**/api/v1/authorisations';

test.describe('A payment that is not made', () => {
  test('R1.5: whoever is not recognised by the passkey is asked again, has lost nothing and can pay then', async ({
    till,
    wallet,
    centre,
  }) => {
    await till.charge('6.00');
    await wallet.paste(await till.copyLink());
    await wallet.expectConsent('Corner Café', '6.00');
    await wallet.authenticator.setUserVerified(false);
    await wallet.payButton('6.00').click();
    await expect(wallet.consent).toContainText('Nothing was paid. Try again when you are ready.');
    expect(await centre.attempts(await till.traceKey())).toEqual([]);
    await expect(till.status).toContainText('Waiting for the customer');

    await wallet.authenticator.setUserVerified(true);
    await wallet.payButton('6.00').click();
    await wallet.expectPaid('6.00');
    await till.expectPaid('6.00');
  });

  test('R1.7: too little money is said in a child’s words, recorded, and leaves the code to another wallet', async ({
    till,
    wallet,
    createWallet,
    centre,
  }) => {
    await till.charge('80.00');
    const traceKey = await till.traceKey();
    const link = await till.copyLink();
    await wallet.paste(link);
    await wallet.expectConsent('Corner Café', '80.00');
    await expect(wallet.consent).toContainText('Only €50.00 on this card');
    await wallet.payButton('80.00').click();
    await wallet.expectNotPaid('Not enough money on this card.');
    await till.expectStillPayable('Not enough money on the customer’s card.');
    expect(await centre.attempts(traceKey)).toMatchObject([{ kind: 'authorisation', code: 'insufficient_balance' }]);

    const other = await createWallet();
    await other.signUp();
    await centre.topUp((await centre.findAccount(other.customerName)).accountNumber, 5000);
    await other.page.reload();
    await other.paste(link);
    await other.expectConsent('Corner Café', '80.00');
    await other.payButton('80.00').click();
    await other.expectPaid('80.00');
    await till.expectPaid('80.00');
    expect(await centre.findAccount(wallet.customerName)).toMatchObject({ availableMinor: 5000 });
    expect((await centre.trialBalance()).faults).toEqual([]);
  });

  test('a frozen card pays nothing, and its holder learns it by name', async ({ till, wallet, centre }) => {
    const { accountNumber } = await centre.findAccount(wallet.customerName);
    await till.charge('2.50');
    await wallet.paste(await till.copyLink());
    await wallet.expectConsent('Corner Café', '2.50');
    await centre.freeze(accountNumber);
    await wallet.payButton('2.50').click();
    await wallet.expectNotPaid('This card is stopped.');
    await till.expectStillPayable('The customer’s card is stopped.');
    await wallet.button('Back to my wallet').click();
    await expect(wallet.page.locator('wallet-card-face')).toContainText('Stopped');
    expect(await centre.findAccount(wallet.customerName)).toMatchObject({ availableMinor: 5000 });
  });

  test('who comes second is told that it is paid, and pays nothing', async ({ till, wallet, createWallet, centre }) => {
    const second = await createWallet();
    await second.signUp();
    await till.charge('10.00');
    const traceKey = await till.traceKey();
    const link = await till.copyLink();
    await wallet.paste(link);
    await second.paste(link);
    await second.expectConsent('Corner Café', '10.00');
    await wallet.payButton('10.00').click();
    await wallet.expectPaid('10.00');
    await till.expectPaid('10.00');

    await second.payButton('10.00').click();
    await expect(second.outcome).toContainText('Someone has paid this already. You have not been charged.');
    expect(await centre.attempts(traceKey)).toMatchObject([{ code: 'already_paid' }]);
    expect(await centre.countPaid(till.facts.merchantNo)).toBe(1);
    expect(await centre.findAccount(second.customerName)).toMatchObject({ availableMinor: 5000 });
  });

  test('what the cashier took back cannot be paid any more, by whoever had it open', async ({ till, wallet }) => {
    await till.charge('15.00');
    await wallet.paste(await till.copyLink());
    await wallet.expectConsent('Corner Café', '15.00');
    await till.button('Cancel this sale').click();
    await expect(till.toast).toContainText('€15.00 cancelled. No money was taken.');
    await till.expectPad();
    await wallet.payButton('15.00').click();
    await wallet.expectNotPaid('The shop stopped this payment.');
  });

  test('R1.1: a code with one character changed is refused before anything is shown', async ({ till, wallet }) => {
    await till.charge('1.00');
    const link = await till.copyLink();
    const place = link.length - 40;
    const changed = link.slice(0, place) + (link[place] === 'A' ? 'B' : 'A') + link.slice(place + 1);
    await wallet.paste(changed);
    await wallet.expectRejected('Someone changed this code.');
    await expect(wallet.rejection.getByText('Corner Café')).toHaveCount(0);
    await expect(till.status).toContainText('Waiting for the customer');
  });
});

test.describe('A code of elsewhere', () => {
  test('belongs to another programme and is refused as such', async ({ wallet, createTill, startCentre }) => {
    const elsewhere = await startCentre({ programme: 'campus-card' });
    const till = await createTill({ centre: elsewhere });
    await till.setUp();
    await till.charge('3.00');
    await wallet.paste(await till.copyLink());
    await wallet.expectRejected('This code belongs to another programme.');
  });
});

test.describe('A code whose time is over', () => {
  test('is refused on both sides, and the next one is a tap away', async ({
    startCentre,
    createTill,
    createWallet,
  }) => {
    const centre = await startCentre();
    await centre.setRequestValidSeconds(10);
    const [till, wallet] = [await createTill({ centre }), await createWallet({ centre })];
    await till.setUp();
    await wallet.signUp();
    await till.charge('5.00');
    await wallet.paste(await till.copyLink());
    await wallet.expectConsent('Corner Café', '5.00');
    await expect(wallet.rejection.getByRole('dialog')).toBeVisible({ timeout: 15_000 });
    await wallet.expectRejected('This code is too old.');
    await expect(till.outcome).toContainText('The customer’s time ran out.');
    await till.button('New code for €5.00').click();
    await expect(till.code).toBeVisible();
    await wallet.button('Scan again').click();
    await wallet.paste(await till.copyLink());
    await wallet.expectConsent('Corner Café', '5.00');
  });
});

test.describe('A payment that is interrupted', () => {
  test('the till reloaded in the middle shows the same request, and hears how it ends', async ({ till, wallet }) => {
    await till.charge('12.00');
    const [link, traceKey] = [await till.copyLink(), await till.traceKey()];
    await till.page.reload();
    await expect(till.code).toBeVisible();
    expect(await till.traceKey()).toBe(traceKey);
    await wallet.paste(link);
    await wallet.payButton('12.00').click();
    await wallet.expectPaid('12.00');
    await till.expectPaid('12.00');
  });

  test('the till without a network never calls it failed, and knows as soon as it is back', async ({
    till,
    wallet,
  }) => {
    await till.charge('12.00');
    const link = await till.copyLink();
    await till.page.context().setOffline(true);
    await expect(till.status).toContainText('No network');
    await wallet.paste(link);
    await wallet.payButton('12.00').click();
    await wallet.expectPaid('12.00');
    await expect(till.status).toContainText('The customer can still pay');
    await till.page.context().setOffline(false);
    await till.expectPaid('12.00');
  });

  test('a wallet cut off after the passkey is closed and opened again, hands in the same documents, and has paid once', async ({
    till,
    wallet,
    centre,
  }) => {
    await till.charge('8.00');
    await wallet.paste(await till.copyLink());
    await wallet.expectConsent('Corner Café', '8.00');
    const handedIn = recordHandIns(wallet.page);
    await wallet.page.route(AUTHORISATIONS, (route) => route.abort('internetdisconnected'));
    await wallet.payButton('8.00').click();
    await expect(wallet.outcome).toContainText('Show this to the shop');
    await expect(wallet.outcome).toContainText('You are never charged twice.');
    await expect(till.status).toContainText('Waiting for the customer');

    await wallet.page.goto(`${wallet.origin}/wallet/`);
    await expect(wallet.outcome).toContainText('Show this to the shop');
    await wallet.page.unroute(AUTHORISATIONS);
    await wallet.expectPaid('8.00');
    await till.expectPaid('8.00');
    expect(handedIn.length).toBeGreaterThanOrEqual(2);
    expect(new Set(handedIn).size).toBe(1);
    expect(await centre.countPaid(till.facts.merchantNo)).toBe(1);
    expect(await centre.findAccount(wallet.customerName)).toMatchObject({ availableMinor: 4200 });
  });

  test('an answer lost after the money moved is given again, byte for byte, and nothing moves twice', async ({
    till,
    wallet,
    centre,
  }) => {
    await till.charge('8.00');
    await wallet.paste(await till.copyLink());
    await wallet.expectConsent('Corner Café', '8.00');
    const answers: string[] = [];
    await wallet.page.route(AUTHORISATIONS, async (route) => {
      const response = await route.fetch();
      answers.push(((await response.json()) as { receipt: string }).receipt);
      if (answers.length === 1) await route.abort('connectionreset');
      else await route.fulfill({ response });
    });
    await wallet.payButton('8.00').click();
    // The till knows at once: the money has moved, though the wallet was not told.
    await till.expectPaid('8.00');
    await wallet.expectPaid('8.00');
    expect(answers.length).toBeGreaterThanOrEqual(2);
    expect(new Set(answers).size).toBe(1);
    expect(await centre.countPaid(till.facts.merchantNo)).toBe(1);
    expect(await centre.findAccount(wallet.customerName)).toMatchObject({ availableMinor: 4200 });
    expect((await centre.trialBalance()).faults).toEqual([]);
  });
});

/** What the wallet sends to the centre as its consent, each try. */
function recordHandIns(page: Page): readonly string[] {
  const bodies: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/api/v1/authorisations')) bodies.push(request.postData() ?? '');
  });
  return bodies;
}
