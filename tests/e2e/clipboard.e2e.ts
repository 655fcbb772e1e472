import { test } from './support/fixtures.ts';

test('a link on the clipboard is opened with one tap', async ({ till, wallet }) => {
  await till.charge('3.00');
  await wallet.pasteCopied(await till.copyLink());
  await wallet.expectConsent('Corner Café', '3.00');
});
