import { expect, test } from '../support/fixtures.ts';
import type { TillPage } from '../support/till.ts';
import { TestPayer } from './support/test-payer.ts';

function outcome(till: TillPage, words: 'Paid' | 'Not paid' | 'Checking…') {
  return till.outcome.getByRole('heading', { name: words, exact: true });
}

async function setOffline(till: TillPage, isOffline: boolean): Promise<void> {
  await till.page.context().setOffline(isOffline);
}

test.describe('a sale at the till', () => {
  test('is paid, verified and kept', async ({ till, centre }) => {
    const payer = await TestPayer.signUp(centre.origin);
    await till.charge('12.50');
    await expect(till.page.getByText('Corner Café')).toBeVisible();
    await payer.pay(await till.copyLink());
    await till.expectPaid('12.50');
    const receipt = await till.openReceipt();
    expect(receipt).toMatchObject({ Terminal: till.facts.terminalId, Amount: '€12.50', 'Voucher number': '000001' });
    await till.page.reload();
    await expect(till.page.getByText('Signed by the centre and checked')).toBeVisible();
    await till.page.getByRole('link', { name: 'Back' }).click();
    await expect(till.button('€12.50 paid')).toBeVisible();
  });

  test('says why a card was refused, and takes another with the same code', async ({ till, centre }) => {
    const [poor, rich] = await Promise.all([TestPayer.signUp(centre.origin), TestPayer.signUp(centre.origin)]);
    await till.charge('20.00');
    await poor.pay(await till.copyLink());
    await till.startNewSale();
    await till.charge('40.00');
    const code = await till.copyLink();
    expect(await poor.pay(code)).toMatchObject({ body: { code: 'insufficient_balance' } });
    await till.expectStillPayable('Not enough money on the customer’s card.');
    await rich.pay(code);
    await till.expectPaid('40.00');
  });

  test('is taken back, and charged again by one tap', async ({ till, centre }) => {
    const payer = await TestPayer.signUp(centre.origin);
    await till.charge('3.00');
    const code = await till.copyLink();
    await till.button('Cancel this sale').click();
    await expect(till.toast).toContainText('€3.00 cancelled. No money was taken.');
    expect(await payer.pay(code)).toMatchObject({ body: { code: 'request_cancelled' } });
    await till.button('Charge again').click();
    await expect(till.code).toBeVisible();
    expect(await till.copyLink()).not.toBe(code);
  });

  test('is "paid" when it was taken back too late', async ({ till, centre }) => {
    const payer = await TestPayer.signUp(centre.origin);
    await till.charge('3.00');
    const code = await till.copyLink();
    await setOffline(till, true);
    await payer.pay(code);
    await till.button('Cancel this sale').click();
    await expect(outcome(till, 'Checking…')).toBeVisible();
    await setOffline(till, false);
    await till.expectPaid('3.00');
  });

  test('whose end is not known is never called failed, and is found out after a restart', async ({
    createTill,
    centre,
  }) => {
    const till = await createTill({ serviceWorkers: 'allow' });
    await till.setUp();
    const payer = await TestPayer.signUp(centre.origin);
    // The page has to be there without a network.
    await till.page.evaluate(() => navigator.serviceWorker.ready);
    await till.charge('4.50');
    const code = await till.copyLink();
    await setOffline(till, true);
    await expect(till.status).toContainText('No network');
    await till.page.reload();
    await expect(till.status).toContainText('No network');
    await payer.pay(code);
    await setOffline(till, false);
    await till.expectPaid('4.50');
  });

  test('that nobody paid in time gets a new code by one tap', async ({ createTill, centre }) => {
    const till = await createTill();
    // A programme in which codes are short-lived, as this till hears it.
    await till.page.route('**/api/v1/terminals/*', async (route) => {
      const response = await route.fetch();
      const answer = (await response.json()) as { programme?: { requestValidSeconds: number } };
      if (answer.programme) answer.programme.requestValidSeconds = 5;
      await route.fulfill({ response, json: answer });
    });
    await till.setUp();
    const payer = await TestPayer.signUp(centre.origin);
    await till.charge('7.25');
    const code = await till.copyLink();
    await expect(outcome(till, 'Not paid')).toBeVisible();
    await expect(till.outcome).toContainText('No money was taken.');
    await expect(payer.pay(code)).rejects.toThrow('request_expired');
    await till.button('New code for €7.25').click();
    await expect(till.code).toBeVisible();
    await payer.pay(await till.copyLink());
    await till.expectPaid('7.25');
  });

  test('is not believed paid by an answer without a receipt of this centre', async ({ till }) => {
    await till.page.route('**/api/v1/payments/*', async (route) => {
      const response = await route.fetch();
      const answer = (await response.json()) as Record<string, unknown>;
      await route.fulfill({ response, json: { ...answer, status: 'paid', receipt: 'hEOhASeg' } });
    });
    await till.charge('3.00');
    await till.page.waitForResponse('**/api/v1/payments/*', { timeout: 20_000 });
    await expect(till.status).toContainText('Waiting for the customer');
    await expect(till.outcome).toBeHidden();
  });

  test('that the centre cannot take now is handed in again until it can, and the till says so', async ({ till }) => {
    const problem = { type: 'about:blank', title: 'Busy', status: 503, code: 'unavailable' };
    await till.page.route('**/api/v1/requests', (route) =>
      route.fulfill({ status: 503, contentType: 'application/problem+json', json: problem }),
    );
    await till.key('300');
    await till.button('Charge €3.00').click();
    await expect(till.status).toContainText('The centre is busy. The till goes on trying.');
    await till.page.unroute('**/api/v1/requests');
    await expect(till.status).toContainText('Waiting for the customer');
  });

  test('is never doubled, nor taken back, by a hurried finger', async ({ till }) => {
    await till.key('1000');
    await till.button('Charge €10.00').dblclick();
    await expect(till.code).toBeVisible();
    // Where the next screen is quicker than the second tap.
    await till.button('Cancel this sale').dispatchEvent('click', { detail: 2 });
    await expect(till.status).toContainText('Waiting for the customer');
    expect(await till.traceKey()).toMatch(/-000001-000001$/);
  });

  test('that went through can be looked at again by one tap, which asks the centre', async ({ till, centre }) => {
    const payer = await TestPayer.signUp(centre.origin);
    await till.charge('6.00');
    await payer.pay(await till.copyLink());
    await till.startNewSale();
    await till.button('Last payment. Tap to look.').click();
    await till.expectPaid('6.00');
    await expect(till.outcome).toContainText('Checked with the centre just now');
  });

  test('is made by keyboard alone', async ({ till, centre }) => {
    const { page } = till;
    const payer = await TestPayer.signUp(centre.origin);
    await page.keyboard.type('1250');
    await page.keyboard.press('Enter');
    await expect(till.code).toBeVisible();
    await payer.pay(await till.copyLink());
    await till.expectPaid('12.50');
    await expect(till.button('New sale')).toBeFocused();
    await expect(till.button('New sale')).toBeEnabled();
    await page.keyboard.press('Enter');
    await till.expectPad();
    await page.keyboard.type('300');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Let the customer scan' })).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(till.button('Copy the code as a link')).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(till.button('Scan customer instead')).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(till.button('Cancel this sale')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(till.toast).toContainText('€3.00 cancelled');
  });
});
