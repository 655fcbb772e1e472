import { createName, expect, PHONE, TABLET, test } from './support/fixtures.ts';
import type { KeptDevice } from './support/kept-device.ts';
import { openPhone, openTill, setUpPhone, setUpTill } from './support/offline-devices.ts';
import {
  chargeAlone,
  consentByText,
  expectAppOnDevice,
  pasteHere,
  payByText,
  plugIn,
  pullNetwork,
  readConsent,
  showTill,
} from './support/pay-by-text.ts';
import { readRows } from './support/read-rows.ts';
import { killAt, type Write } from './support/stand-still.ts';
import { TillPage } from './support/till.ts';
import type { WalletPage } from './support/wallet.ts';

interface Consent {
  readonly id: string;
  readonly place?: { readonly counter: number };
  readonly state: { readonly status: string; readonly acceptance?: Uint8Array };
}

const consentsOn = ({ page }: WalletPage) => readRows<Consent>(page, 'tandem-wallet', 'intents');

test('a phone killed at any point of a payment shows the same consent again, and uses no place twice', async ({
  createTill,
  createKeptDevice,
  centre,
}) => {
  const phone = await createKeptDevice(PHONE);
  const [till, name] = await Promise.all([setUpTill(createTill), setUpPhone(phone, centre.origin)]);
  await pullNetwork(till);
  const open = () => openPhone(phone, centre.origin, name);
  let wallet = await open();

  /** The person pays, and the battery is flat at that write. */
  async function dieAt(write: Omit<Write, 'store'>, act: () => Promise<unknown>): Promise<void> {
    await killAt(phone, wallet.page, { store: 'intents', ...write }, act);
    wallet = await open();
  }

  const link = await chargeAlone(till, '3.00');
  await dieAt({ status: 'prepared', moment: 'after' }, async () => {
    await wallet.paste(link);
    await wallet.payButton('3.00').click();
  });
  // Before the passkey was asked: the sheet is there again, for the consent that has its place.
  await expect(wallet.payButton('3.00')).toBeEnabled();
  const [first] = await consentsOn(wallet);
  expect(first).toMatchObject({ place: { counter: 1 }, state: { status: 'prepared' } });

  // The passkey has signed, and it is not on the disk: nothing was given.
  await dieAt({ status: 'signed', moment: 'before' }, () => wallet.payButton('3.00').click());
  await expect(wallet.payButton('3.00')).toBeEnabled();
  expect(await consentsOn(wallet)).toEqual([first]);

  // It is on the disk, and no code was shown: now it is.
  await dieAt({ status: 'signed', moment: 'after' }, () => wallet.payButton('3.00').click());
  await readConsent(wallet);
  await phone.kill();
  wallet = await open();
  await readConsent(wallet);
  expect(await consentsOn(wallet)).toMatchObject([{ id: first!.id, state: { status: 'signed' } }]);
  await showTill(till, wallet);
  await till.expectPaidAlone('3.00');

  const answer = await till.outcome
    .locator('tandem-code')
    .evaluate((code: HTMLElement & { text: string }) => code.text);
  await dieAt({ status: 'signed', moment: 'after' }, async () => {
    await wallet.button('Scan the till’s code').click();
    await pasteHere(wallet, answer);
  });
  expect((await consentsOn(wallet))[0]!.state.acceptance).toBeDefined();
  await expect(wallet.outcome).toContainText('Paid – without network');
  await wallet.button('Done').click();

  await till.startNewSale();
  await payByText(till, wallet, '4.00');
  const consents = await consentsOn(wallet);
  expect(consents.map(({ place }) => place?.counter).toSorted()).toEqual([1, 2]);

  await plugIn(till, wallet);
  await expect.poll(() => centre.countPaid(till.facts.merchantNo)).toBe(2);
  await expect(async () => {
    await wallet.page.goto(`${centre.origin}/wallet/`);
    await expect(wallet.page.locator('wallet-card-face').first()).toContainText('€43.00', { timeout: 5_000 });
  }).toPass();
  expect((await centre.trialBalance()).faults).toEqual([]);
});

interface KeptSale {
  readonly traceKey: string;
  readonly state: { readonly status: string; readonly acceptance?: Uint8Array };
}

const salesOn = ({ page }: TillPage) => readRows<KeptSale>(page, 'tandem-pos', 'sales');

test('a till killed at any point of a sale loses none, takes none twice, and hands in the rest of its outbox', async ({
  createWallet,
  createKeptDevice,
  centre,
}) => {
  const device: KeptDevice = await createKeptDevice(TABLET);
  const facts = await centre.createTill();
  const wallet = await createWallet({ serviceWorkers: 'allow', customerName: createName() });
  await Promise.all([
    (async () => {
      const fresh = new TillPage(await device.start(), facts);
      await fresh.setUp();
      await fresh.agreeToOffline();
      await expectAppOnDevice(fresh.page);
      await device.stop();
    })(),
    (async () => {
      await wallet.signUp();
      await expectAppOnDevice(wallet.page);
      await wallet.switchOnOffline();
    })(),
  ]);
  await pullNetwork(wallet);
  const open = (write?: Write) => openTill(device, centre.origin, facts, write);
  let { till } = await open();

  const dieAt = (write: Omit<Write, 'store'>, act: () => Promise<unknown>) =>
    killAt(device, till.page, { store: 'sales', ...write }, act);

  // The request is signed and kept, and its code was not shown: now it is.
  await till.key('500');
  await dieAt({ status: 'made', moment: 'after' }, () => till.button('Charge €5.00').click());
  ({ till } = await open());
  await expect(till.code).toBeVisible();
  await consentByText(wallet, await till.copyLink(), '5.00');

  // The till has decided, and it is not on the disk: nothing was accepted yet.
  await dieAt({ status: 'accepted', moment: 'before' }, () => showTill(till, wallet));
  // It is taken at the next start, and killed again before anyone was told.
  const second = await open({ store: 'sales', status: 'accepted', moment: 'after' });
  await second.isStanding();
  await device.kill();
  ({ till } = await open());
  await till.button('€5.00 paid').click();
  await till.expectPaidAlone('5.00');
  const [sale, ...others] = await salesOn(till);
  expect(others).toEqual([]);
  expect(sale).toMatchObject({ state: { status: 'accepted' } });
  expect(await readRows(till.page, 'tandem-pos', 'outbox')).toHaveLength(1);

  for (const amount of ['6.00', '7.00']) {
    await till.startNewSale();
    await wallet.goHome();
    await payByText(till, wallet, amount);
  }
  await till.startNewSale();

  // One is settled, the others are on their way.
  await dieAt({ status: 'paid', moment: 'after' }, () => plugIn(till));
  ({ till } = await open());
  expect((await readRows(till.page, 'tandem-pos', 'outbox')).length).toBeGreaterThan(0);
  await plugIn(till);
  await expect.poll(() => centre.countPaid(facts.merchantNo)).toBe(3);
  await till.page.getByRole('link', { name: 'Payments of the day' }).click();
  await expect(till.page.getByText('Agrees with the centre')).toBeVisible();
  await expect.poll(() => readRows(till.page, 'tandem-pos', 'outbox')).toEqual([]);
  expect((await salesOn(till)).map(({ state }) => state.status)).toEqual(['paid', 'paid', 'paid']);
  expect((await centre.trialBalance()).faults).toEqual([]);
});
