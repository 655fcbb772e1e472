import type { Page } from '@playwright/test';
import { showToCamera } from './support/camera.ts';
import { expect, test } from './support/fixtures.ts';

function verdictOf(page: Page) {
  return page.locator('tandem-receipt-check').locator('.verdict');
}

test('what “Copy for checking” copies off a receipt is genuine where it is pasted', async ({ till, wallet }) => {
  await till.charge('3.00');
  await wallet.paste(await till.copyLink());
  await wallet.payButton('3.00').click();
  await wallet.expectPaid('3.00');
  await wallet.openReceipt();
  await wallet.button('Show receipt code').click();
  await wallet.button('Copy for checking').click();
  await expect(wallet.page.getByText('Copied. Paste it where receipts are checked.')).toBeVisible();
  const copied = await wallet.page.evaluate(() => navigator.clipboard.readText());

  await wallet.page.goto(`${wallet.origin}/wallet/verify`);
  await wallet.page.getByLabel('Or paste its code').fill(copied);
  await wallet.button('Check it').click();
  await expect(verdictOf(wallet.page)).toContainText('Genuine');
  await expect(verdictOf(wallet.page)).toContainText('Corner Café');
});

test('anyone can check a receipt, with no wallet and from the second time on with no network', async ({
  till,
  wallet,
  browser,
}) => {
  await till.charge('3.00');
  await wallet.paste(await till.copyLink());
  await wallet.payButton('3.00').click();
  await wallet.expectPaid('3.00');
  await wallet.button('Show receipt code').click();
  await expect(wallet.outcome).toContainText('Show this to the shop');
  const picture = await wallet.outcome.screenshot();
  const answer = await wallet.page.request.get(`${wallet.origin}/api/v1/wallet/movements`);
  const { movements } = await answer.json();
  const receipt = movements.find(({ kind }: { kind: string }) => kind === 'payment').receipt as string;

  const context = await browser.newContext();
  const stranger = await context.newPage();
  await stranger.goto(`${wallet.origin}/verify`);
  await expect(stranger).toHaveURL(/\/wallet\/verify$/);
  const paste = async (text: string) => {
    await stranger.getByLabel('Or paste its code').fill(text);
    await stranger.getByRole('button', { name: 'Check it' }).click();
  };
  await paste(receipt);
  await expect(verdictOf(stranger)).toContainText('Genuine');
  await expect(verdictOf(stranger)).toContainText('Corner Café');

  await stranger.evaluate(() => navigator.serviceWorker.ready);
  await context.setOffline(true);
  await stranger.reload();
  await paste(`${receipt.slice(0, -6)}AAAAAA`);
  await expect(verdictOf(stranger)).toContainText('Not genuine');
  await paste('hello');
  await expect(verdictOf(stranger)).toContainText('Not a receipt');
  await paste(receipt);
  await expect(verdictOf(stranger)).toContainText('Genuine');
  await expect(verdictOf(stranger)).toContainText('3.00');
  await context.close();

  // The same at the till, by its camera.
  await till.page.goto(`${wallet.origin}/pos/verify`);
  await till.button('Scan a receipt').click();
  await showToCamera(till.page, picture, { rotation: 4, blur: 0.6 });
  await expect(verdictOf(till.page)).toContainText('Corner Café');
});
