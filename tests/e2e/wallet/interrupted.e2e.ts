import type { Page } from '@playwright/test';
import { expect, follow, payButton, test } from './support/wallet-test.ts';

const HAND_IN = '**/api/v1/authorisations';

async function expectBalance(page: Page, balance: string): Promise<void> {
  await expect(page.getByRole('group', { name: 'Card 1 of 1' }).getByText(balance, { exact: true })).toBeVisible();
}

test.describe('a payment that is interrupted', () => {
  test('with no network is shown to the shop, through a reload, and paid once the network is back', async ({
    wallet,
    centre,
  }) => {
    const code = await centre.till.show(420);
    await follow(wallet, code.link);
    await expect(payButton(wallet)).toBeVisible();
    await wallet.route(HAND_IN, (route) => route.abort());
    await payButton(wallet).click();
    await expect(wallet.getByRole('heading', { name: 'Show this to the shop' })).toBeVisible();

    await follow(wallet, '/wallet/');
    await expect(wallet.getByRole('heading', { name: 'Show this to the shop' })).toBeVisible();
    expect(await code.status()).toBe('waiting');
    await wallet.unroute(HAND_IN);
    await expect(wallet.getByRole('heading', { name: 'Paid' })).toBeVisible({ timeout: 20_000 });
    expect(await code.status()).toBe('paid');
    await wallet.getByRole('button', { name: 'Done' }).click();
    await expectBalance(wallet, '€45.80');
  });

  test('whose answer got lost is paid once, by the same documents', async ({ wallet, centre }) => {
    const code = await centre.till.show(420);
    await follow(wallet, code.link);
    await expect(payButton(wallet)).toBeVisible();
    const bodies: (string | null)[] = [];
    await wallet.route(HAND_IN, async (route) => {
      bodies.push(route.request().postData());
      const answer = await route.fetch();
      if (bodies.length < 3) await route.abort();
      else await route.fulfill({ response: answer });
    });
    await payButton(wallet).click();
    await expect(wallet.getByRole('heading', { name: 'Paid' })).toBeVisible({ timeout: 20_000 });
    expect(bodies.length).toBe(3);
    expect(new Set(bodies).size).toBe(1);
    await wallet.getByRole('button', { name: 'Done' }).click();
    await expectBalance(wallet, '€45.80');
  });

  test('while the passkey is open is on the sheet again, and signs the same authorisation', async ({
    wallet,
    authenticator,
    centre,
  }) => {
    const code = await centre.till.show(420);
    await follow(wallet, code.link);
    await authenticator.setPresence(false);
    await payButton(wallet).click();
    await expect(payButton(wallet)).toHaveAttribute('aria-busy', 'true');
    await wallet.reload();
    await authenticator.setPresence(true);
    await expect(wallet.getByRole('heading', { name: 'Corner Café' })).toBeVisible();
    await payButton(wallet).click();
    await expect(wallet.getByRole('heading', { name: 'Paid' })).toBeVisible();
    expect(await code.status()).toBe('paid');
  });

  test('can be left to itself, and tells how it ended', async ({ wallet, centre }) => {
    const code = await centre.till.show(420);
    await follow(wallet, code.link);
    await expect(payButton(wallet)).toBeVisible();
    await wallet.route(HAND_IN, (route) => route.abort());
    await payButton(wallet).click();
    await wallet.getByRole('button', { name: 'Done' }).click();
    await expect(wallet.getByRole('link', { name: /Corner Café.*Checking…/ })).toBeVisible();
    await wallet.unroute(HAND_IN);
    await expect(wallet.getByText('Paid: €4.20 to Corner Café')).toBeVisible({ timeout: 20_000 });
    await expectBalance(wallet, '€45.80');
    expect(await code.status()).toBe('paid');
  });

  test('keeps the wallet from being signed out', async ({ wallet, centre }) => {
    const code = await centre.till.show(420);
    await follow(wallet, code.link);
    await expect(payButton(wallet)).toBeVisible();
    await wallet.route(HAND_IN, (route) => route.abort());
    await payButton(wallet).click();
    await wallet.getByRole('button', { name: 'Done' }).click();
    await wallet.getByRole('link', { name: 'Settings' }).click();
    await wallet.getByRole('button', { name: 'Sign out of this phone' }).click();
    await wallet.getByRole('button', { name: 'Sign out', exact: true }).click();
    await expect(wallet.getByText('A payment is still being checked.')).toBeVisible();
  });
});
