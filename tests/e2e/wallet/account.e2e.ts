import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../../../edge/serve/start-server.ts';
import { addVirtualAuthenticator } from '../support/virtual-authenticator.ts';
import { expect, signUp, signUpHere, test } from './support/wallet-test.ts';

test.describe('a wallet', () => {
  test('is made in one step, with the programme’s mark and money on its card', async ({ wallet }) => {
    await expect(wallet.getByText('Demo', { exact: true })).toBeVisible();
    await expect(wallet.getByRole('group', { name: 'Card 1 of 1' }).getByText('€50.00', { exact: true })).toBeVisible();
    await expect(wallet.getByRole('link', { name: /Money added/ })).toBeVisible();
    // On a phone the programme's name and the demo's switch stand in one line.
    await wallet.setViewportSize({ width: 390, height: 844 });
    const title = wallet.getByRole('heading', { name: 'Demo Canteen' });
    const lines = (element: HTMLElement) =>
      element.getBoundingClientRect().height / Number.parseFloat(getComputedStyle(element).lineHeight);
    expect(await title.evaluate(lines)).toBeCloseTo(1);
  });

  test('asks for a name, and says when the passkey was not confirmed', async ({ page, authenticator }) => {
    await page.goto('/wallet/');
    await page.getByRole('button', { name: 'Make my wallet' }).click();
    await expect(page.getByText('Please write your name first.')).toBeVisible();
    await authenticator.setUserVerified(false);
    await page.getByLabel('Your name').fill('Alex');
    await page.getByRole('button', { name: 'Make my wallet' }).click();
    await expect(page.getByText('You did not confirm. Try again when you are ready.')).toBeVisible();
    await authenticator.setUserVerified(true);
    await page.getByRole('button', { name: 'Make my wallet' }).click();
    await expect(page.getByRole('link', { name: 'Scan to pay' })).toBeVisible();
  });

  test('leaves this phone and comes back with the same passkey', async ({ wallet }) => {
    await wallet.getByRole('link', { name: 'Settings' }).click();
    await wallet.getByRole('button', { name: 'Sign out of this phone' }).click();
    await wallet.getByRole('button', { name: 'Sign out', exact: true }).click();
    await expect(wallet.getByLabel('Your name')).toBeVisible();
    await wallet.getByRole('button', { name: 'I have a wallet already' }).click();
    await expect(wallet.getByRole('group', { name: 'Card 1 of 1' }).getByText('€50.00', { exact: true })).toBeVisible();
    await expect(wallet.getByRole('link', { name: /Money added/ })).toBeVisible();
  });

  test('goes on paying when the session has ended, and asks calmly to confirm', async ({ wallet, context }) => {
    await context.clearCookies();
    await wallet.reload();
    await expect(wallet.getByText('Confirm that it is you to see your newest balance.')).toBeVisible();
    await wallet.getByRole('button', { name: 'Confirm' }).click();
    await expect(wallet.getByText('Confirm that it is you to see your newest balance.')).toBeHidden();
  });

  test('holds several cards, of which the last choice is remembered', async ({ wallet }) => {
    await wallet.getByRole('link', { name: 'Add a card' }).click();
    await wallet.getByLabel('What is it for?').fill('Lunch');
    await wallet.getByRole('button', { name: 'Make a new card' }).click();
    await expect(wallet.getByText('“Lunch” is in your wallet')).toBeVisible();
    await expect(wallet.getByRole('group', { name: 'Card 2 of 2' })).toBeAttached();
    await wallet.getByRole('group', { name: 'Your cards' }).press('ArrowRight');
    await expect(wallet.getByRole('group', { name: 'Card 2 of 2' })).toBeInViewport({ ratio: 0.9 });
    await wallet.reload();
    await expect(wallet.getByRole('group', { name: 'Card 2 of 2' })).toBeInViewport({ ratio: 0.9 });
  });

  test('says what is wrong with a card’s code', async ({ wallet }) => {
    await wallet.goto('/wallet/#claim=ABCD-EFGH-IJKL');
    await expect(wallet.getByLabel('Card code')).toHaveValue('ABCD-EFGH-IJKL');
    await wallet.getByRole('button', { name: 'Put the card in my wallet' }).click();
    await expect(wallet.getByText('This card code does not work. Check it, or ask for a new one.')).toBeVisible();
    await wallet.getByLabel('Card code').fill('ABC');
    await wallet.getByRole('button', { name: 'Put the card in my wallet' }).click();
    await expect(wallet.getByText('A card code has 12 letters and numbers.')).toBeVisible();
  });

  test('keeps the theme that was chosen', async ({ wallet }) => {
    await wallet.getByRole('link', { name: 'Settings' }).click();
    await wallet.getByText('Dark', { exact: true }).click();
    await wallet.reload();
    await expect(wallet.locator('html')).toHaveAttribute('data-theme', 'dark');
  });
});

test('two wallets in two browsers are two customers', async ({ wallet, browser, centre }) => {
  const other = await browser.newContext({ baseURL: centre.origin });
  const page = await other.newPage();
  await addVirtualAuthenticator(page);
  await signUp(page, 'Robin');
  const digitsOf = async (of: typeof page) => of.getByText(/^ending \d{4}$/).textContent();
  expect(await digitsOf(page)).not.toBe(await digitsOf(wallet));
  await other.close();
});

test.describe('with its service worker', () => {
  test.use({ serviceWorkers: 'allow' });

  test('a wallet opens with the network cut, and says so as a fact', async ({ page, authenticator }) => {
    await authenticator.setUserVerified(true);
    const dataDir = await mkdtemp(join(tmpdir(), 'wallet-tests-'));
    const server = await startServer({ dataDir, demo: true });
    await fetch(`${server.origin}/api/v1/demo`);
    await page.goto(`${server.origin}/wallet/`);
    await signUpHere(page, 'Alex');
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await server.stop();
    await page.reload();
    await expect(page.getByText('No network', { exact: true })).toBeVisible();
    await expect(page.getByRole('group', { name: 'Card 1 of 1' }).getByText('€50.00', { exact: true })).toBeVisible();
    await page.getByRole('link', { name: 'Scan to pay' }).click();
    await expect(page.getByRole('button', { name: 'Picture' })).toBeVisible();
    await page.goto(`${server.origin}/wallet/history`);
    await expect(page.getByRole('link', { name: /Money added/ })).toBeVisible();
    await rm(dataDir, { recursive: true, force: true });
  });
});
