import { resolve } from 'node:path';
import { listSerious } from '../support/list-serious.ts';
import { tourWallet } from './support/tour.ts';
import { expect, payButton, test } from './support/wallet-test.ts';

const PICTURES = resolve(import.meta.dirname, '../../../test-results/pictures/wallet');
const SIZES = { phone: { width: 390, height: 844 }, tablet: { width: 820, height: 1180 } } as const;
const NARROW = {
  'a narrow phone': { width: 320, height: 640 },
  'a phone with letters twice the size': { width: 195, height: 422 },
  'a phone on its side': { width: 844, height: 390 },
} as const;
/** LOOK: targets of the wallet. Half a pixel is rounding. */
const TARGET_PX_MIN = 43.5;
/** Sheets and outcomes enter; half-faded words have half their contrast. */
const SETTLE_MS = 500;

/** A change of look is seen, not guessed: every screen in both themes and two sizes, in test-results/pictures/wallet/. */
for (const colorScheme of ['light', 'dark'] as const) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    test.describe(`${size}, ${colorScheme}`, () => {
      test.use({ colorScheme, viewport });

      test('every screen of the wallet has its picture, and axe finds nothing serious', async ({
        page,
        authenticator,
        centre,
      }) => {
        test.setTimeout(480_000);
        const told: string[] = [];
        let count = 0;
        await tourWallet(page, authenticator, centre.till, async (screen) => {
          count += 1;
          await page.waitForTimeout(SETTLE_MS);
          const file = `${String(count).padStart(2, '0')}-${screen}-${size}-${colorScheme}.png`;
          await page.screenshot({ path: resolve(PICTURES, file) });
          if (size === 'phone') told.push(...(await listSerious(page, screen)));
        });
        expect(told).toEqual([]);
      });
    });
  }
}

for (const [name, viewport] of Object.entries(NARROW)) {
  for (const direction of ['ltr', 'rtl'] as const) {
    test.describe(`${name}, ${direction}`, () => {
      test.use({ viewport });

      test('nothing is cut off sideways, and every target is large enough for a thumb', async ({
        page,
        authenticator,
        centre,
      }) => {
        test.setTimeout(300_000);
        await page.addInitScript((dir) => {
          document.addEventListener('DOMContentLoaded', () => document.documentElement.setAttribute('dir', dir));
        }, direction);
        const told: string[] = [];
        await tourWallet(page, authenticator, centre.till, async (screen) => {
          const overflowPx = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          if (overflowPx > 0) told.push(`${screen}: ${overflowPx} px too wide`);
          for (const target of await page.getByRole('button').or(page.getByRole('link')).all()) {
            const box = await target.boundingBox();
            if (!box || (box.width >= TARGET_PX_MIN && box.height >= TARGET_PX_MIN)) continue;
            const size = `${Math.round(box.width)} x ${Math.round(box.height)} px`;
            told.push(`${screen}: ${await target.textContent()} is ${size}`);
          }
        });
        expect(told).toEqual([]);
      });
    });
  }
}

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
