import type { Page } from '@playwright/test';
import { crashAt } from './support/crash-page.ts';
import { expect, test } from './support/fixtures.ts';
import { setUpTill } from './support/offline-devices.ts';
import {
  chargeAlone,
  consentByText,
  payByText,
  plugIn,
  pullNetwork,
  readConsent,
  showTill,
} from './support/pay-by-text.ts';
import { readRows } from './support/read-rows.ts';
import type { Write } from './support/stand-still.ts';
import { TillPage } from './support/till.ts';
import { WalletPage } from './support/wallet.ts';

interface Consent {
  readonly id: string;
  readonly place?: { readonly counter: number };
  readonly state: { readonly status: string };
}

const consentsOn = (page: Page) => readRows<Consent>(page, 'tandem-wallet', 'intents');

test('a wallet whose window alone ends at any point of a payment goes on where it was, and uses no place twice', async ({
  createTill,
  createWallet,
  centre,
}) => {
  let wallet = await createWallet({ serviceWorkers: 'allow' });
  const [till] = await Promise.all([setUpTill(createTill), wallet.signUp().then(() => wallet.switchOnOffline())]);
  await pullNetwork(till, wallet);

  /** The person pays, the window ends at that write, and is opened again: the browser itself has lost nothing. */
  async function crash(write: Omit<Write, 'store'>, act: () => Promise<unknown>): Promise<void> {
    const { origin, customerName } = wallet;
    wallet = new WalletPage(await crashAt(wallet, { store: 'intents', ...write }, act), origin, customerName);
    await wallet.page.goto(`${origin}/wallet/`);
  }

  const link = await chargeAlone(till, '3.00');
  await crash({ status: 'prepared', moment: 'after' }, async () => {
    await wallet.paste(link);
    await wallet.payButton('3.00').click();
  });
  // Before the passkey was asked: the sheet is there again, for the consent that has its place.
  await expect(wallet.payButton('3.00')).toBeEnabled();
  const [first] = await consentsOn(wallet.page);
  expect(first).toMatchObject({ place: { counter: 1 }, state: { status: 'prepared' } });

  // The passkey has signed, and the write was under way: it ends with the window, and nothing was given.
  await crash({ status: 'signed', moment: 'before' }, () => wallet.payButton('3.00').click());
  await expect(wallet.payButton('3.00')).toBeEnabled();
  expect(await consentsOn(wallet.page)).toEqual([first]);

  // It is on the disk, and no code was shown: now it is.
  await crash({ status: 'signed', moment: 'after' }, () => wallet.payButton('3.00').click());
  await readConsent(wallet);
  expect(await consentsOn(wallet.page)).toMatchObject([{ id: first!.id, state: { status: 'signed' } }]);
  await showTill(till, wallet);
  await till.expectPaidAlone('3.00');

  await till.startNewSale();
  await wallet.goHome();
  await payByText(till, wallet, '4.00');
  expect((await consentsOn(wallet.page)).map(({ place }) => place?.counter).toSorted()).toEqual([1, 2]);
  await plugIn(till, wallet);
  await expect.poll(() => centre.countPaid(till.facts.merchantNo)).toBe(2);
  expect((await centre.trialBalance()).faults).toEqual([]);
});

interface KeptSale {
  readonly traceKey: string;
  readonly state: { readonly status: string };
}

const salesOn = (page: Page) => readRows<KeptSale>(page, 'tandem-pos', 'sales');

test('a till whose window alone ends at any point of a sale loses none, takes none twice, and settles each once', async ({
  createTill,
  createWallet,
  centre,
}) => {
  const wallet = await createWallet({ serviceWorkers: 'allow' });
  let [till] = await Promise.all([setUpTill(createTill), wallet.signUp().then(() => wallet.switchOnOffline())]);
  await pullNetwork(till, wallet);

  /** The cashier sells, the window ends at that write, and is opened again. */
  async function crash(write: Omit<Write, 'store'>, act: () => Promise<unknown>): Promise<void> {
    till = new TillPage(await crashAt(till, { store: 'sales', ...write }, act), till.facts);
    await till.page.goto(`${centre.origin}/pos/`);
  }

  // The request is signed and kept, and its code was not shown: now it is.
  await till.key('500');
  await crash({ status: 'made', moment: 'after' }, () => till.button('Charge €5.00').click());
  await expect(till.code).toBeVisible();
  const [made] = await salesOn(till.page);
  await consentByText(wallet, await till.copyLink(), '5.00');

  // The till has decided, and the write was under way: it ends with the window. The consent is kept, and taken at the next start.
  await crash({ status: 'accepted', moment: 'before' }, () => showTill(till, wallet));
  await till.expectPaidAlone('5.00');
  expect(await salesOn(till.page)).toMatchObject([{ traceKey: made!.traceKey, state: { status: 'accepted' } }]);

  // It is on the disk, and nobody was told.
  await till.startNewSale();
  await wallet.goHome();
  await consentByText(wallet, await chargeAlone(till, '6.00'), '6.00');
  await crash({ status: 'accepted', moment: 'after' }, () => showTill(till, wallet));
  await till.button('€6.00 paid').click();
  await till.expectPaidAlone('6.00');
  expect(await readRows(till.page, 'tandem-pos', 'outbox')).toHaveLength(2);

  await plugIn(till);
  await expect.poll(() => centre.countPaid(till.facts.merchantNo)).toBe(2);
  await expect.poll(() => readRows(till.page, 'tandem-pos', 'outbox')).toEqual([]);
  expect((await salesOn(till.page)).map(({ state }) => state.status)).toEqual(['paid', 'paid']);
  expect((await centre.trialBalance()).faults).toEqual([]);
});
