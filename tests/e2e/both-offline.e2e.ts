import { showToCamera } from './support/camera.ts';
import { filmScreen } from './support/film.ts';
import { expect, test } from './support/fixtures.ts';
import type { TillPage } from './support/till.ts';
import type { WalletPage } from './support/wallet.ts';

/** A hand that holds a phone before a tablet. */
const BY_HAND = { rotation: 5, perspective: 0.08, blur: 0.8 } as const;

/** Once the app is on the device: from then on its service worker opens every screen. */
async function pullNetwork(...devices: readonly (TillPage | WalletPage)[]): Promise<void> {
  for (const { page } of devices) {
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.context().setOffline(true);
  }
}

async function plugIn({ page }: TillPage | WalletPage): Promise<void> {
  await page.context().setOffline(false);
}

/** Both sides agree to who bears which loss; the phone shows that it signs without a network, and is granted an allowance. */
async function switchOn(
  createTill: (options: { serviceWorkers: 'allow' }) => Promise<TillPage>,
  createWallet: (options: { serviceWorkers: 'allow' }) => Promise<WalletPage>,
): Promise<{ till: TillPage; wallet: WalletPage }> {
  const till = await createTill({ serviceWorkers: 'allow' });
  const wallet = await createWallet({ serviceWorkers: 'allow' });
  await till.setUp();
  await wallet.signUp();
  await till.agreeToOffline();
  await wallet.switchOnOffline();
  return { till, wallet };
}

/** From the amount to what the till says, with no network on either side. */
async function payOffline(till: TillPage, wallet: WalletPage, amount: string): Promise<void> {
  await till.key(amount.replace('.', ''));
  await till.button(`Charge €${amount}`).click();
  await expect(till.code).toBeVisible();
  // First what the camera is to see: the code before is still before it.
  await showToCamera(wallet.page, await till.pictureOfCode(), BY_HAND);
  await wallet.openScanner();
  await wallet.expectConsent('Corner Café', amount);
  await expect(wallet.consent.getByText('No network. You can pay')).toBeVisible();
  await wallet.payButton(amount).click();
  await expect(wallet.twinCode.locator('svg[data-shown]')).toBeVisible();
  await till.button('Scan customer instead').click();
  await expect(till.page.locator('tandem-scanner')).toBeVisible();
  const film = filmScreen(wallet.twinCode, till.page, BY_HAND);
  await till.expectPaidAlone(amount);
  await film.stop();
}

test('with no network on either side the till verifies it alone, the customer keeps proof, and both settle by themselves', async ({
  createTill,
  createWallet,
  centre,
}) => {
  const { till, wallet } = await switchOn(createTill, createWallet);
  // What can be taken without a network is said before it is gone, and after that on a tablet held upright as well.
  await expect(till.page.getByText('without network up to €500.00 until')).toBeVisible();
  await pullNetwork(till, wallet);
  const wide = till.page.viewportSize()!;
  await till.page.setViewportSize({ width: 800, height: 1280 });
  await expect(till.page.getByText('takes up to €500.00 until')).toBeVisible();
  expect((await till.page.getByText('Corner Café').boundingBox())?.width).toBeGreaterThan(60);
  await till.page.setViewportSize(wide);
  await payOffline(till, wallet, '8.00');
  // What it means stands in one line, as the line under it does.
  const [reason, next] = ['.reason', '.reason + p'].map((line) => till.outcome.locator(line));
  expect((await reason!.boundingBox())?.height).toBe((await next!.boundingBox())?.height);

  // The till's signed answer goes back as a code.
  await wallet.button('Scan the till’s code').click();
  // What the till asked for is still before the camera: one clear word on it.
  await expect(wallet.page.getByText('This is not the till’s code for this payment.')).toBeVisible();
  await expect(wallet.page.getByText('Got it')).toBeHidden();
  await showToCamera(wallet.page, await till.outcome.screenshot(), BY_HAND);
  await expect(wallet.outcome).toContainText('Paid – without network');
  await wallet.button('Done').click();
  await till.startNewSale();
  expect(await centre.findAccount(wallet.customerName)).toMatchObject({ availableMinor: 2_500 });

  // The till comes back first: the books know, and so does the wallet as soon as it hears of it.
  await plugIn(till);
  await till.page.getByRole('link', { name: 'Payments of the day' }).click();
  await expect(till.page.getByText('Agrees with the centre')).toBeVisible();
  await expect(till.page.getByText('Paid without network')).toBeHidden();
  await plugIn(wallet);
  await expect(async () => {
    await wallet.page.reload();
    await wallet.expectBalance('42.00');
  }).toPass();
  expect(await centre.countPaid(till.facts.merchantNo)).toBe(1);
  expect((await centre.trialBalance()).faults).toEqual([]);
});

for (const [lost, found] of [
  ['till', 'phone'],
  ['phone', 'till'],
] as const) {
  test(`a ${lost} that never comes back has lost nothing: the ${found} settles it`, async ({
    createTill,
    createWallet,
    centre,
  }) => {
    const { till, wallet } = await switchOn(createTill, createWallet);
    const devices = { till, phone: wallet };
    await pullNetwork(till, wallet);
    await payOffline(till, wallet, '6.00');
    await devices[lost].page.context().close();
    await plugIn(devices[found]);
    await expect.poll(() => centre.countPaid(till.facts.merchantNo)).toBe(1);
  });
}

test('several payments go on one chain, and more than is left is refused on the spot', async ({
  createTill,
  createWallet,
  centre,
}) => {
  const { till, wallet } = await switchOn(createTill, createWallet);
  await pullNetwork(till, wallet);
  for (const amount of ['9.00', '10.00']) {
    await payOffline(till, wallet, amount);
    await till.startNewSale();
    await wallet.goHome();
  }
  // 25.00 were set aside: 6.00 are left.
  await till.key('700');
  await till.button('Charge €7.00').click();
  // First what the camera is to see: the code before is still before it.
  await showToCamera(wallet.page, await till.pictureOfCode(), BY_HAND);
  await wallet.openScanner();
  await wallet.payButton('7.00').click();
  await expect(wallet.twinCode.locator('svg[data-shown]')).toBeVisible();
  await till.button('Scan customer instead').click();
  const film = filmScreen(wallet.twinCode, till.page, BY_HAND);
  await expect(
    till.page.getByRole('paragraph').filter({ hasText: 'This phone cannot pay without a network.' }),
  ).toBeVisible();
  await film.stop();
  await plugIn(wallet);
  await plugIn(till);
  await expect.poll(async () => (await centre.trialBalance()).faults).toEqual([]);
});
