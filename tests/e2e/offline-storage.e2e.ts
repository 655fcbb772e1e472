import type { Page } from '@playwright/test';
import { messageFor } from '../../shared/browser/i18n/message-for.ts';
import { say } from '../../wallet-pwa/texts.ts';
import { installCamera } from './support/camera.ts';
import { expect, test } from './support/fixtures.ts';
import { setUpTill } from './support/offline-devices.ts';
import { chargeAlone, expectAppOnDevice, payByText, plugIn, pullNetwork, showTill } from './support/pay-by-text.ts';
import { readRows } from './support/read-rows.ts';
import { TillPage } from './support/till.ts';
import { addVirtualAuthenticator } from './support/virtual-authenticator.ts';
import { WalletPage } from './support/wallet.ts';

/** As a browser does for who clears the data of a site, or when a disk is full: database, keys, cookies, service worker. */
async function clearSite(page: Page): Promise<void> {
  const { origin } = new URL(page.url());
  const cdp = await page.context().newCDPSession(page);
  await page.goto('about:blank');
  await cdp.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  await page.context().clearCookies();
}

async function setUpWallet(
  createWallet: (options: { serviceWorkers: 'allow' }) => Promise<WalletPage>,
): Promise<WalletPage> {
  const wallet = await createWallet({ serviceWorkers: 'allow' });
  await wallet.signUp();
  await expectAppOnDevice(wallet.page);
  await wallet.switchOnOffline();
  return wallet;
}

/** Another window of the same wallet, on the same phone. */
async function openWindow(wallet: WalletPage): Promise<WalletPage> {
  const page = await wallet.page.context().newPage();
  await installCamera(page);
  const authenticator = await addVirtualAuthenticator(page, await wallet.authenticator.exportPasskeys());
  await page.goto(`${wallet.origin}/wallet/`);
  return new WalletPage({ page, authenticator }, wallet.origin, wallet.customerName);
}

test('two windows of one wallet that pay at once never use a place twice', async ({
  createTill,
  createWallet,
  centre,
}) => {
  const [here, there] = [await setUpTill(createTill), await setUpTill(createTill)];
  const wallet = await setUpWallet(createWallet);
  const other = await openWindow(wallet);
  await pullNetwork(here, there, wallet);
  // One after the other: the tills share a clipboard.
  await wallet.paste(await chargeAlone(here, '3.00'));
  await other.paste(await chargeAlone(there, '4.00'));
  const payments = [
    { till: here, window: wallet, amount: '3.00' },
    { till: there, window: other, amount: '4.00' },
  ];
  await Promise.all(payments.map(({ window, amount }) => window.payButton(amount).click()));
  for (const { till, window, amount } of payments) {
    // Whose place the other window took meanwhile is asked again, for the next one.
    await expect(async () => {
      if (await window.payButton(amount).isVisible()) await window.payButton(amount).click();
      await expect(window.twinCode.locator('svg[data-shown]')).toBeVisible({ timeout: 3_000 });
    }).toPass();
    await showTill(till, window);
    await till.expectPaidAlone(amount);
  }
  type Consent = { readonly place: { readonly counter: number }; readonly state: { readonly status: string } };
  const consents = await readRows<Consent>(wallet.page, 'tandem-wallet', 'intents');
  const counters = consents.map(({ place }) => place.counter);
  expect(new Set(counters).size).toBe(counters.length);
  expect(consents.filter(({ state }) => state.status === 'signed')).toHaveLength(2);

  await plugIn(here, there, wallet);
  for (const { till } of payments) await expect.poll(() => centre.countPaid(till.facts.merchantNo)).toBe(1);
  const account = await centre.findAccount(wallet.customerName);
  expect(await centre.doubleSpends(account.accountNumber)).toEqual([]);
});

test('a till whose storage was cleared has lost no sale: the phone settles it, and the tablet set up anew is told', async ({
  createTill,
  createWallet,
  centre,
}) => {
  const till = await setUpTill(createTill);
  const wallet = await setUpWallet(createWallet);
  await pullNetwork(till, wallet);
  await payByText(till, wallet, '6.00');
  await clearSite(till.page);
  await plugIn(wallet, till);
  await expect.poll(() => centre.countPaid(till.facts.merchantNo)).toBe(1);

  const { page, authenticator } = till;
  const anew = new TillPage({ page, authenticator }, await centre.activateAnew(till.facts));
  await page.goto(anew.facts.activationLink);
  await anew.button('Set up this till').click();
  await anew.button(anew.facts.operatorName).click();
  await anew.button('Sign in').click();
  await anew.expectPad();
  await page.getByRole('link', { name: 'Payments of the day' }).click();
  await expect(page.getByText('Handed in by customers’ phones')).toBeVisible();
  await expect(page.getByText('€6.00').first()).toBeVisible();
});

test('a wallet whose storage was cleared has its card and its payments again, and is told when what was set aside is free', async ({
  createTill,
  createWallet,
  centre,
}) => {
  const till = await setUpTill(createTill);
  const wallet = await setUpWallet(createWallet);
  await pullNetwork(till, wallet);
  await payByText(till, wallet, '5.00');
  await clearSite(wallet.page);
  await plugIn(wallet);
  await wallet.page.goto(`${wallet.origin}/wallet/`);
  await wallet.button(say('welcome.sign-in')).click();
  await expect(wallet.scanButton).toBeVisible();
  await expect(wallet.page.getByText(/that was set aside is free again/)).toBeVisible();
  await plugIn(till);
  await expect.poll(() => centre.countPaid(till.facts.merchantNo)).toBe(1);
  await expect(async () => {
    await wallet.page.reload();
    await expect(wallet.page.getByText('Corner Café').first()).toBeVisible({ timeout: 5_000 });
  }).toPass();
});

test('a phone with no space left signs nothing, says why, and pays as soon as there is some', async ({
  createTill,
  createWallet,
}) => {
  const till = await setUpTill(createTill);
  const wallet = await setUpWallet(createWallet);
  const cdp = await wallet.page.context().newCDPSession(wallet.page);
  const { origin } = new URL(wallet.page.url());
  await pullNetwork(till, wallet);
  await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  await wallet.paste(await chargeAlone(till, '3.00'));
  await wallet.payButton('3.00').click();
  await expect(wallet.consent.getByText(messageFor('storage_failed').text)).toBeVisible();
  await expect(wallet.twinCode).toBeHidden();
  await cdp.send('Storage.overrideQuotaForOrigin', { origin });
  await wallet.payButton('3.00').click();
  await showTill(till, wallet);
  await till.expectPaidAlone('3.00');
});
