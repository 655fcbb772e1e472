import { expect, test } from '../support/fixtures.ts';
import { listCramped } from '../support/list-cramped.ts';
import { lookAt } from '../support/look-at.ts';
import { tourTill } from './support/tour.ts';

const SIZES = { tablet: { width: 1024, height: 768 }, phone: { width: 390, height: 844 } } as const;
const ROOM = {
  sizes: {
    'a narrow phone': { width: 320, height: 640 },
    'a small tablet at 200 % zoom': { width: 400, height: 300 },
    'a phone on its side': { width: 844, height: 390 },
  },
  directions: ['ltr', 'rtl'],
  // LOOK: targets of the till are 48 px. Half a pixel is rounding.
  targetPxMin: 47.5,
} as const;

test.describe.configure({ timeout: 480_000 });

test('every screen of the till has its pictures, and axe finds nothing serious, in light and in dark', async ({
  createTill,
  centre,
}) => {
  const till = await createTill({ viewport: SIZES.tablet });
  const told: string[] = [];
  await tourTill(till, centre.origin, async (screen) => {
    told.push(...(await lookAt(till.page, { app: 'pos', screen, sizes: SIZES })));
  });
  expect(told).toEqual([]);
});

test('on small screens, from left and from right, nothing of the till is cut off and every target fits a finger', async ({
  createTill,
  centre,
}) => {
  const till = await createTill({ viewport: SIZES.phone });
  const told: string[] = [];
  await tourTill(till, centre.origin, async (screen) => {
    told.push(...(await listCramped(till.page, screen, ROOM)));
  });
  expect(told).toEqual([]);
});
