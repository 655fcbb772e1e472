import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { expect, PHONE, TABLET, test } from './support/fixtures.ts';

/*
 * The picture of the README. Made in each run, so that it can be made; put in its place by UPDATE_PICTURES=1. The pictures of
 * every screen come from the tours, in test-results/pictures.
 */
const isUpdate = process.env.UPDATE_PICTURES === '1';
const PLACE = isUpdate ? 'tests/e2e/pictures/both-apps.png' : 'test-results/pictures/both-apps.png';
const FILE = resolve(import.meta.dirname, '../..', PLACE);
const PICTURE_BYTES_MAX = 300_000;

test('the till’s code and the wallet’s sheet make one picture for the README', async ({
  createTill,
  createWallet,
  browser,
}) => {
  const till = await createTill({ deviceScaleFactor: 1.5 });
  const wallet = await createWallet({ deviceScaleFactor: 1.5 });
  await till.setUp();
  await wallet.signUp();
  await till.charge('12.50');
  await wallet.page.goto(await till.copyLink());
  await wallet.expectConsent('Corner Café', '12.50');
  // Off the button: its focus ring belongs to keyboards.
  await wallet.consent.getByRole('heading', { name: 'Corner Café' }).click();
  // The button has said by now that the link was copied.
  await till.page.reload();
  await expect(till.status).toContainText('Waiting for the customer');
  const [tablet, phone] = [await till.page.screenshot(), await wallet.page.screenshot()];

  const table = await browser.newPage({ viewport: { width: 1600, height: 840 } });
  await table.setContent(layOut(tablet, phone));
  const picture = await table.screenshot();
  await table.close();
  await mkdir(dirname(FILE), { recursive: true });
  await writeFile(FILE, picture);
  expect((await stat(FILE)).size).toBeLessThan(PICTURE_BYTES_MAX);
});

/** Both devices side by side on a plain table, each in its frame. */
function layOut(tablet: Buffer, phone: Buffer): string {
  const device = (name: string, picture: Buffer, { width, height }: typeof TABLET | typeof PHONE) =>
    `<img class="${name}" width="${width}" height="${height}" src="data:image/png;base64,${picture.toString('base64')}">`;
  return `<!doctype html>
    <style>
      body { margin: 0; height: 100vh; display: flex; align-items: center; justify-content: center; gap: 56px; background: #dfe3e8; }
      img { height: auto; border: 16px solid #14171c; border-radius: 36px; }
      .tablet { width: 1020px; }
      .phone { width: 340px; border-width: 11px; border-radius: 44px; }
    </style>
    ${device('tablet', tablet, TABLET)} ${device('phone', phone, PHONE)}`;
}
