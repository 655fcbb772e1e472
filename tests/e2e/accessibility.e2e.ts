import { readAnnouncements, recordAnnouncements } from './support/announcements.ts';
import { tourConsole } from './support/console-tour.ts';
import { expect, PHONE, TABLET, test } from './support/fixtures.ts';
import { lookAt } from './support/look-at.ts';

// The screens of the apps are looked at where each app is tested, in pos/ and wallet/.
test('every page of the console has its pictures, and axe finds nothing serious, in light and in dark', async ({
  console,
}) => {
  test.setTimeout(480_000);
  const told: string[] = [];
  await tourConsole(console, async (page, screen) => {
    told.push(...(await lookAt(page, { app: 'console', screen, sizes: { laptop: TABLET, phone: PHONE } })));
  });
  expect(told).toEqual([]);
});

test('both screens say once, and only once, that it is paid', async ({ createTill, createWallet }) => {
  const [till, wallet] = [await createTill(), await createWallet()];
  await recordAnnouncements(till.page);
  await recordAnnouncements(wallet.page);
  await till.setUp();
  await wallet.signUp();
  await till.charge('12.50');
  await wallet.paste(await till.copyLink());
  await wallet.payButton('12.50').click();
  await wallet.expectPaid('12.50');
  await till.expectPaid('12.50');
  for (const { page } of [till, wallet]) {
    const saidPaid = async () => (await readAnnouncements(page)).filter((text) => text.startsWith('Paid.'));
    await expect.poll(saidPaid).toEqual(['Paid. 12.50 euros.']);
  }
  expect(await readAnnouncements(till.page)).toContain('Waiting for the customer');
});

test('a customer who hears the screen is told why it was not paid and that nothing was taken', async ({
  till,
  createWallet,
}) => {
  const wallet = await createWallet();
  await recordAnnouncements(wallet.page);
  await wallet.signUp();
  await till.charge('60.00');
  await wallet.paste(await till.copyLink());
  await wallet.payButton('60.00').click();
  await wallet.expectNotPaid('Not enough money on this card.');
  const saidNotPaid = async () => (await readAnnouncements(wallet.page)).filter((text) => text.startsWith('Not paid.'));
  await expect
    .poll(saidNotPaid)
    .toEqual([
      'Not paid. 60.00 euros. Not enough money on this card. Add money, or use another card. No money was taken.',
    ]);
});

test('a payment is made from the amount to the next sale without a pointer', async ({ till, wallet }) => {
  const { keyboard } = till.page;
  await keyboard.type('250');
  await keyboard.press('Enter');
  await expect(till.code).toBeVisible();
  const link = await till.copyLink();
  await wallet.page.goto(link);
  await expect(wallet.payButton('2.50')).toBeFocused();
  await wallet.page.keyboard.press('Enter');
  await wallet.expectPaid('2.50');
  await expect(wallet.button('Done')).toBeFocused();
  await wallet.page.keyboard.press('Enter');
  await expect(wallet.scanButton).toBeVisible();
  await expect(till.button('New sale')).toBeFocused();
  await expect(till.button('New sale')).toBeEnabled();
  await keyboard.press('Enter');
  await till.expectPad();
});
