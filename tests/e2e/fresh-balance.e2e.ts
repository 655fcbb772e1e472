import { expect, test } from './support/fixtures.ts';

test('money that was added shows by itself, and at once on a tap on the card', async ({ centre, wallet }) => {
  const { accountNumber } = await centre.findAccount(wallet.customerName);
  await centre.topUp(accountNumber, 1_000);
  await wallet.page.getByRole('button', { name: /^Checked/ }).click();
  await wallet.expectBalance('60.00');
  await centre.topUp(accountNumber, 500);
  await wallet.expectBalance('65.00');
  await expect(wallet.page.getByRole('link', { name: /Money added/ })).toHaveCount(3);
});
