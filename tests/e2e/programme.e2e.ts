import { say as sayTill } from '../../pos-pwa/say.ts';
import { showToCamera } from './support/camera.ts';
import type { NewTill } from './support/centre.ts';
import { ConsolePage } from './support/console.ts';
import { expect, PHONE, TABLET, test } from './support/fixtures.ts';
import { TillPage } from './support/till.ts';
import { WalletPage } from './support/wallet.ts';

/** A shop's name may be anything; it is never more than a name. */
const UGLY_NAME = '<script>alert(1)</script>';

test('a programme begins with nothing: console claimed, till activated off its screen, money on a card, first payment', async ({
  startCentre,
  openDevice,
}) => {
  test.setTimeout(300_000);
  const centre = await startCentre({ isUnclaimed: true });
  const [desk, tablet, phone] = [
    await openDevice({ viewport: TABLET }),
    await openDevice({ viewport: TABLET }),
    await openDevice({ viewport: PHONE }),
  ];
  const alerts: string[] = [];
  for (const { page } of [desk, tablet, phone]) {
    page.on('dialog', (dialog) => {
      alerts.push(dialog.message());
      void dialog.dismiss();
    });
  }
  const console = new ConsolePage(desk.page, centre);
  await claim(console);
  const facts = await openShop(console);

  const code = console.page.getByRole('img', { name: /code/i });
  const till = new TillPage(tablet, facts);
  await till.page.goto(`${centre.origin}/pos/`);
  await till.button(sayTill('activation.scan')).click();
  await showToCamera(till.page, await code.screenshot(), { rotation: -6, perspective: 0.1 });
  await till.button('Alex').click();
  await till.button(sayTill('operators.enrol')).click();
  await till.expectPad();
  await expect(console.page.getByText('The till is activated.')).toBeVisible();

  const wallet = new WalletPage(phone, centre.origin, 'Sam');
  await wallet.signUp();
  await wallet.expectBalance('0.00');
  await console.goTo('Accounts');
  await console.row('Sam').getByRole('link').click();
  await console.fill({ Amount: '20' });
  await console.press('Top up');
  await expect(console.row('Top-up')).toContainText('20.00');

  await till.charge('4.20');
  await wallet.page.goto(await till.copyLink());
  await wallet.expectConsent(UGLY_NAME, '4.20');
  await expect(wallet.consent).toContainText('Served by cashier 07');
  await wallet.payButton('4.20').click();
  await wallet.expectPaid('4.20');
  await till.expectPaid('4.20');
  await expect(wallet.outcome).toContainText('€15.80 left');

  await console.expectBooksBalance();
  await expect(console.row(facts.terminalId)).toContainText('Paid');
  await expect(console.row(facts.terminalId)).toContainText(UGLY_NAME);
  expect(alerts).toEqual([]);
});

async function claim(console: ConsolePage): Promise<void> {
  const { page, centre } = console;
  await page.goto(centre.origin);
  await page.getByRole('link', { name: 'Set up the programme' }).click();
  await console.fill({
    'Setup code': centre.server.setupCode,
    Name: 'Campus card',
    'Short name': 'campus-card',
    Institution: 'Campus',
    'Your name': 'Robin',
  });
  await console.press('Register a passkey and begin');
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Next: add a shop' })).toBeVisible();
}

/** A shop with a cashier and a till; ends at the page that shows the till's activation code. */
async function openShop(console: ConsolePage): Promise<NewTill> {
  const { page } = console;
  await console.goTo('Merchants');
  await console.fill({ 'Name of the shop': UGLY_NAME });
  await console.press('Add the merchant');
  await expect(page.getByRole('heading', { name: UGLY_NAME })).toBeVisible();
  const merchantNo = lastPlace(page.url());
  await console.fill({ 'Operator no.': '07', Name: 'Alex' });
  await console.press('Add the cashier');
  await console.press('Add the till');
  await expect(page.getByRole('heading', { name: /^Till / })).toBeVisible();
  const terminalId = lastPlace(page.url());
  await console.press('Make an activation code');
  const activationLink = await page.getByRole('link', { name: /#activate=/ }).textContent();
  return { shopName: UGLY_NAME, operatorName: 'Alex', merchantNo, terminalId, activationLink: activationLink! };
}

function lastPlace(url: string): string {
  return new URL(url).pathname.split('/').at(-1)!;
}
