import { resolve } from 'node:path';
import { test } from '@playwright/test';
import { tourTill } from './support/tour.ts';

const FOLDER = resolve(import.meta.dirname, '../../../test-results/pictures/pos');
const SIZES = {
  tablet: { width: 1024, height: 768 },
  upright: { width: 768, height: 1024 },
  phone: { width: 390, height: 844 },
} as const;

/** A change of look is seen, not guessed: every screen in both themes and all sizes, in test-results/pictures/pos/. */
for (const colorScheme of ['light', 'dark'] as const) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    test(`pictures of every screen, ${size}, ${colorScheme}`, async ({ browser, baseURL }) => {
      test.setTimeout(120_000);
      const context = await browser.newContext({ baseURL: baseURL!, viewport, colorScheme, reducedMotion: 'reduce' });
      let count = 0;
      await tourTill(context, baseURL!, async (page, screen) => {
        count += 1;
        // An outcome is deaf, and pale, for its first moment.
        await page.waitForTimeout(500);
        const number = String(count).padStart(2, '0');
        await page.screenshot({ path: resolve(FOLDER, `${number}-${screen}-${size}-${colorScheme}.png`) });
      });
      await context.close();
    });
  }
}
