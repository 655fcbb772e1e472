import { expect, PHONE, TABLET, test } from './support/fixtures.ts';
import type { TillPage } from './support/till.ts';

for (const [name, viewport] of [
  ['a tablet', TABLET],
  ['a small tablet held upright', { width: 768, height: 1024 }],
  ['a phone', PHONE],
  ['a narrow phone', { width: 320, height: 700 }],
] as const) {
  test(`on ${name} nothing of the code’s screen moves while it copies, refuses a card and loses the network`, async ({
    createTill,
    wallet,
  }) => {
    const till = await createTill({ viewport });
    await till.setUp();
    await till.charge('80.00');
    const before = await placesOf(till);
    const link = await till.copyLink();
    expect(await placesOf(till)).toEqual(before);
    await wallet.paste(link);
    await wallet.payButton('80.00').click();
    await till.expectStillPayable('Not enough money on the customer’s card.');
    expect(await placesOf(till)).toEqual(before);
    await till.page.context().setOffline(true);
    await expect(till.status).toContainText('No network');
    expect(await placesOf(till)).toEqual(before);
  });
}

/** Where the code, the facts and the buttons are, in whole pixels of the page. */
async function placesOf({ page }: TillPage): Promise<Record<string, number[]>> {
  const places: Record<string, number[]> = {};
  const scrolledPx = await page.evaluate(() => scrollY);
  for (const part of ['.plate', 'header', '.status', '.facts', '.actions .large']) {
    const box = (await page.locator(`pos-code-screen ${part}`).boundingBox())!;
    places[part] = [box.x, box.y + scrolledPx, box.width, box.height].map(Math.round);
  }
  return places;
}
