import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, follow, payButton, signUp, test } from './support/wallet-test.ts';

/** WCAG 2.2 AA, and what axe holds to be good practice; anything serious fails. */
async function expectAccessible(page: Page, screen: string): Promise<void> {
  // Animations first: half-faded words have half their contrast.
  await page.waitForTimeout(500);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const told = serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  expect(told, screen).toEqual([]);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme, viewport: { width: 390, height: 844 } });

    test('axe finds nothing serious on any screen', async ({ page, authenticator, centre }) => {
      // Eleven screens, each looked at by axe for a second or five.
      test.slow();
      await authenticator.setUserVerified(true);
      await page.goto('/wallet/');
      await page.getByLabel('Your name').waitFor();
      await expectAccessible(page, 'welcome');
      await page.getByRole('button', { name: 'Make my wallet' }).click();
      await expectAccessible(page, 'welcome, with an error');
      await signUp(page);
      await expectAccessible(page, 'home');
      for (const screen of ['history', 'add-card', 'settings', 'scan']) {
        await page.goto(`/wallet/${screen}`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await expectAccessible(page, screen);
      }
      await follow(page, (await centre.till.show(100)).link);
      await payButton(page).waitFor();
      await expectAccessible(page, 'consent');
      await payButton(page).click();
      await page.getByRole('heading', { name: 'Paid' }).waitFor();
      await expectAccessible(page, 'paid');
      await page.getByRole('button', { name: 'See the receipt' }).click();
      await page.getByText('All details').click();
      await expectAccessible(page, 'receipt');
      await follow(page, (await centre.till.show(9_000)).link);
      await payButton(page).click();
      await page.getByRole('heading', { name: 'Not paid' }).waitFor();
      await expectAccessible(page, 'not paid');
      await page.route('**/api/v1/authorisations', (route) => route.abort());
      await follow(page, (await centre.till.show(100)).link);
      await payButton(page).click();
      await page.getByRole('heading', { name: 'Checking…' }).waitFor();
      await expectAccessible(page, 'checking');
    });
  });
}

test.describe('with a keyboard alone', () => {
  test('somebody signs up and pays', async ({ page, authenticator, centre }) => {
    await authenticator.setUserVerified(true);
    const code = await centre.till.show(100);
    await page.goto(code.link);
    await page.getByLabel('Your name').focus();
    await page.keyboard.type('Alex');
    await page.keyboard.press('Enter');
    await expect(payButton(page)).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Paid' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Done' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('link', { name: 'Scan to pay' })).toBeVisible();
  });
});

for (const [name, viewport] of Object.entries({
  'on a narrow phone': { width: 320, height: 640 },
  'at 200 % zoom': { width: 195, height: 422 },
  'on its side': { width: 844, height: 390 },
})) {
  test.describe(name, () => {
    test.use({ viewport });

    test('nothing is cut off sideways', async ({ wallet, centre }) => {
      const expectNoSideways = async (screen: string) => {
        const overflowPx = await wallet.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflowPx, screen).toBeLessThanOrEqual(0);
      };
      await expectNoSideways('home');
      await wallet.getByRole('link', { name: 'Add a card' }).click();
      await wallet.getByLabel('What is it for?').fill('Lunch');
      await wallet.getByRole('button', { name: 'Make a new card' }).click();
      await wallet.getByRole('group', { name: 'Card 2 of 2' }).waitFor();
      await expectNoSideways('home with two cards');
      await wallet.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
      await expectNoSideways('home from right to left');
      for (const screen of ['history', 'add-card', 'settings', 'scan']) {
        await wallet.goto(`/wallet/${screen}`);
        await wallet.getByRole('heading', { level: 1 }).waitFor();
        await expectNoSideways(screen);
      }
      await follow(wallet, (await centre.till.show(1_250)).link);
      await expect(payButton(wallet)).toBeInViewport();
      await payButton(wallet).click();
      await expect(wallet.getByRole('button', { name: 'Done' })).toBeVisible();
      await expectNoSideways('paid');
    });
  });
}
