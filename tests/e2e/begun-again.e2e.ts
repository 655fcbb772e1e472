import { say } from '../../wallet-pwa/texts.ts';
import { expect, test } from './support/fixtures.ts';

test.describe('a wallet whose programme was begun again', () => {
  test('says so by itself, and one button makes room for a new one', async ({ startCentre, createWallet }) => {
    const centre = await startCentre();
    const wallet = await createWallet({ centre });
    await wallet.signUp();
    await centre.beginAgain();
    await wallet.page.reload();
    await expect(wallet.page.getByRole('heading', { name: say('begun-again.headline') })).toBeVisible();
    await expect(wallet.page.getByText(/Your old card is gone\. €50\.00 was left\./)).toBeVisible();
    await wallet.button(say('begun-again.action')).click();
    await wallet.register();
    await wallet.expectBalance('50.00');
  });

  test('never calls the new till’s code a changed one', async ({ startCentre, createTill, createWallet }) => {
    const centre = await startCentre();
    const wallet = await createWallet({ centre });
    await wallet.signUp();
    await wallet.openScanner();
    // However long the new till takes: the wallet must not find out by itself first.
    await wallet.page.route('**/api/v1/wallet**', (route) => route.abort());
    await centre.beginAgain();
    const till = await createTill({ centre });
    await till.setUp();
    await till.charge('12.50');
    const link = await till.copyLink();
    await wallet.page.unroute('**/api/v1/wallet**');
    await wallet.pasteCopied(link);
    await expect(wallet.page.getByRole('heading', { name: say('begun-again.headline') })).toBeVisible();
    await expect(wallet.rejection.getByRole('dialog')).toBeHidden();
  });

  test('names first what nobody can settle any more', async ({ startCentre, createTill, createWallet }) => {
    const centre = await startCentre();
    const till = await createTill({ centre });
    const wallet = await createWallet({ centre });
    await till.setUp();
    await wallet.signUp();
    await till.charge('12.50');
    await wallet.page.route('**/api/v1/authorisations', (route) => route.abort());
    await wallet.paste(await till.copyLink());
    await wallet.payButton('12.50').click();
    await expect(wallet.outcome).toBeVisible();
    await centre.beginAgain();
    await wallet.page.unroute('**/api/v1/authorisations');
    await wallet.page.reload();
    await expect(wallet.page.getByText('€12.50 to Corner Café')).toBeVisible();
    await wallet.button(say('begun-again.action')).click();
    await expect(wallet.page.getByLabel(say('welcome.name'))).toBeVisible();
  });
});

test('a wallet waits for a programme that is not set up yet, and says so', async ({ startCentre, createWallet }) => {
  const centre = await startCentre({ isUnclaimed: true });
  const wallet = await createWallet({ centre });
  await wallet.page.goto(`${centre.origin}/wallet/`);
  await expect(wallet.page.getByText('This programme is not set up yet.')).toBeVisible();
  await wallet.register();
  await expect(wallet.page.getByText('This programme is not set up yet.')).toBeVisible();
});
