import { expect, test } from '@playwright/test';
import { addVirtualAuthenticator } from '../support/virtual-authenticator.ts';
import { activateTill, makePasskey, openTill } from './support/till.ts';

test.describe('a new till', () => {
  test('says what is wrong with a code, and keeps it in the field', async ({ page }) => {
    await page.goto('/pos/');
    const field = page.getByLabel('Activation code');
    await field.fill('abcd');
    await page.getByRole('button', { name: 'Set up this till' }).click();
    await expect(page.getByText('The code has twelve letters and digits. 4 so far.')).toBeVisible();
    await field.fill('');
    await field.pressSequentially('abcdefghjk23');
    await expect(field).toHaveValue('ABCD-EFGH-JK23');
    await page.keyboard.press('Enter');
    await expect(page.getByText(/This activation code does not work/)).toBeVisible();
    await expect(field).toHaveValue('ABCD-EFGH-JK23');
  });

  test('takes the code out of the address at once', async ({ page }) => {
    await page.goto('/pos/#activate=ABCDEFGHJK23');
    await expect(page.getByLabel('Activation code')).toHaveValue('ABCD-EFGH-JK23');
    expect(page.url()).not.toContain('activate');
  });

  test('a cashier who closes the passkey dialogue may try again', async ({ page, baseURL }) => {
    const authenticator = await addVirtualAuthenticator(page);
    await activateTill(page, baseURL!);
    await authenticator.setUserVerified(false);
    await page.getByRole('button', { name: /Alex/ }).click();
    await makePasskey(page);
    await expect(page.getByText(/You did not confirm|no passkey to use here/)).toBeVisible();
    await authenticator.setUserVerified(true);
    await page.getByRole('button', { name: 'Make my passkey' }).click();
    await expect(page.getByRole('button', { name: 'Charge', exact: true })).toBeVisible();
  });

  test('that works is not replaced by a link', async ({ context, baseURL }) => {
    const { page } = await openTill(context, baseURL!);
    await page.goto('about:blank');
    await page.goto('/pos/#activate=ABCDEFGHJK23');
    await expect(page.getByText(/set up already/)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Charge', exact: true })).toBeVisible();
  });

  test('opens with the network cut, with everything it needs', async ({ context, baseURL }) => {
    const { page } = await openTill(context, baseURL!);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await context.setOffline(true);
    await page.reload();
    await expect(page.getByRole('button', { name: 'Charge', exact: true })).toBeVisible();
    await page.getByRole('link', { name: /Settings/ }).click();
    await expect(page.getByText('Set by the centre')).toBeVisible();
  });
});
