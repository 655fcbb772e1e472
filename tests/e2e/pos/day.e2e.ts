import { expect, test } from '../support/fixtures.ts';
import { TestPayer } from './support/test-payer.ts';

test.describe('the day at the till', () => {
  test('lists payments with their total, agrees with the centre, and is closed', async ({ till, centre }) => {
    const { page } = till;
    await page.getByRole('link', { name: 'Payments of the day' }).click();
    await expect(page.getByText('No payments yet today. Key an amount to start.')).toBeVisible();
    await page.getByRole('link', { name: 'Key an amount' }).click();

    const payer = await TestPayer.signUp(centre.origin);
    for (const amount of ['12.50', '7.50']) {
      await till.charge(amount);
      await payer.pay(await till.copyLink());
      await till.startNewSale();
    }
    await page.getByRole('link', { name: 'Payments of the day' }).click();
    await expect(page.getByText('Agrees with the centre')).toBeVisible();
    await expect(page.getByText('2 payments')).toBeVisible();
    await expect(page.getByText('€20.00', { exact: true })).toBeVisible();

    const consequence = page.getByText('Then the next payment begins batch 000002.');
    await expect(consequence).toBeHidden();
    await till.button('Close the day').click();
    await expect(consequence).toBeVisible();
    await page.locator('tandem-sheet').getByRole('button', { name: 'Close the day' }).click();
    await expect(page.getByText('Day closed. The next payment begins batch 000002.')).toBeVisible();
    await page.getByRole('link', { name: 'Back' }).click();
    await till.charge('1.00');
    expect(await till.traceKey()).toMatch(/-000002-000001$/);
  });

  test('is on the disk: with the network cut the list is still there, and says what it is', async ({
    createTill,
    centre,
  }) => {
    const till = await createTill({ serviceWorkers: 'allow' });
    await till.setUp();
    const payer = await TestPayer.signUp(centre.origin);
    const { page } = till;
    await page.evaluate(() => navigator.serviceWorker.ready);
    await till.charge('12.50');
    await payer.pay(await till.copyLink());
    await till.startNewSale();
    await page.context().setOffline(true);
    await page.reload();
    await expect(page.getByText('No network')).toBeVisible();
    await page.getByRole('link', { name: 'Payments of the day' }).click();
    await expect(page.getByText(/As this till knows it/)).toBeVisible();
    await page.getByRole('link', { name: /Paid/ }).click();
    await expect(page.getByText('Signed by the centre and checked')).toBeVisible();
  });

  test('does not let the cashier sign out while a payment is being checked', async ({ createTill }) => {
    const till = await createTill({ serviceWorkers: 'allow' });
    await till.setUp();
    const { page } = till;
    await page.evaluate(() => navigator.serviceWorker.ready);
    await till.charge('5.00');
    await page.context().setOffline(true);
    await till.button('Cancel this sale').click();
    await till.startNewSale();
    await page.getByRole('link', { name: /Settings/ }).click();
    await expect(till.button('Sign out')).toBeDisabled();
    await expect(page.getByText('A payment is still being checked. Sign out when it is known.')).toBeVisible();
    await page.context().setOffline(false);
    await till.button('Sign out').click();
    await expect(page.getByRole('heading', { name: 'Who is at the till?' })).toBeVisible();
    await till.button('Alex').click();
    await till.expectPad();
  });
});
