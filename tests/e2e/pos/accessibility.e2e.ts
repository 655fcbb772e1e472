import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { TestPayer } from './support/test-payer.ts';
import { charge, openTill, readCode } from './support/till.ts';
import { tourTill } from './support/tour.ts';

/** WCAG 2.2 AA, and what axe holds to be good practice; anything serious fails. */
async function listSerious(page: Page, screen: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${screen}: ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious on any screen in ${colorScheme}`, async ({ browser, baseURL }) => {
    test.setTimeout(120_000);
    const context = await browser.newContext({ baseURL: baseURL!, colorScheme, reducedMotion: 'reduce' });
    const told: string[] = [];
    await tourTill(context, baseURL!, async (page, screen) => {
      // An outcome is deaf, and pale, for its first moment.
      await page.waitForTimeout(500);
      told.push(...(await listSerious(page, screen)));
    });
    await context.close();
    expect(told).toEqual([]);
  });
}

test('somebody sells by keyboard alone', async ({ context, baseURL }) => {
  const { page } = await openTill(context, baseURL!);
  const payer = await TestPayer.signUp(baseURL!);
  await charge(page, '1250');
  await payer.pay(await readCode(page));
  await expect(page.getByRole('button', { name: 'New sale' })).toBeFocused();
  await expect(page.getByRole('button', { name: 'New sale' })).toBeEnabled();
  await page.keyboard.press('Enter');
  await charge(page, '300');
  await page.getByRole('heading', { name: 'Let the customer scan' }).focus();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Copy the code as a link' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Cancel this sale' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/€3\.00 cancelled/)).toBeVisible();
});

for (const [name, viewport] of Object.entries({
  'on a narrow phone': { width: 320, height: 640 },
  'at 200 % zoom of a small tablet': { width: 400, height: 300 },
  'on a phone on its side': { width: 844, height: 390 },
})) {
  test(`nothing is cut off sideways ${name}, and keys are large enough for fingers`, async ({ browser, baseURL }) => {
    test.setTimeout(120_000);
    const context = await browser.newContext({ baseURL: baseURL!, viewport, reducedMotion: 'reduce' });
    const told: string[] = [];
    await tourTill(context, baseURL!, async (page, screen) => {
      const overflowPx = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (overflowPx > 0) told.push(`${screen}: ${overflowPx} px too wide`);
      for (const button of await page.getByRole('button').or(page.getByRole('link')).all()) {
        const box = await button.boundingBox();
        if (box && (box.width < 47.5 || box.height < 47.5)) {
          told.push(
            `${screen}: ${await button.textContent()} is ${Math.round(box.width)} x ${Math.round(box.height)} px`,
          );
        }
      }
    });
    await context.close();
    expect(told).toEqual([]);
  });
}
