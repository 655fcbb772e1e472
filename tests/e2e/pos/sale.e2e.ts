import { expect, type Page, test } from '@playwright/test';
import { TestPayer } from './support/test-payer.ts';
import { charge, openTill, readCode } from './support/till.ts';

function outcome(page: Page, words: 'Paid' | 'Not paid' | 'Checking…') {
  return page.getByRole('heading', { name: words, exact: true });
}

test.describe('a sale at the till', () => {
  test('is paid, verified and kept', async ({ context, baseURL }) => {
    const { page } = await openTill(context, baseURL!);
    const payer = await TestPayer.signUp(baseURL!);
    await charge(page, '1250');
    await expect(page.getByText('Waiting for the customer')).toBeVisible();
    await expect(page.getByText('Corner Café')).toBeVisible();
    await payer.pay(await readCode(page));
    await expect(outcome(page, 'Paid')).toBeVisible();
    await expect(page.locator('tandem-outcome')).toContainText('€12.50');

    await page.getByRole('button', { name: 'Receipt' }).click();
    await expect(page.getByText('Signed by the centre and checked')).toBeVisible();
    for (const field of [
      'Merchant number',
      'Terminal',
      'Cashier',
      'Acquirer',
      'Kind',
      'Batch number',
      'Voucher number',
    ])
      await expect(page.getByText(field, { exact: true })).toBeVisible();

    await page.reload();
    await expect(page.getByText('Signed by the centre and checked')).toBeVisible();
    await page.getByRole('link', { name: 'Back' }).click();
    await expect(page.getByRole('button', { name: /€12\.50 paid/ })).toBeVisible();
  });

  test('says why a card was refused, and takes another with the same code', async ({ context, baseURL }) => {
    const { page } = await openTill(context, baseURL!);
    const [poor, rich] = await Promise.all([TestPayer.signUp(baseURL!), TestPayer.signUp(baseURL!)]);
    await charge(page, '2000');
    await poor.pay(await readCode(page));
    await page.getByRole('button', { name: 'New sale' }).click();

    await charge(page, '4000');
    const code = await readCode(page);
    expect(await poor.pay(code)).toMatchObject({ code: 'insufficient_balance' });
    await expect(page.getByText(/Not enough money on the customer’s card/)).toBeVisible();
    expect(await readCode(page)).toBe(code);
    await rich.pay(code);
    await expect(outcome(page, 'Paid')).toBeVisible();
  });

  test('is taken back, and charged again by one tap', async ({ context, baseURL }) => {
    const { page } = await openTill(context, baseURL!);
    const payer = await TestPayer.signUp(baseURL!);
    await charge(page, '300');
    const code = await readCode(page);
    await page.getByRole('button', { name: 'Cancel this sale' }).click();
    await expect(page.getByText('€3.00 cancelled. No money was taken.')).toBeVisible();
    expect(await payer.pay(code)).toMatchObject({ code: 'request_cancelled' });
    await page.getByRole('button', { name: 'Charge again' }).click();
    await expect(page.getByRole('heading', { name: 'Let the customer scan' })).toBeVisible();
    expect(await readCode(page)).not.toBe(code);
  });

  test('shows "paid" when it was taken back too late', async ({ context, baseURL }) => {
    const { page } = await openTill(context, baseURL!);
    const payer = await TestPayer.signUp(baseURL!);
    await charge(page, '300');
    await expect(page.getByText('Waiting for the customer')).toBeVisible();
    const code = await readCode(page);
    // The news is on its way for as long as the network is down, and the cashier cancels meanwhile.
    await context.setOffline(true);
    await payer.pay(code);
    await page.getByRole('button', { name: 'Cancel this sale' }).click();
    await expect(outcome(page, 'Checking…')).toBeVisible();
    await context.setOffline(false);
    await expect(outcome(page, 'Paid')).toBeVisible();
  });

  test('whose end is not known is never called failed, and is found out after a reload', async ({
    context,
    baseURL,
  }) => {
    const { page } = await openTill(context, baseURL!);
    const payer = await TestPayer.signUp(baseURL!);
    // The page has to be there without a network.
    await page.evaluate(() => navigator.serviceWorker.ready);
    await charge(page, '450');
    await expect(page.getByText('Waiting for the customer')).toBeVisible();
    const code = await readCode(page);
    await context.setOffline(true);
    await expect(page.getByText('Checking…')).toBeVisible();
    await page.reload();
    await expect(page.getByText('Checking…')).toBeVisible();
    await payer.pay(code);
    await context.setOffline(false);
    await expect(outcome(page, 'Paid')).toBeVisible();
  });

  test('that nobody paid in time gets a new code by one tap', async ({ context, baseURL }) => {
    // A programme in which codes are short-lived, as this till hears it.
    await context.route('**/api/v1/terminals/*', async (route) => {
      const response = await route.fetch();
      const answer = (await response.json()) as { programme?: { requestValidSeconds: number } };
      if (answer.programme) answer.programme.requestValidSeconds = 4;
      await route.fulfill({ response, json: answer });
    });
    const { page } = await openTill(context, baseURL!);
    const payer = await TestPayer.signUp(baseURL!);
    await charge(page, '725');
    const code = await readCode(page);
    await expect(outcome(page, 'Not paid')).toBeVisible();
    await expect(page.getByText(/ran out\. No money was taken/).first()).toBeVisible();
    await expect(payer.pay(code)).rejects.toThrow('request_expired');
    await page.getByRole('button', { name: 'New code for €7.25' }).click();
    await expect(page.getByRole('heading', { name: 'Let the customer scan' })).toBeVisible();
    await payer.pay(await readCode(page));
    await expect(outcome(page, 'Paid')).toBeVisible();
  });

  test('is not believed paid by an answer without a receipt of this centre', async ({ context, baseURL }) => {
    const { page } = await openTill(context, baseURL!);
    await context.route('**/api/v1/payments/*', async (route) => {
      const response = await route.fetch();
      const answer = (await response.json()) as Record<string, unknown>;
      await route.fulfill({ response, json: { ...answer, status: 'paid', receipt: 'hEOhASeg' } });
    });
    const asked = page.waitForResponse('**/api/v1/payments/*');
    await charge(page, '300');
    // What the socket would bring is out of the way, so that the till has to poll.
    await asked;
    await expect(outcome(page, 'Paid')).toBeHidden();
    await expect(page.getByText('Waiting for the customer')).toBeVisible();
  });

  test('is never doubled by a hurried finger', async ({ context, baseURL }) => {
    const { page } = await openTill(context, baseURL!);
    await page.keyboard.type('1000');
    await page.getByRole('button', { name: 'Charge €10.00' }).dblclick();
    await expect(page.getByText(/DEMO\d{4}-000001-000001/)).toBeVisible();
  });
});

test.describe('"Did the last one go through?"', () => {
  test('is one tap away, and asks the centre', async ({ context, baseURL }) => {
    const { page } = await openTill(context, baseURL!);
    const payer = await TestPayer.signUp(baseURL!);
    await charge(page, '600');
    await payer.pay(await readCode(page));
    await page.getByRole('button', { name: 'New sale' }).click();
    await page.getByRole('button', { name: /Did the last one go through/ }).click();
    await expect(outcome(page, 'Paid')).toBeVisible();
    await expect(page.getByText(/Checked with the centre just now/)).toBeVisible();
  });
});
