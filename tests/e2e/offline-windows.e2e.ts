import { messageFor } from '../../shared/browser/i18n/message-for.ts';
import { Acceptance } from '../../shared/protocol/documents/acceptance.ts';
import { Authorisation } from '../../shared/protocol/documents/authorisation.ts';
import { installCamera } from './support/camera.ts';
import { expect, PHONE, TABLET, test } from './support/fixtures.ts';
import { holdSignature } from './support/hold-signature.ts';
import { setUpTill } from './support/offline-devices.ts';
import { chargeAlone, consentByText, plugIn, pullNetwork, readConsent, showTill } from './support/pay-by-text.ts';
import { readRows } from './support/read-rows.ts';
import { TillPage } from './support/till.ts';
import { addVirtualAuthenticator } from './support/virtual-authenticator.ts';
import { WalletPage } from './support/wallet.ts';

interface Consent {
  readonly place: { readonly counter: number };
  readonly state: { readonly status: string };
}

const consentsOn = ({ page }: WalletPage) => readRows<Consent>(page, 'tandem-wallet', 'intents');

/** Another window of the same wallet, on the same phone. */
async function openWindow(wallet: WalletPage): Promise<WalletPage> {
  const page = await wallet.page.context().newPage();
  await page.setViewportSize(PHONE);
  await installCamera(page);
  const authenticator = await addVirtualAuthenticator(page, await wallet.authenticator.exportPasskeys());
  await page.goto(`${wallet.origin}/wallet/`);
  return new WalletPage({ page, authenticator }, wallet.origin, wallet.customerName);
}

test('two windows of one wallet that pay at once never use a place twice', async ({
  createTill,
  createWallet,
  centre,
}) => {
  const wallet = await createWallet({ serviceWorkers: 'allow' });
  const [here, there] = await Promise.all([
    setUpTill(createTill),
    setUpTill(createTill),
    wallet.signUp().then(() => wallet.switchOnOffline()),
  ]);
  const other = await openWindow(wallet);
  await pullNetwork(here, there, wallet);
  // One after the other: the tills share a clipboard.
  await wallet.paste(await chargeAlone(here, '3.00'));
  await other.paste(await chargeAlone(there, '4.00'));

  // This window is on its way to the first place when the other one takes it, and is paid by it.
  const signature = await holdSignature(wallet.page, Authorisation.type);
  await wallet.payButton('3.00').click();
  await signature.untilHeld();
  await other.payButton('4.00').click();
  await readConsent(other);
  await signature.release();
  await readConsent(wallet);
  const consents = (await consentsOn(wallet)).map(({ place, state }) => `${place.counter} ${state.status}`);
  expect(consents.toSorted()).toEqual(['1 signed', '2 signed']);

  await showTill(there, other);
  await there.expectPaidAlone('4.00');
  await showTill(here, wallet);
  await here.expectPaidAlone('3.00');
  await plugIn(here, there, wallet);
  for (const { facts } of [here, there]) await expect.poll(() => centre.countPaid(facts.merchantNo)).toBe(1);
  const { accountNumber } = await centre.findAccount(wallet.customerName);
  expect(await centre.doubleSpends(accountNumber)).toEqual([]);
  expect((await centre.trialBalance()).faults).toEqual([]);
});

interface KeptSale {
  readonly voucherNo: number;
  readonly state: { readonly status: string };
}

test('two windows of one till that sell at once never both take the last of what it may take alone', async ({
  startCentre,
  createTill,
  createWallet,
}) => {
  const centre = await startCentre();
  await centre.setOffline({ tillTotalMinor: 1_000, tillPerAllowanceMinor: 1_000 });
  const [mine, yours] = [
    await createWallet({ centre, serviceWorkers: 'allow' }),
    await createWallet({ centre, serviceWorkers: 'allow' }),
  ];
  const [till] = await Promise.all([
    setUpTill((options) => createTill({ ...options, centre })),
    ...[mine, yours].map((wallet) => wallet.signUp().then(() => wallet.switchOnOffline())),
  ]);
  const page = await till.page.context().newPage();
  await page.setViewportSize(TABLET);
  await page.goto(`${centre.origin}/pos/`);
  const other = new TillPage({ page, authenticator: till.authenticator }, till.facts);
  await other.expectPad();
  await pullNetwork(till, mine, yours);
  await consentByText(mine, await chargeAlone(till, '6.00'), '6.00');
  await consentByText(yours, await chargeAlone(other, '7.00'), '7.00');

  // This window has decided to take it, by what was left then; the other one takes most of that first.
  const signature = await holdSignature(till.page, Acceptance.type);
  await showTill(till, mine);
  await signature.untilHeld();
  await showTill(other, yours);
  await other.expectPaidAlone('7.00');
  await signature.release();
  const words = messageFor('till_limit_reached').text;
  await expect(till.page.getByText(words).first()).toBeVisible();
  const sales = await readRows<KeptSale>(page, 'tandem-pos', 'sales');
  expect(sales.map(({ voucherNo, state }) => `${voucherNo} ${state.status}`)).toEqual(['1 charging', '2 accepted']);

  // With a network the first one is handed in as well: nothing was lost by it.
  await plugIn(till);
  await expect.poll(() => centre.countPaid(till.facts.merchantNo)).toBe(2);
  await till.expectPaid('6.00');
  expect((await centre.trialBalance()).faults).toEqual([]);
});
