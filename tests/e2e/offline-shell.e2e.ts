import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';

test('both apps, once opened, open again with nobody at the other end', async ({
  startCentre,
  createTill,
  createWallet,
}) => {
  const centre = await startCentre();
  const till = await createTill({ centre, serviceWorkers: 'allow' });
  const wallet = await createWallet({ centre, serviceWorkers: 'allow' });
  await till.setUp();
  await wallet.signUp();
  await Promise.all([installed(till.page), installed(wallet.page)]);
  await centre.stop();

  await Promise.all([till.page.reload(), wallet.page.reload()]);
  await till.expectPad();
  await expect(till.page.getByText('No network')).toBeVisible();
  await wallet.expectBalance('50.00');
  await expect(wallet.page.getByText('No network')).toBeVisible();
  await wallet.openScanner();
  // An address that was never opened before is the app's too.
  await till.page.goto(`${centre.origin}/pos/settings`);
  await expect(till.page.getByRole('heading', { name: 'Settings' })).toBeVisible();
});

test('a new version waits for the payment to end, and then for the person', async ({
  startCentre,
  createTill,
  createWallet,
}) => {
  const centre = await startCentre({ hasFrontDoor: true });
  const till = await createTill({ centre, serviceWorkers: 'allow' });
  const wallet = await createWallet({ centre, serviceWorkers: 'allow' });
  await till.setUp();
  await wallet.signUp();
  await Promise.all([installed(till.page), installed(wallet.page)]);

  await till.charge('4.50');
  const link = await till.copyLink();
  await wallet.paste(link);
  await wallet.expectConsent('Corner Café', '4.50');
  for (const app of ['pos', 'wallet']) centre.frontDoor.addTo(`/${app}/sw.js`, '// the next version');
  await Promise.all([findUpdate(till.page), findUpdate(wallet.page)]);

  const onTill = till.page.locator('tandem-update-prompt');
  const onPhone = wallet.page.locator('tandem-update-prompt');
  await expect(onPhone).toContainText('It will wait until this payment is done.');
  await expect(onTill.getByRole('button')).toHaveCount(0);
  await expect(onPhone.getByRole('button')).toHaveCount(0);
  await expect(till.code).toBeVisible();
  await wallet.payButton('4.50').click();
  await wallet.expectPaid('4.50');
  await till.expectPaid('4.50');
  await till.startNewSale();
  await wallet.goHome();

  await update(till.page, onTill);
  await till.expectPad();
  await expect(till.button('€4.50 paid')).toBeVisible();
  await update(wallet.page, onPhone);
  await wallet.expectBalance('45.50');
});

test('a new version taken in another window does not reload this one in the middle of a payment', async ({
  startCentre,
  createTill,
  createWallet,
}) => {
  const centre = await startCentre({ hasFrontDoor: true });
  const till = await createTill({ centre });
  const wallet = await createWallet({ centre, serviceWorkers: 'allow' });
  await till.setUp();
  await wallet.signUp();
  await installed(wallet.page);
  await till.charge('4.50');
  await wallet.paste(await till.copyLink());
  await wallet.expectConsent('Corner Café', '4.50');

  const other = await wallet.page.context().newPage();
  await other.goto(`${centre.origin}/wallet/settings`);
  await expect(other.getByRole('heading', { name: 'Settings' })).toBeVisible();
  centre.frontDoor.addTo('/wallet/sw.js', '// the next version');
  await findUpdate(other);
  await update(other, other.locator('tandem-update-prompt'));

  const reloaded = wallet.page.waitForEvent('load');
  await expect(wallet.payButton('4.50')).toBeEnabled();
  await wallet.payButton('4.50').click();
  await wallet.expectPaid('4.50');
  await wallet.button('Done').click();
  await reloaded;
  await wallet.expectBalance('45.50');
});

/** Resolves when the app is wholly on the disk. */
async function installed(page: Page): Promise<void> {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
}

/** What the browser does by itself now and then; resolves when the new version is installed and waits. */
async function findUpdate(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const registration = (await navigator.serviceWorker.getRegistration())!;
    await registration.update();
    const worker = registration.installing;
    if (worker?.state !== 'installing') return;
    await new Promise<void>((resolve) => {
      worker.addEventListener('statechange', () => worker.state === 'installed' && resolve());
    });
  });
}

async function update(page: Page, prompt: Locator): Promise<void> {
  await expect(prompt).toContainText('A new version is ready.');
  const reloaded = page.waitForEvent('load');
  await prompt.getByRole('button', { name: 'Update now' }).click();
  await reloaded;
}
