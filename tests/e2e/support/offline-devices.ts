import { expect } from '@playwright/test';
import type { NewTill } from './centre.ts';
import { createName } from './fixtures.ts';
import type { KeptDevice } from './kept-device.ts';
import { pullNetwork } from './pay-by-text.ts';
import { standStillAt, type Write } from './stand-still.ts';
import { TillPage } from './till.ts';
import { WalletPage } from './wallet.ts';

/** A phone that can pay with no network, switched off. @returns its owner */
export async function setUpPhone(device: KeptDevice, origin: string): Promise<string> {
  const name = createName();
  const wallet = new WalletPage(await device.start(), origin, name);
  await wallet.signUp();
  await wallet.switchOnOffline();
  await device.stop();
  return name;
}

/** The phone is switched on where there is no network. */
export async function openPhone(device: KeptDevice, origin: string, name: string): Promise<WalletPage> {
  const wallet = new WalletPage(await device.start({ isOffline: true }), origin, name);
  await wallet.page.goto(`${origin}/wallet/`);
  await expect(wallet.page.locator('wallet-card-face').first()).toBeAttached();
  return wallet;
}

/** A till whose shop has agreed to sell with no network. */
export async function setUpTill(
  createTill: (options: { serviceWorkers: 'allow' }) => Promise<TillPage>,
): Promise<TillPage> {
  const till = await createTill({ serviceWorkers: 'allow' });
  await till.setUp();
  await till.agreeToOffline();
  return till;
}

/** Both agree to what the loss of either costs, have all of their app, and then no network. */
export async function goOffline(till: TillPage, wallet: WalletPage): Promise<void> {
  await Promise.all([
    till.setUp().then(() => till.agreeToOffline()),
    wallet.signUp().then(() => wallet.switchOnOffline()),
  ]);
  await pullNetwork(till, wallet);
}

/** The till is switched on where there is no network. @param write at which it stands still */
export async function openTill(device: KeptDevice, origin: string, facts: NewTill, write?: Write) {
  const till = new TillPage(await device.start({ isOffline: true }), facts);
  const isStanding = write && (await standStillAt(till.page, write));
  const loaded = till.page.goto(`${origin}/pos/`, { waitUntil: 'commit' });
  if (!isStanding) await loaded;
  return { till, isStanding: isStanding ?? (async () => undefined) };
}
