import { installCamera } from './support/camera.ts';
import { expect, test } from './support/fixtures.ts';
import { setUpTill } from './support/offline-devices.ts';
import { chargeAlone, expectAppOnDevice, plugIn, pullNetwork, showTill } from './support/pay-by-text.ts';
import { readRows } from './support/read-rows.ts';
import { addVirtualAuthenticator } from './support/virtual-authenticator.ts';
import { WalletPage } from './support/wallet.ts';

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
