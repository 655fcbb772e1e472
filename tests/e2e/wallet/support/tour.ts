import type { Page } from '@playwright/test';
import type { VirtualAuthenticator } from '../../support/virtual-authenticator.ts';
import type { Till } from './till.ts';
import { follow, payButton, signUpHere } from './wallet-test.ts';

const HAND_IN = '**/api/v1/authorisations';

/** Walks through every screen of the wallet, as it looks after some use, and calls `look` on each. */
export async function tourWallet(
  page: Page,
  authenticator: VirtualAuthenticator,
  till: Till,
  look: (screen: string) => Promise<void>,
): Promise<void> {
  const heading = (name: string) => page.getByRole('heading', { name });
  const show = async (amountMinor: number) => {
    await follow(page, (await till.show(amountMinor)).link);
    await payButton(page).waitFor();
  };

  await page.goto('/wallet/');
  await page.getByLabel('Your name').waitFor();
  await look('welcome');
  await page.goto((await till.show(100)).link);
  await page.getByText('A payment is waiting.').waitFor();
  await look('welcome-payment');
  await page.goto('/wallet/');
  await signUpHere(page, 'Alex');
  await look('home-first');
  await page.getByRole('link', { name: 'Show code' }).click();
  await look('code-amount');
  await page.getByRole('button', { name: 'Show code' }).click();
  await page.getByRole('img', { name: 'Your code for the till' }).waitFor();
  await look('code');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('link', { name: 'Scan to pay' }).waitFor();

  await show(1_250);
  await look('consent');
  await authenticator.setUserVerified(false);
  await payButton(page).click();
  await page.getByText('Nothing was paid.').waitFor();
  await look('consent-again');
  await authenticator.setUserVerified(true);
  await payButton(page).click();
  await heading('Paid').waitFor();
  await look('paid');
  await page.getByRole('button', { name: 'See the receipt' }).click();
  await page.getByText('checked on this phone').waitFor();
  await look('receipt');
  await page.getByText('All details').click();
  await look('receipt-details');

  const { movements } = await (await page.request.get('/api/v1/wallet/movements')).json();
  await page.goto('/wallet/verify');
  await page.getByLabel('Or paste its code').fill(movements[0].receipt);
  await page.getByRole('button', { name: 'Check it' }).click();
  await page.getByText('Genuine', { exact: true }).waitFor();
  await look('verify');

  await page.goto('/wallet/add-card');
  await page.getByRole('button', { name: 'Put the card in my wallet' }).click();
  await look('add-card');
  await page.getByLabel('What is it for?').fill('Lunch');
  await page.getByRole('button', { name: 'Make a new card' }).click();
  await page.getByRole('group', { name: 'Card 2 of 2' }).waitFor();
  await look('home-cards');

  await show(6_000);
  await page.getByRole('button', { name: 'Change' }).click();
  await look('consent-cards');
  await payButton(page).click();
  await heading('Not paid').waitFor();
  await look('not-paid');

  await show(420);
  await page.route(HAND_IN, (route) => route.abort());
  await payButton(page).click();
  await heading('Show this to the shop').waitFor();
  await look('handover');
  await page.getByRole('button', { name: 'Done' }).click();
  await look('home-checking');
  await page.getByRole('link', { name: 'All payments' }).click();
  await look('history');
  await page.unroute(HAND_IN);

  await follow(page, '/wallet/p/#ABCDEFGH');
  await heading('This is not a payment code.').waitFor();
  await look('rejected');
  await page.goto('/wallet/settings');
  await look('settings');
  await page.getByRole('link', { name: 'Without a network' }).click();
  await page.getByRole('button', { name: 'I agree, switch it on' }).waitFor();
  await look('without-network');
  await page.getByRole('button', { name: 'I agree, switch it on' }).click();
  await page.getByText('Turn your network off for a moment').waitFor();
  await look('without-network-unplug');
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Confirm once' }).click();
  await page.getByText('That works.').waitFor();
  await page.context().setOffline(false);
  await page.getByText('You can pay without a network').waitFor();
  await look('without-network-on');
  await page.goto('/wallet/');
  await page.getByText('can be spent without a network').waitFor();
  await look('home-without-network');
  await page.goto('/wallet/settings');
  await page.getByRole('button', { name: 'Sign out of this phone' }).click();
  await look('sign-out');
  await page.goto('/wallet/scan');
  await page.getByRole('button', { name: 'Picture' }).waitFor();
  await look('scan');
  await page.context().clearCookies();
  await page.goto('/wallet/');
  await page.getByText('Confirm that it is you').waitFor();
  await look('home-signed-out');
}
