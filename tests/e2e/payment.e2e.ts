import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';

test.describe('A payment with both sides online', () => {
  test('R1.1 to R1.8: what the camera reads off the till is paid once, and both sides are told with all fields', async ({
    till,
    wallet,
    centre,
    console,
  }) => {
    await till.charge('12.50');
    const traceKey = await till.traceKey();
    await wallet.scan(await till.pictureOfCode(), { rotation: 9, perspective: 0.15, blur: 1 });

    await wallet.expectConsent('Corner Café', '12.50');
    await expect(wallet.consent).toContainText('Checked by Demo Canteen');
    await expect(wallet.consent).toContainText('Served by cashier 01');
    await expect(wallet.consent).toContainText('€50.00 now, €37.50 after');
    await wallet.payButton('12.50').click();

    await wallet.expectPaid('12.50');
    await expect(wallet.outcome).toContainText('to Corner Café');
    await till.expectPaid('12.50');

    const onTill = await till.openReceipt();
    const onPhone = await wallet.openReceipt();
    expect(onTill).toMatchObject({
      'Merchant number': till.facts.merchantNo,
      Terminal: till.facts.terminalId,
      Cashier: '01',
      Acquirer: '100001',
      Kind: 'Sale',
      'Batch number': '000001',
      'Voucher number': '000001',
      Amount: '€12.50',
    });
    expect(onPhone).toMatchObject({
      'Shop number': onTill['Merchant number'],
      Till: onTill.Terminal,
      Cashier: onTill.Cashier,
      'Shop’s side': onTill.Acquirer,
      Kind: onTill.Kind,
      Batch: onTill['Batch number'],
      Voucher: onTill['Voucher number'],
      'Payment number': traceKey,
      'Place in the books': onTill['Journal number'],
    });
    expect(onPhone.Card!.slice(-4)).toBe(onTill.Card!.slice(-4));
    await expect(wallet.page.locator('wallet-receipt article header')).toContainText('€12.50');

    await wallet.page.getByRole('link', { name: 'Back' }).click();
    await wallet.page.getByRole('link', { name: 'Back' }).click();
    await wallet.expectBalance('37.50');
    expect(await centre.findAccount(wallet.customerName)).toMatchObject({ availableMinor: 3750 });

    const balance = await centre.trialBalance();
    expect(balance.faults).toEqual([]);
    expect(balance.debitsMinor).toBe(balance.creditsMinor);
    await console.expectBooksBalance();
    await console.openBooks(`payments?search=${traceKey}`);
    await expect(console.row(traceKey)).toContainText('Paid');
  });

  test('R1.10: the code is read off the computer’s own screen', async ({ till, wallet }) => {
    await till.charge('3.20');
    await wallet.pickScreen(await till.pictureOfScreen());
    await wallet.expectConsent('Corner Café', '3.20');
    await wallet.payButton('3.20').click();
    await wallet.expectPaid('3.20');
    await till.expectPaid('3.20');
  });

  test('R1.10: the code is read from a picture that somebody sent', async ({ till, wallet }) => {
    await till.charge('4.00');
    await wallet.choosePicture(await till.pictureOfScreen());
    await wallet.expectConsent('Corner Café', '4.00');
    await wallet.payButton('4.00').click();
    await wallet.expectPaid('4.00');
    await till.expectPaid('4.00');
  });

  test('a link copied on the till can be pasted', async ({ till, wallet }) => {
    await till.charge('0.80');
    await wallet.paste(await till.copyLink());
    await wallet.expectConsent('Corner Café', '0.80');
    await wallet.payButton('0.80').click();
    await wallet.expectPaid('0.80');
    await till.expectPaid('0.80');
  });

  test('following the link in the code opens the wallet at that payment', async ({ till, wallet }) => {
    await till.charge('9.99');
    await wallet.page.goto(await till.copyLink());
    await wallet.expectConsent('Corner Café', '9.99');
    await wallet.payButton('9.99').click();
    await wallet.expectPaid('9.99');
    await till.expectPaid('9.99');
    // Going back to the wallet, then loading the page again, brings the finished code no second time.
    await wallet.goHome();
    await wallet.page.reload();
    await wallet.expectBalance('40.01');
    await expect(wallet.consent.getByRole('dialog')).toBeHidden();
  });

  test('a followed link waits for whoever has no wallet yet', async ({ till, createWallet }) => {
    const wallet = await createWallet();
    await till.charge('5.00');
    await wallet.page.goto(await till.copyLink());
    await expect(wallet.page.getByText('A payment is waiting.')).toBeVisible();
    await wallet.register();
    await wallet.expectConsent('Corner Café', '5.00');
    await wallet.payButton('5.00').click();
    await wallet.expectPaid('5.00');
    await till.expectPaid('5.00');
  });

  test('R1.4: one of several cards is chosen for one payment', async ({ till, wallet, centre }) => {
    const card = await centre.issueCard('Lunch club', 2000);
    await wallet.page.goto(`${centre.origin}/wallet/#claim=${card.claimCode}`);
    await wallet.button('Put the card in my wallet').click();
    await expect(wallet.page.getByText('“Lunch club” is in your wallet')).toBeVisible();

    await till.charge('7.00');
    await wallet.paste(await till.copyLink());
    await wallet.expectConsent('Corner Café', '7.00');
    await wallet.button('Change').click();
    await wallet.page.getByRole('radio', { name: 'Lunch club' }).check();
    await wallet.payButton('7.00').click();
    await wallet.expectPaid('7.00');
    await expect(wallet.outcome).toContainText('Lunch club: €13.00 left');
    await till.expectPaid('7.00');
    expect(await centre.findAccount(card.accountNumber)).toMatchObject({ availableMinor: 1300 });
  });

  test('the till sells one after the other, and says of the last one how it went', async ({ till, wallet }) => {
    for (const amount of ['1.00', '2.00']) {
      await till.charge(amount);
      await wallet.paste(await till.copyLink());
      await wallet.expectConsent('Corner Café', amount);
      await wallet.payButton(amount).click();
      await wallet.expectPaid(amount);
      await till.expectPaid(amount);
      await wallet.goHome();
      await till.startNewSale();
    }
    await expect(till.button('€2.00 paid')).toBeVisible();
    await till.button('Last payment. Tap to look.').click();
    await till.expectPaid('2.00');
    await expect(till.outcome).toContainText('Checked with the centre just now.');
    await till.startNewSale();
    await till.page.getByRole('link', { name: 'Payments of the day' }).click();
    await expect(till.page.getByText('Agrees with the centre')).toBeVisible();
    await expect(till.page.locator('pos-payments').getByText('2 payments')).toBeVisible();
    await expect(till.page.locator('pos-payments .totals')).toContainText('€3.00');
  });

  for (const [how, cutOff] of [
    ['over its socket alone', (page: Page) => page.route('**/api/v1/payments/**', (route) => route.abort())],
    [
      'by asking, where a proxy lets no socket through',
      (page: Page) => page.routeWebSocket('**/*', (ws) => ws.close()),
    ],
  ] as const) {
    test(`R1.8: the till is told ${how}`, async ({ createTill, wallet }) => {
      const till = await createTill();
      await cutOff(till.page);
      await till.setUp();
      await till.charge('2.20');
      await wallet.paste(await till.copyLink());
      await wallet.payButton('2.20').click();
      await wallet.expectPaid('2.20');
      await till.expectPaid('2.20');
    });
  }
});
