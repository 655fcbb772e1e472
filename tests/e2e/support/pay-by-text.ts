import { expect, type Page } from '@playwright/test';
import { say as sayShared } from '../../../shared/browser/i18n/say.ts';
import type { TillPage } from './till.ts';
import type { WalletPage } from './wallet.ts';

/** A slow machine takes its time to fetch all of it. */
const INSTALL_MS_MAX = 90_000;

/** From then on the app opens with no network. */
export async function expectAppOnDevice(page: Page): Promise<void> {
  const patience = { timeout: INSTALL_MS_MAX };
  await page.waitForFunction(
    async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      return navigator.serviceWorker.controller !== null || registration?.active?.state === 'activated';
    },
    undefined,
    patience,
  );
  // A page that was on its way at that very moment belongs to no service worker; the next one does.
  if (await page.evaluate(() => navigator.serviceWorker.controller === null)) await page.reload();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, patience);
}

/** Once the app is on the device: from then on its service worker opens every screen. */
export async function pullNetwork(...devices: readonly (TillPage | WalletPage)[]): Promise<void> {
  for (const { page } of devices) {
    await expectAppOnDevice(page);
    await page.context().setOffline(true);
  }
}

export async function plugIn(...devices: readonly (TillPage | WalletPage)[]): Promise<void> {
  for (const { page } of devices) await page.context().setOffline(false);
}

/** The till charges. @returns the link in its code */
export async function chargeAlone(till: TillPage, amount: string): Promise<string> {
  await till.key(amount.replace('.', ''));
  await till.button(`Charge €${amount}`).click();
  await expect(till.code).toBeVisible();
  return till.copyLink();
}

/** What the phone shows after it has signed with no network: the texts of both codes. */
export async function readConsent(wallet: WalletPage): Promise<string> {
  await expect(wallet.twinCode.locator('svg[data-shown]')).toBeVisible();
  return wallet.twinCode.evaluate(({ a, b }: HTMLElement & { a: string; b: string }) => `${a} ${b}`);
}

/** The customer consents to what the till asks for. */
export async function consentByText(wallet: WalletPage, link: string, amount: string): Promise<void> {
  await wallet.paste(link);
  await wallet.payButton(amount).click();
  await readConsent(wallet);
}

/** Into the scanner that was opened last on the phone. */
export async function pasteHere({ page }: WalletPage, text: string): Promise<void> {
  const scanner = page.locator('tandem-scanner').last();
  await scanner.getByRole('button', { name: sayShared('scanner.use-text') }).click();
  await scanner.getByLabel(sayShared('scanner.text-label')).fill(text);
  await scanner.getByRole('button', { name: sayShared('scanner.text-submit') }).click();
}

/** Gives the till both codes, as if its camera had read them. */
export async function showTill(till: TillPage, wallet: WalletPage): Promise<void> {
  await till.button('Scan customer instead').click();
  const screen = till.page.locator('pos-scan-screen');
  await expect(screen).toBeVisible();
  // A code counts for a few seconds: where the machine was slower, the phone has a newer one.
  await expect(async () => {
    if (till.page.isClosed() || !(await screen.isVisible())) return;
    await till.paste(await readConsent(wallet));
    await expect(screen).toBeHidden({ timeout: 5_000 });
  }).toPass();
}

/** A whole payment with no network on either side, without cameras: each device is given the texts of the other's codes. */
export async function payByText(till: TillPage, wallet: WalletPage, amount: string): Promise<void> {
  await consentByText(wallet, await chargeAlone(till, amount), amount);
  await showTill(till, wallet);
  await till.expectPaidAlone(amount);
}
