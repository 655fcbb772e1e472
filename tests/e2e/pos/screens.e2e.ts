import { resolve } from 'node:path';
import { expect, test } from '../support/fixtures.ts';
import { listSerious } from '../support/list-serious.ts';
import { tourTill } from './support/tour.ts';

const PICTURES = resolve(import.meta.dirname, '../../../test-results/pictures/pos');
const SIZES = { tablet: { width: 1024, height: 768 }, phone: { width: 390, height: 844 } } as const;
const NARROW = {
  'a narrow phone': { width: 320, height: 640 },
  'a small tablet at 200 % zoom': { width: 400, height: 300 },
  'a phone on its side': { width: 844, height: 390 },
} as const;
/** LOOK: targets of the till. Half a pixel is rounding. */
const TARGET_PX_MIN = 47.5;
/** An outcome is deaf, and pale, for its first moment. */
const SETTLE_MS = 500;

/** A change of look is seen, not guessed: every screen in both themes and two sizes, in test-results/pictures/pos/. */
for (const colorScheme of ['light', 'dark'] as const) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    test(`every screen of the till has its picture, and axe finds nothing serious: ${size}, ${colorScheme}`, async ({
      createTill,
      centre,
    }) => {
      test.setTimeout(480_000);
      const till = await createTill({ viewport, colorScheme });
      const told: string[] = [];
      let count = 0;
      await tourTill(till, centre.origin, async (screen) => {
        count += 1;
        await till.page.waitForTimeout(SETTLE_MS);
        const file = `${String(count).padStart(2, '0')}-${screen}-${size}-${colorScheme}.png`;
        await till.page.screenshot({ path: resolve(PICTURES, file) });
        if (size === 'tablet') told.push(...(await listSerious(till.page, screen)));
      });
      expect(told).toEqual([]);
    });
  }
}

for (const [name, viewport] of Object.entries(NARROW)) {
  test(`nothing is cut off sideways on ${name}, and every target is large enough for a finger`, async ({
    createTill,
    centre,
  }) => {
    test.setTimeout(300_000);
    const till = await createTill({ viewport });
    const told: string[] = [];
    await tourTill(till, centre.origin, async (screen) => {
      const overflowPx = await till.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (overflowPx > 0) told.push(`${screen}: ${overflowPx} px too wide`);
      for (const target of await till.page.getByRole('button').or(till.page.getByRole('link')).all()) {
        const box = await target.boundingBox();
        if (!box || (box.width >= TARGET_PX_MIN && box.height >= TARGET_PX_MIN)) continue;
        told.push(
          `${screen}: ${await target.textContent()} is ${Math.round(box.width)} x ${Math.round(box.height)} px`,
        );
      }
    });
    expect(told).toEqual([]);
  });
}
