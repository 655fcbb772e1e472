import { toBuffer } from 'qrcode';
import { installCamera, showToCamera } from '../support/camera.ts';
import { expect, test } from '../support/fixtures.ts';

const LINK = /#activate=.*/;

test.describe('a new till', () => {
  test('says what is wrong with a code, and keeps it in the field', async ({ createTill }) => {
    const till = await createTill();
    await till.page.goto(till.facts.activationLink.replace(LINK, ''));
    const field = till.page.getByLabel('Activation code');
    await field.fill('abcd');
    await till.button('Set up this till').click();
    await expect(till.page.getByText('The code has twelve letters and digits. 4 so far.')).toBeVisible();
    await field.fill('');
    await field.pressSequentially('abcdefghjk23');
    await expect(field).toHaveValue('ABCD-EFGH-JK23');
    await till.page.keyboard.press('Enter');
    await expect(till.page.getByText(/This activation code does not work/)).toBeVisible();
    await expect(field).toHaveValue('ABCD-EFGH-JK23');
  });

  test('takes the code out of the address at once', async ({ createTill }) => {
    const till = await createTill();
    await till.page.goto(till.facts.activationLink);
    await expect(till.page.getByLabel('Activation code')).toHaveValue(/^\w{4}-\w{4}-\w{4}$/);
    expect(till.page.url()).not.toContain('activate');
  });

  test('is set up by a picture of the code in the console', async ({ createTill }) => {
    const till = await createTill();
    await installCamera(till.page);
    await till.page.goto(till.facts.activationLink.replace(LINK, ''));
    await till.button('Scan the code').click();
    await showToCamera(till.page, await toBuffer(till.facts.activationLink, { scale: 8, margin: 4 }));
    await expect(till.page.getByRole('heading', { name: 'Who is at the till?' })).toBeVisible({ timeout: 20_000 });
  });

  test('says that a code of something else is none, and goes on looking', async ({ createTill }) => {
    const till = await createTill();
    await installCamera(till.page);
    await till.page.goto(till.facts.activationLink.replace(LINK, ''));
    await till.button('Scan the code').click();
    await showToCamera(till.page, await toBuffer('https://example.org/menu', { scale: 8, margin: 4 }));
    await expect(till.page.getByText('This is not an activation code.')).toBeVisible({ timeout: 20_000 });
    await till.button('Type the code instead').click();
    await expect(till.page.getByLabel('Activation code')).toBeVisible();
  });

  test('lets a cashier whom the passkey did not recognise try again', async ({ createTill }) => {
    const till = await createTill();
    await till.page.goto(till.facts.activationLink);
    await till.button('Set up this till').click();
    await till.authenticator.setUserVerified(false);
    await till.button('Alex').click();
    await till.button('Make my passkey').click();
    await expect(till.page.getByText(/You did not confirm|no passkey to use here/)).toBeVisible();
    await till.authenticator.setUserVerified(true);
    await till.button('Make my passkey').click();
    await till.expectPad();
  });

  test('that works is not replaced by a link, whether its window is open or not', async ({ till }) => {
    const link = till.facts.activationLink.replace(LINK, '#activate=ABCDEFGHJK23');
    await till.page.goto(link);
    await expect(till.toast).toContainText('set up already');
    await till.page.goto('about:blank');
    await till.page.goto(link);
    await expect(till.toast).toContainText('set up already');
    await till.expectPad();
  });

  test('opens with the network cut, with everything it needs', async ({ createTill }) => {
    const till = await createTill({ serviceWorkers: 'allow' });
    await till.setUp();
    await till.page.evaluate(() => navigator.serviceWorker.ready);
    await till.page.context().setOffline(true);
    await till.page.reload();
    await till.expectPad();
    await till.page.getByRole('link', { name: /Settings/ }).click();
    await expect(till.page.getByText('Set by the centre')).toBeVisible();
  });
});
