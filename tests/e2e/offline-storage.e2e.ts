import { clearSiteData, evictStorage } from './support/clear-site-data.ts';
import { expect, test } from './support/fixtures.ts';
import { goOffline } from './support/offline-devices.ts';
import {
  chargeAlone,
  consentByText,
  expectAppOnDevice,
  payByText,
  plugIn,
  pullNetwork,
  readConsent,
  showTill,
} from './support/pay-by-text.ts';
import { readRows } from './support/read-rows.ts';
import { SmallDisk } from './support/small-disk.ts';
import { interruptAt } from './support/stand-still.ts';
import type { TillPage } from './support/till.ts';
import type { WalletPage } from './support/wallet.ts';

interface Kept {
  readonly id: string;
  readonly place?: { readonly counter: number };
  readonly state: { readonly status: string };
}

const consentsOn = ({ page }: WalletPage) => readRows<Kept>(page, 'tandem-wallet', 'intents');
const salesOn = ({ page }: TillPage) => readRows<Kept>(page, 'tandem-pos', 'sales');
const outboxOf = ({ page }: TillPage) => readRows(page, 'tandem-pos', 'outbox');

const INSTALLED = { serviceWorkers: 'allow' } as const;

/** What both apps say of a disk that is full. */
const FULL = 'This device could not save it.';

test('a till whose disk is full gives nothing away, says so, and takes the same consent as soon as there is room', async ({
  createTill,
  createWallet,
  centre,
}) => {
  const [till, wallet] = [await createTill(INSTALLED), await createWallet(INSTALLED)];
  const disk = await SmallDisk.create(till.page, centre.origin);
  await goOffline(till, wallet);

  // No number is used for a request that could not be kept, and no code of it is shown.
  await disk.fill();
  await till.key('800');
  await till.button('Charge €8.00').click();
  await expect(till.page.getByText(FULL)).toBeVisible();
  expect(await salesOn(till)).toEqual([]);
  await disk.makeRoom();
  await till.button('Charge €8.00').click();
  await expect(till.code).toBeVisible();
  await consentByText(wallet, await till.copyLink(), '8.00');

  // What was scanned cannot be kept: the phone has it still.
  await disk.fill();
  await till.button('Scan customer instead').click();
  await expect(async () => {
    await till.paste(await readConsent(wallet));
    await expect(till.page.getByText(FULL)).toBeVisible({ timeout: 5_000 });
  }).toPass();
  expect(await salesOn(till)).toMatchObject([{ state: { status: 'made' } }]);

  // It is kept, and the disk is full in the moment in which it is accepted: then it is not.
  await disk.makeRoom();
  const accepting = { store: 'sales', status: 'accepted', moment: 'before' } as const;
  const scan = async () => till.paste(await readConsent(wallet));
  await interruptAt(till.page, accepting, scan, () => disk.fill());
  await expect(till.outcome).toContainText(FULL);
  await expect(till.outcome.getByRole('heading', { name: 'Paid', exact: true })).toBeHidden();
  expect(await salesOn(till)).toMatchObject([{ state: { status: 'charging' } }]);
  expect(await outboxOf(till)).toEqual([]);

  await disk.makeRoom();
  await till.expectPaidAlone('8.00');
  expect(await salesOn(till)).toMatchObject([{ state: { status: 'accepted' } }]);
  expect(await outboxOf(till)).toHaveLength(1);
  await plugIn(till);
  await expect.poll(() => centre.countPaid(till.facts.merchantNo)).toBe(1);
  expect((await centre.trialBalance()).faults).toEqual([]);
});

test('a phone whose disk is full gives nothing away, says so, and signs in the same place as soon as there is room', async ({
  createTill,
  createWallet,
  centre,
}) => {
  const [till, wallet] = [await createTill(INSTALLED), await createWallet(INSTALLED)];
  const disk = await SmallDisk.create(wallet.page, centre.origin);
  await goOffline(till, wallet);

  // No place is taken, and the passkey is not asked.
  await wallet.paste(await chargeAlone(till, '8.00'));
  await expect(wallet.payButton('8.00')).toBeEnabled();
  await disk.fill();
  await wallet.payButton('8.00').click();
  await expect(wallet.consent).toContainText(FULL);
  expect(await consentsOn(wallet)).toEqual([]);

  // The passkey has signed, and the disk is full in the moment in which that is kept: it was not given.
  await disk.makeRoom();
  const signing = { store: 'intents', status: 'signed', moment: 'before' } as const;
  const confirm = () => wallet.payButton('8.00').click();
  await interruptAt(wallet.page, signing, confirm, () => disk.fill());
  await expect(wallet.consent).toContainText(FULL);
  await expect(wallet.twinCode).toBeHidden();
  const [prepared] = await consentsOn(wallet);
  expect(prepared).toMatchObject({ place: { counter: 1 }, state: { status: 'prepared' } });

  await disk.makeRoom();
  await wallet.payButton('8.00').click();
  await readConsent(wallet);
  expect(await consentsOn(wallet)).toMatchObject([{ id: prepared!.id, state: { status: 'signed' } }]);
  await showTill(till, wallet);
  await till.expectPaidAlone('8.00');
  await till.startNewSale();
  await wallet.goHome();
  await payByText(till, wallet, '4.00');
  const places = (await consentsOn(wallet)).map(({ place }) => place?.counter);
  expect(places.toSorted()).toEqual([1, 2]);

  await plugIn(till, wallet);
  await expect.poll(() => centre.countPaid(till.facts.merchantNo)).toBe(2);
  expect((await centre.trialBalance()).faults).toEqual([]);
});

