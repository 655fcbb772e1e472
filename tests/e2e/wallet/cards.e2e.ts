import { expect, test } from '../support/fixtures.ts';

test.describe('a card that the programme issued', () => {
  test('waits behind the sign-up, joins the first one, and pays; the last choice is remembered', async ({
    createWallet,
    till,
    centre,
  }) => {
    const issued = await centre.issueCard('Gift card', 2_500);
    const wallet = await createWallet();
    const { page } = wallet;
    await page.goto(`${wallet.origin}/wallet/#claim=${issued.claimCode}`);
    await expect(page.getByText('A card is waiting for you.')).toBeVisible();
    await wallet.register();
    await expect(page.getByLabel('Card code')).toHaveValue(/^[A-Z2-7]{4}(-[A-Z2-7]{4}){2}$/);
    expect(page.url()).not.toContain(issued.claimCode);
    await wallet.button('Put the card in my wallet').click();
    await expect(page.getByText('“Gift card” is in your wallet')).toBeVisible();

    await till.charge('20.00');
    await wallet.paste(await till.copyLink());
    await wallet.button('Change').click();
    await page.getByRole('radio', { name: /Gift card/ }).check();
    await wallet.payButton('20.00').click();
    await wallet.expectPaid('20.00');
    await expect(wallet.outcome).toContainText('Gift card: €5.00 left');
    expect(await centre.findAccount(issued.accountNumber)).toMatchObject({ availableMinor: 500 });
    await wallet.goHome();
    await expect(page.getByRole('group', { name: 'Card 2 of 2' })).toBeInViewport({ ratio: 0.9 });
  });

  test('can be taken over once', async ({ createWallet, centre }) => {
    const issued = await centre.issueCard('Gift card', 2_500);
    const [first, second] = [await createWallet(), await createWallet()];
    for (const wallet of [first, second]) {
      await wallet.signUp();
      await wallet.page.goto(`${wallet.origin}/wallet/#claim=${issued.claimCode}`);
      await wallet.button('Put the card in my wallet').click();
    }
    await expect(first.page.getByText('“Gift card” is in your wallet')).toBeVisible();
    await expect(second.page.getByText('This card code does not work. Check it, or ask for a new one.')).toBeVisible();
  });
});

test('a new phone with the same passkey has the cards again, and both phones pay', async ({ createWallet, till }) => {
  const [old, fresh] = [await createWallet(), await createWallet()];
  await old.signUp();
  await fresh.page.goto(`${fresh.origin}/wallet/`);
  await fresh.authenticator.syncFrom(old.authenticator);
  await fresh.button('I have a wallet already').click();
  await fresh.expectBalance('50.00');

  for (const wallet of [fresh, old]) {
    await till.charge('1.00');
    await wallet.paste(await till.copyLink());
    await wallet.payButton('1.00').click();
    await wallet.expectPaid('1.00');
    await till.expectPaid('1.00');
    await till.startNewSale();
    await wallet.goHome();
  }
  await old.expectBalance('48.00');
});
