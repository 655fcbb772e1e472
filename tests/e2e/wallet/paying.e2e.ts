import type { Page } from '@playwright/test';
import { addVirtualAuthenticator } from '../support/virtual-authenticator.ts';
import { expect, follow, payButton, signUp, test } from './support/wallet-test.ts';

test.describe('a payment by a code’s link', () => {
  test('shows shop, verified mark, amount and cashier, and is paid with one passkey', async ({ wallet, centre }) => {
    const code = await centre.till.show(1_250);
    await follow(wallet, code.link);
    await expect(wallet.getByRole('dialog', { name: 'Check and pay' })).toBeVisible();
    await expect(wallet.getByRole('heading', { name: 'Corner Café' })).toBeVisible();
    await expect(wallet.getByText(/Checked by/)).toBeVisible();
    await expect(wallet.getByText('Served by cashier 01')).toBeVisible();
    await expect(wallet.getByText('€50.00 now, €37.50 after')).toBeVisible();
    await payButton(wallet).click();
    await expect(wallet.getByRole('heading', { name: 'Paid' })).toBeVisible();
    await expect(wallet.getByText('€37.50 left')).toBeVisible();
    expect(await code.status()).toBe('paid');

    await wallet.getByRole('button', { name: 'See the receipt' }).click();
    await expect(wallet.getByText(/Signed by .* checked on this phone/)).toBeVisible();
    await wallet.getByText('All details').click();
    await expect(wallet.getByText('Place in the books')).toBeVisible();
    await wallet.getByRole('link', { name: 'Back' }).click();
    await expect(wallet.getByRole('link', { name: /Corner Café/ })).toHaveCount(1);
  });

  test('waits while the person signs up first, then goes on', async ({ page, authenticator, centre }) => {
    await authenticator.setUserVerified(true);
    const code = await centre.till.show(700);
    await page.goto(code.link);
    await expect(page.getByText('A payment is waiting.')).toBeVisible();
    await page.getByLabel('Your name').fill('Kim');
    await page.getByRole('button', { name: 'Make my wallet' }).click();
    await payButton(page).click();
    await expect(page.getByRole('heading', { name: 'Paid' })).toBeVisible();
    expect(await code.status()).toBe('paid');
  });

  test('is back on the sheet, calmly, when the passkey is refused, and can be confirmed again', async ({
    wallet,
    authenticator,
    centre,
  }) => {
    const code = await centre.till.show(300);
    await follow(wallet, code.link);
    await authenticator.setUserVerified(false);
    await payButton(wallet).click();
    await expect(wallet.getByText('Nothing was paid. Try again when you are ready.')).toBeVisible();
    expect(await code.status()).toBe('waiting');
    await authenticator.setUserVerified(true);
    await payButton(wallet).click();
    await expect(wallet.getByRole('heading', { name: 'Paid' })).toBeVisible();
    expect(await readIntents(wallet)).toEqual(['paid']);
  });

  test('says before it is tried that there is too little, and why it was not paid', async ({ wallet, centre }) => {
    const code = await centre.till.show(6_000);
    await follow(wallet, code.link);
    await expect(wallet.getByText('Only €50.00 on this card')).toBeVisible();
    await payButton(wallet).click();
    await expect(wallet.getByRole('heading', { name: 'Not paid' })).toBeVisible();
    await expect(wallet.getByRole('paragraph').filter({ hasText: 'Not enough money on this card.' })).toBeVisible();
    expect(await code.status()).toBe('waiting');
  });

  test('of a code that has run out, was cut short or belongs to nobody is not offered', async ({ wallet, centre }) => {
    const old = await centre.till.show(300, { validForSeconds: 1 });
    await wallet.waitForTimeout(2_500);
    await follow(wallet, old.link);
    await expect(wallet.getByRole('heading', { name: 'This code is too old.' })).toBeVisible();

    const { link } = await centre.till.show(300);
    await follow(wallet, `${link.slice(0, -8)}AAAAAAAA`);
    await expect(wallet.getByRole('heading', { name: 'Someone changed this code.' })).toBeVisible();

    await follow(wallet, `${centre.origin}/wallet/p/#ABCDEFGH`);
    await expect(wallet.getByRole('heading', { name: 'This is not a payment code.' })).toBeVisible();
  });

  test('ends on the sheet when the time is over', async ({ wallet, centre }) => {
    const code = await centre.till.show(300, { validForSeconds: 4 });
    await follow(wallet, code.link);
    await expect(payButton(wallet)).toBeVisible();
    await expect(wallet.getByRole('heading', { name: 'This code is too old.' })).toBeVisible();
  });

  test('that the shop stopped is not paid', async ({ wallet, centre }) => {
    const code = await centre.till.show(300);
    await follow(wallet, code.link);
    await expect(payButton(wallet)).toBeVisible();
    await code.cancel();
    await payButton(wallet).click();
    await expect(wallet.getByRole('paragraph').filter({ hasText: 'The shop stopped this payment.' })).toBeVisible();
  });

  test('by somebody else is not paid twice', async ({ wallet, centre, browser }) => {
    const code = await centre.till.show(300);
    await follow(wallet, code.link);
    await expect(payButton(wallet)).toBeVisible();
    const other = await browser.newContext({ baseURL: centre.origin });
    const page = await other.newPage();
    await addVirtualAuthenticator(page);
    await signUp(page, 'Robin');
    await follow(page, code.link);
    await payButton(page).click();
    await expect(page.getByRole('heading', { name: 'Paid' })).toBeVisible();
    await other.close();
    await payButton(wallet).click();
    await expect(wallet.getByRole('paragraph').filter({ hasText: 'Someone has paid this already.' })).toBeVisible();
    await expect(wallet.getByRole('paragraph').filter({ hasText: 'You have not been charged.' })).toBeVisible();
  });

  test('scanned again after it was paid shows that payment', async ({ wallet, centre }) => {
    const code = await centre.till.show(300);
    await follow(wallet, code.link);
    await payButton(wallet).click();
    await wallet.getByRole('button', { name: 'Done' }).click();
    await follow(wallet, code.link);
    await expect(wallet.getByRole('heading', { name: 'You paid this before' })).toBeVisible();
    await expect(wallet.getByRole('paragraph').filter({ hasText: 'It was taken once only.' })).toBeVisible();
  });

  test('waits for a till whose own message is still on its way', async ({ wallet, centre }) => {
    const code = await centre.till.show(300, { isHeldBack: true });
    await follow(wallet, code.link);
    await payButton(wallet).click();
    await expect(wallet.getByRole('paragraph').filter({ hasText: 'Waiting for the till.' })).toBeVisible();
    await code.submit();
    await expect(wallet.getByRole('heading', { name: 'Paid' })).toBeVisible();
  });
});

/** How the consents on this phone stand, read from the disk. */
async function readIntents(page: Page): Promise<string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const opening = indexedDB.open('tandem-wallet');
        opening.onsuccess = () => {
          const all = opening.result.transaction('intents').objectStore('intents').getAll();
          all.onsuccess = () => {
            opening.result.close();
            resolve(all.result.map((intent: { state: { status: string } }) => intent.state.status));
          };
        };
      }),
  );
}
