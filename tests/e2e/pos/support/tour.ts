import { type BrowserContext, expect, type Page } from '@playwright/test';
import { TestPayer } from './test-payer.ts';
import { activateTill, charge, openTill, readCode } from './till.ts';

/** Called at each screen, once it stands still. */
export type Visit = (page: Page, screen: string) => Promise<void>;

/** Walks through every screen of the till, in the order a new shop meets them. */
export async function tourTill(context: BrowserContext, origin: string, visit: Visit): Promise<void> {
  const stranger = await context.newPage();
  await stranger.goto('/pos/');
  await expect(stranger.getByLabel('Activation code')).toBeVisible();
  await visit(stranger, 'activation');
  await activateTill(stranger, origin);
  await visit(stranger, 'cashiers');
  await stranger.getByRole('button', { name: /Alex/ }).click();
  await expect(stranger.getByRole('heading', { name: /Alex/ })).toBeVisible();
  await visit(stranger, 'sign-in');
  await stranger.close();
  // The till above is one nobody can sign in at; this one has the cashier's passkey.
  await context.clearCookies();
  const other = await context.newPage();
  await other.goto('/pos/manifest.webmanifest');
  await other.evaluate(async () => {
    for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name!);
  });
  await other.close();

  const { page } = await openTill(context, origin);
  const payer = await TestPayer.signUp(origin);
  await visit(page, 'pad-empty');
  await page.getByRole('link', { name: 'Payments of the day' }).click();
  await expect(page.getByText('Agrees with the centre')).toBeVisible();
  await visit(page, 'payments-empty');
  await page.getByRole('link', { name: 'Back' }).click();

  await charge(page, '1250');
  await expect(page.getByText('Waiting for the customer')).toBeVisible();
  await visit(page, 'code');
  await payer.pay(await readCode(page));
  await expect(page.getByRole('heading', { name: 'Paid', exact: true })).toBeVisible();
  await visit(page, 'paid');
  await page.getByRole('button', { name: 'Receipt' }).click();
  await expect(page.getByText('Signed by the centre and checked')).toBeVisible();
  await visit(page, 'receipt');
  await page.getByRole('link', { name: 'Back' }).click();

  await charge(page, '4000');
  await payer.pay(await readCode(page));
  await expect(page.getByText('Not paid yet')).toBeVisible();
  await visit(page, 'code-refused');
  await context.setOffline(true);
  await expect(page.getByText('Checking…')).toBeVisible();
  await visit(page, 'code-offline');
  await page.getByRole('button', { name: 'Cancel this sale' }).click();
  await expect(page.getByRole('heading', { name: 'Checking…' })).toBeVisible();
  await visit(page, 'checking');
  await page.getByRole('button', { name: 'New sale' }).click();
  await page.keyboard.type('850');
  await visit(page, 'pad');
  await context.setOffline(false);
  await expect(page.getByRole('button', { name: /€40\.00 not paid/ })).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: /Did the last one go through/ }).click();
  await expect(page.getByRole('heading', { name: 'Not paid', exact: true })).toBeVisible();
  await visit(page, 'not-paid');
  await page.getByRole('button', { name: 'New sale' }).click();
  await page.getByRole('link', { name: 'Payments of the day' }).click();
  await expect(page.getByText('Agrees with the centre')).toBeVisible();
  await visit(page, 'payments');
  await page.getByRole('button', { name: 'Close the day' }).click();
  await expect(page.getByRole('heading', { name: 'Close the day?' })).toBeVisible();
  await visit(page, 'close-day');
  await page.getByRole('button', { name: 'Not yet' }).click();
  await page.getByRole('link', { name: 'Back' }).click();
  await page.getByRole('link', { name: /Settings/ }).click();
  await expect(page.getByText('Set by the centre')).toBeVisible();
  await visit(page, 'settings');
}
