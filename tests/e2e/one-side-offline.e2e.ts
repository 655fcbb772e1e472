import { showToCamera } from './support/camera.ts';
import type { Centre } from './support/centre.ts';
import { type Film, filmScreen } from './support/film.ts';
import { expect, test } from './support/fixtures.ts';
import type { TillPage } from './support/till.ts';
import type { WalletPage } from './support/wallet.ts';

/** A hand that holds a phone before a tablet. */
const BY_HAND = { rotation: 5, perspective: 0.08, blur: 0.8 } as const;

async function setOffline({ page }: TillPage | WalletPage, isOffline: boolean): Promise<void> {
  await page.context().setOffline(isOffline);
}

/** With the scanner on the device, as the service worker puts it there. */
async function fetchScanner(till: TillPage): Promise<void> {
  await till.scanCustomer();
  await till.button('Back').click();
  await till.expectPad();
}

async function chargeOffline(till: TillPage, amount: string): Promise<void> {
  await till.key(amount.replace('.', ''));
  await till.button(`Charge €${amount}`).click();
  await expect(till.code).toBeVisible();
  await expect(till.status).toContainText('No network');
  await expect(till.status).toContainText('The customer can still pay. Then scan their phone');
}

async function openScan(till: TillPage): Promise<void> {
  await till.button('Scan customer instead').click();
  await expect(till.page.locator('tandem-scanner')).toBeVisible();
}

async function expectBooksToBalance(centre: Centre, wallet: WalletPage, availableMinor: number): Promise<void> {
  expect(await centre.findAccount(wallet.customerName)).toMatchObject({ availableMinor });
  const balance = await centre.trialBalance();
  expect(balance.faults).toEqual([]);
  expect(balance.debitsMinor).toBe(balance.creditsMinor);
}

test('a till without network is paid: the phone brings its request along, and the till reads the receipt off the phone', async ({
  till,
  wallet,
  centre,
}) => {
  await fetchScanner(till);
  await setOffline(till, true);
  await chargeOffline(till, '12.50');
  await wallet.scan(await till.pictureOfCode(), BY_HAND);
  await wallet.expectConsent('Corner Café', '12.50');
  await wallet.payButton('12.50').click();
  await wallet.expectPaid('12.50');
  await expect(wallet.outcome).toContainText('Show this to the shop');

  await openScan(till);
  await showToCamera(till.page, await wallet.page.locator('tandem-outcome').screenshot(), BY_HAND);
  await till.expectPaid('12.50');
  await expectBooksToBalance(centre, wallet, 3_750);

  // The till's own request follows once it can, and is matched.
  const handedIn = till.page.waitForResponse(
    (response) => response.url().endsWith('/api/v1/requests') && response.ok(),
  );
  await setOffline(till, false);
  await handedIn;
  await till.startNewSale();
  await till.page.getByRole('link', { name: 'Payments of the day' }).click();
  await expect(till.page.getByText('Agrees with the centre')).toBeVisible();
  await expectBooksToBalance(centre, wallet, 3_750);
});

test('a receipt of another payment does not pay a till without network, and the words say so', async ({
  till,
  wallet,
}) => {
  await till.charge('3.00');
  await wallet.paste(await till.copyLink());
  await wallet.payButton('3.00').click();
  await wallet.expectPaid('3.00');
  await till.expectPaid('3.00');
  await till.startNewSale();
  await fetchScanner(till);
  await setOffline(till, true);
  await chargeOffline(till, '3.00');
  await openScan(till);
  await wallet.button('Show receipt code').click();
  await expect(wallet.outcome).toContainText('Show this to the shop');
  await showToCamera(till.page, await wallet.outcome.screenshot(), BY_HAND);
  await expect(till.scanStatus).toContainText('This receipt is of another payment.');
  await expect(till.outcome).toBeHidden();
});

test('a wallet without network pays: the till reads the consent off the phone and hands it in', async ({
  till,
  wallet,
  centre,
}) => {
  await till.charge('8.00');
  await wallet.openScanner();
  await setOffline(wallet, true);
  await showToCamera(wallet.page, await till.pictureOfCode(), BY_HAND);
  await wallet.expectConsent('Corner Café', '8.00');
  await wallet.payButton('8.00').click();
  await expect(wallet.outcome).toContainText('No network');
  await expect(wallet.outcome).toContainText('Show this to the shop');
  await expect(wallet.twinCode.locator('svg[data-shown]')).toBeVisible();

  await openScan(till);
  const film: Film = filmScreen(wallet.twinCode, till.page, BY_HAND);
  await till.expectPaid('8.00');
  await film.stop();
  await expectBooksToBalance(centre, wallet, 4_200);

  await setOffline(wallet, false);
  await wallet.expectPaid('8.00');
  await wallet.goHome();
  await wallet.expectBalance('42.00');
  await expectBooksToBalance(centre, wallet, 4_200);
});

test('a consent for another sale is not handed in for this one, and the words say so', async ({
  till,
  wallet,
  centre,
}) => {
  await till.charge('8.00');
  await wallet.openScanner();
  await setOffline(wallet, true);
  await showToCamera(wallet.page, await till.pictureOfCode(), BY_HAND);
  await wallet.payButton('8.00').click();
  await expect(wallet.twinCode.locator('svg[data-shown]')).toBeVisible();
  await till.button('Cancel this sale').click();
  await till.expectPad();
  await till.charge('9.00');
  await openScan(till);
  const film = filmScreen(wallet.twinCode, till.page, BY_HAND);
  await expect(till.scanStatus).toContainText('This is for another sale.');
  await film.stop();
  expect(await centre.findAccount(wallet.customerName)).toMatchObject({ availableMinor: 5_000 });
});
