import { listCramped } from '../support/list-cramped.ts';
import { lookAt } from '../support/look-at.ts';
import { tourWallet } from './support/tour.ts';
import { expect, payButton, test } from './support/wallet-test.ts';

const SIZES = { phone: { width: 390, height: 844 }, tablet: { width: 820, height: 1180 } } as const;
const ROOM = {
  sizes: {
    'a narrow phone': { width: 320, height: 640 },
    'a phone with letters twice the size': { width: 195, height: 422 },
    'a phone on its side': { width: 844, height: 390 },
  },
  directions: ['ltr', 'rtl'],
  // LOOK: targets of the wallet are 44 px. Half a pixel is rounding.
  targetPxMin: 43.5,
} as const;

test.describe.configure({ timeout: 480_000 });
test.use({ viewport: SIZES.phone });

test('every screen of the wallet has its pictures, and axe finds nothing serious, in light and in dark', async ({
  page,
  authenticator,
  centre,
}) => {
  const told: string[] = [];
  await tourWallet(page, authenticator, centre.till, async (screen) => {
    told.push(...(await lookAt(page, { app: 'wallet', screen, sizes: SIZES })));
  });
  expect(told).toEqual([]);
});

test('on small screens, from left and from right, nothing of the wallet is cut off and every target fits a thumb', async ({
  page,
  authenticator,
  centre,
}) => {
  const told: string[] = [];
  await tourWallet(page, authenticator, centre.till, async (screen) => {
    told.push(...(await listCramped(page, screen, ROOM)));
  });
  expect(told).toEqual([]);
});

test('somebody signs up and pays with a keyboard alone', async ({ page, authenticator, centre }) => {
  await authenticator.setUserVerified(true);
  const code = await centre.till.show(100);
  await page.goto(code.link);
  await page.getByLabel('Your name').focus();
  await page.keyboard.type('Alex');
  await page.keyboard.press('Enter');
  await expect(payButton(page)).toBeFocused();
  await expect(payButton(page)).toHaveAccessibleDescription(/Corner Café.*1\.00 euros.*cashier 01/s);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Paid' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Done' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'Scan to pay' })).toBeVisible();
});