test('a phone whose site data was cleared signs in again, says what is set aside still, and what it gave is paid', async ({
  createTill,
  createWallet,
  centre,
}) => {
  const [till, wallet] = [await createTill(INSTALLED), await createWallet(INSTALLED)];
  await goOffline(till, wallet);
  await payByText(till, wallet, '8.00');
  await till.startNewSale();

  // The window is open still, and begins anew by itself as soon as it can be loaded.
  await clearSiteData(wallet.page, centre.origin);
  await plugIn(wallet);
  await wallet.button('I have a wallet already').click();
  await wallet.page.getByRole('link', { name: 'Back' }).click();
  await wallet.expectBalance('25.00');
  await expect(wallet.page.getByText('€25.00 is set aside on another phone, or was on this one')).toBeVisible();
  await expect(wallet.page.getByText('Money added')).toBeVisible();
  expect(await consentsOn(wallet)).toEqual([]);

  await plugIn(till);
  await expect.poll(() => centre.countPaid(till.facts.merchantNo)).toBe(1);
  await wallet.page.reload();
  await expect(wallet.page.getByText('€17.00 is set aside on another phone')).toBeVisible();
  await expect(wallet.page.getByText(till.facts.shopName)).toBeVisible();
  await wallet.expectBalance('25.00');

  // What is set aside from now on is another chain.
  await expectAppOnDevice(wallet.page);
  await wallet.switchOnOffline();
  await pullNetwork(till, wallet);
  await payByText(till, wallet, '4.00');
  await plugIn(till);
  await expect.poll(() => centre.countPaid(till.facts.merchantNo)).toBe(2);
  expect(await centre.findAccount(wallet.customerName)).toMatchObject({ status: 'open' });
  expect((await centre.trialBalance()).faults).toEqual([]);
});

test('a phone whose storage the browser evicts under an open window forgets its wallet, and begins no chain anew', async ({
  createTill,
  createWallet,
  centre,
}) => {
  const [till, wallet] = [await createTill(INSTALLED), await createWallet(INSTALLED)];
  await goOffline(till, wallet);
  await payByText(till, wallet, '8.00');
  // Its session goes on, and its keys are in the window's memory: a sync would bring the very allowance it has spent from.
  await evictStorage(wallet.page, centre.origin);
  await plugIn(wallet);
  await expect(wallet.button('I have a wallet already')).toBeVisible();
  expect(await readRows(wallet.page, 'tandem-wallet', 'chains')).toEqual([]);
});

test('a till whose site data was cleared is set up again, and told what customers’ phones have handed in for it', async ({
  createTill,
  createWallet,
  centre,
}) => {
  const [till, wallet] = [await createTill(INSTALLED), await createWallet(INSTALLED)];
  await goOffline(till, wallet);
  await payByText(till, wallet, '6.00');
  await till.startNewSale();
  await wallet.goHome();
  await payByText(till, wallet, '7.00');
  expect(await outboxOf(till)).toHaveLength(2);

  await clearSiteData(till.page, centre.origin);
  await plugIn(wallet);
  await expect.poll(() => centre.countPaid(till.facts.merchantNo)).toBe(2);

  // The window is open still, and begins anew; the cashier's passkey is the device's.
  await plugIn(till);
  await expect(till.page.getByRole('heading', { name: 'Set up this till' })).toBeVisible();
  await till.page.goto(await centre.createActivationLink(till.facts.terminalId));
  await till.button('Set up this till').click();
  await till.button(till.facts.operatorName).click();
  await till.expectPad();
  await till.page.getByRole('link', { name: 'Payments of the day' }).click();
  const carried = till.page.locator('section', { hasText: 'Handed in by customers’ phones' });
  await expect(carried).toContainText('€6.00');
  await expect(carried).toContainText('€7.00');
  await expect(till.page.getByText('Agrees with the centre')).toBeVisible();

  // No number of before is used again.
  await till.page.getByRole('link', { name: 'Key an amount' }).click();
  await till.charge('3.00');
  await wallet.goHome();
  await wallet.paste(await till.copyLink());
  await wallet.payButton('3.00').click();
  await till.expectPaid('3.00');
  expect(await centre.countPaid(till.facts.merchantNo)).toBe(3);
  expect((await centre.trialBalance()).faults).toEqual([]);
});
