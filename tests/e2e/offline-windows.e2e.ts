import type { Page } from '@playwright/test';
import { installCamera } from './support/camera.ts';
import { expect, PHONE, test } from './support/fixtures.ts';
import { setUpTill } from './support/offline-devices.ts';
import { chargeAlone, plugIn, pullNetwork, readConsent, showTill } from './support/pay-by-text.ts';
import { readRows } from './support/read-rows.ts';
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

/** The next thing that a window signs with the device's key takes long. @returns waits until it is at it, and lets it go on */
async function holdSignature(page: Page): Promise<{ untilHeld(): Promise<unknown>; release(): Promise<void> }> {
  const held = await page.evaluateHandle(() => {
    const sign = SubtleCrypto.prototype.sign;
    const hold = { isHeld: false, release: () => {} };
    const released = new Promise<void>((resolve) => {
      hold.release = resolve;
    });
    SubtleCrypto.prototype.sign = async function (...parts) {
      hold.isHeld = true;
      await released;
      return sign.apply(this, parts);
    };
    return hold;
  });
  return {
    untilHeld: () => page.waitForFunction((hold) => hold.isHeld, held),
    release: () => held.evaluate((hold) => hold.release()),
  };
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
  const signature = await holdSignature(wallet.page);
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
