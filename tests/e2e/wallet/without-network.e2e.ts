import { sayOffline } from '../../../wallet-pwa/offline/offline-texts.ts';
import { expect, test } from '../support/fixtures.ts';

test('nobody is asked to turn the network off before the phone has what is needed without it', async ({ wallet }) => {
  const { page, origin } = wallet;
  const agree = wallet.button(sayOffline('offline.agree'));
  const unplug = page.getByText(sayOffline('offline.unplug'));
  // The network is there, and these files do not get through.
  for (const part of ['allowance-desk', 'wallet-accepted']) {
    await page.route(`**/${part}-*.js`, (route) => route.abort());
    await page.goto(`${origin}/wallet/without-network`);
    await agree.click();
    await expect(page.locator('wallet-without-network').getByText('No network.')).toBeVisible();
    await expect(unplug).toBeHidden();
    await page.unrouteAll();
  }
  await agree.click();
  await expect(unplug).toBeVisible();
});
