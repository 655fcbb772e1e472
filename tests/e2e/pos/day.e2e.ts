import { expect, test } from '@playwright/test';
import { TestPayer } from './support/test-payer.ts';
import { charge, openTill, readCode } from './support/till.ts';

test.describe('the day at the till', () => {
  test('lists payments with their total, agrees with the centre, and is closed', async ({ context, baseURL }) => {
    const { page } = await openTill(context, baseURL!);
    await page.getByRole('link', { name: 'Payments of the day' }).click();
    await expect(page.getByText('No payments yet today. Key an amount to start.')).toBeVisible();
    await page.getByRole('link', { name: 'Key an amount' }).click();

    const payer = await TestPayer.signUp(baseURL!);
    for (const keys of ['1250', '750']) {
      await charge(page, keys);
      await payer.pay(await readCode(page));
      await page.getByRole('button', { name: 'New sale' }).click();
    }
    await page.getByRole('link', { name: 'Payments of the day' }).click();
    await expect(page.getByText('Agrees with the centre')).toBeVisible();
    await expect(page.getByText('2 payments')).toBeVisible();
    await expect(page.getByText('€20.00', { exact: true })).toBeVisible();

    await page.getByRole('button', { name: 'Close the day' }).click();
    await page.locator('tandem-sheet').getByRole('button', { name: 'Close the day' }).click();
    await expect(page.getByText('Day closed. The next payment begins batch 000002.')).toBeVisible();
    await page.getByRole('link', { name: 'Back' }).click();
    await charge(page, '100');
    await expect(page.getByText(/DEMO\d{4}-000002-000001/)).toBeVisible();
  });

  test('is on the disk: with the network cut the list is still there, and says what it is', async ({
    context,
    baseURL,
  }) => {
    const { page } = await openTill(context, baseURL!);
    const payer = await TestPayer.signUp(baseURL!);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await charge(page, '1250');
    await payer.pay(await readCode(page));
    await page.getByRole('button', { name: 'New sale' }).click();
    await context.setOffline(true);
    await page.reload();
    await expect(page.getByText('No network')).toBeVisible();
    await page.getByRole('link', { name: 'Payments of the day' }).click();
    await expect(page.getByText(/As this till knows it/)).toBeVisible();
    await page.getByRole('link', { name: /Paid/ }).click();
    await expect(page.getByText('Signed by the centre and checked')).toBeVisible();
  });

  test('does not let the cashier sign out while a payment is being checked', async ({ context, baseURL }) => {
    const { page } = await openTill(context, baseURL!);
    await charge(page, '500');
    await context.setOffline(true);
    await page.getByRole('button', { name: 'Cancel this sale' }).click();
    await page.getByRole('button', { name: 'New sale' }).click();
    await page.getByRole('link', { name: /Settings/ }).click();
    await expect(page.getByRole('button', { name: 'Sign out' })).toBeDisabled();
    await expect(page.getByText('A payment is still being checked. Sign out when it is known.')).toBeVisible();
    await context.setOffline(false);
    await expect(page.getByText('€5.00', { exact: false })).toBeVisible();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page.getByRole('heading', { name: 'Who is at the till?' })).toBeVisible();
    await page.getByRole('button', { name: /Alex/ }).click();
    await expect(page.getByRole('button', { name: 'Charge', exact: true })).toBeVisible();
  });
});
