import { installCamera, showToCamera } from '../support/camera.ts';
import { drawPicture } from './support/draw-picture.ts';
import { expect, payButton, signUp, test } from './support/wallet-test.ts';

test.describe('a code gets into the wallet', () => {
  test('by the camera, held slantwise', async ({ page, authenticator, centre, context }) => {
    await authenticator.setUserVerified(true);
    await installCamera(page);
    await signUp(page);
    const code = await centre.till.show(250);
    const picture = await drawPicture(context, code.link);
    await page.getByRole('link', { name: 'Scan to pay' }).click();
    await showToCamera(page, picture, { rotation: 8, perspective: 0.1 });
    await payButton(page).click();
    await expect(page.getByRole('heading', { name: 'Paid' })).toBeVisible();
    await page.getByRole('button', { name: 'Done' }).click();
    // The code is still before the camera; the wallet has gone home, and asks for nothing.
    await expect(page.getByRole('link', { name: 'Scan to pay' })).toBeVisible();
    await expect(page.getByRole('dialog')).toBeHidden();
  });

  test('from a picture', async ({ wallet, centre, context }) => {
    const code = await centre.till.show(250);
    const buffer = await drawPicture(context, code.link);
    await wallet.goto('/wallet/scan');
    const [chooser] = await Promise.all([
      wallet.waitForEvent('filechooser'),
      wallet.getByRole('button', { name: 'Picture' }).click(),
    ]);
    await chooser.setFiles({ name: 'code.png', mimeType: 'image/png', buffer });
    await expect(payButton(wallet)).toHaveText(/2\.50/);
  });

  test('from pasted text', async ({ wallet, centre }) => {
    const code = await centre.till.show(250);
    await wallet.goto('/wallet/scan');
    await wallet.getByRole('button', { name: 'Paste' }).click();
    await wallet.getByLabel('Code or link as text').fill(code.link);
    await wallet.getByRole('button', { name: 'Use this text' }).click();
    await expect(payButton(wallet)).toHaveText(/2\.50/);
  });

  test('as a card’s link: it leads to the card, not to a payment', async ({ wallet, centre }) => {
    await wallet.goto('/wallet/scan');
    await wallet.getByRole('button', { name: 'Paste' }).click();
    await wallet.getByLabel('Code or link as text').fill(`${centre.origin}/wallet/#claim=ABCD-EFGH-IJKL`);
    await wallet.getByRole('button', { name: 'Use this text' }).click();
    await expect(wallet.getByLabel('Card code')).toHaveValue('ABCD-EFGH-IJKL');
  });

  test('or not: then it says what to do, and takes the next one', async ({ wallet, centre }) => {
    await wallet.goto('/wallet/scan');
    await wallet.getByRole('button', { name: 'Paste' }).click();
    await wallet.getByLabel('Code or link as text').fill('javascript:alert(1)');
    await wallet.getByRole('button', { name: 'Use this text' }).click();
    await expect(wallet.getByRole('heading', { name: 'This is not a payment code.' })).toBeVisible();
    await wallet.getByRole('button', { name: 'Scan again' }).click();
    const code = await centre.till.show(250);
    await wallet.getByLabel('Code or link as text').fill(code.link);
    await wallet.getByRole('button', { name: 'Use this text' }).click();
    await expect(payButton(wallet)).toBeVisible();
  });
});
