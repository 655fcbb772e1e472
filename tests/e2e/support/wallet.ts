import { expect, type Locator, type Page } from '@playwright/test';
import { say as sayShared } from '../../../shared/browser/i18n/say.ts';
import { sayReceipt } from '../../../wallet-pwa/history/receipt-texts.ts';
import { sayOffline } from '../../../wallet-pwa/offline/offline-texts.ts';
import { say } from '../../../wallet-pwa/texts.ts';
import { type Lens, showToCamera } from './camera.ts';
import type { Device } from './device.ts';
import { expectAppOnDevice } from './pay-by-text.ts';
import { readFacts } from './read-facts.ts';
import type { VirtualAuthenticator } from './virtual-authenticator.ts';

/** A wallet as a customer meets it: by what is written on the screen, in whatever words the app has for it now. */
export class WalletPage {
  readonly page: Page;
  readonly authenticator: VirtualAuthenticator;
  readonly origin: string;
  readonly customerName: string;
  /** The sheet on which the person consents. */
  readonly consent: Locator;
  /** The two codes that a shop scans, in turn on one spot. */
  readonly twinCode: Locator;
  /** The sheet that says why a code cannot be paid. */
  readonly rejection: Locator;
  readonly outcome: Locator;

  constructor({ page, authenticator }: Device, origin: string, customerName: string) {
    this.page = page;
    this.authenticator = authenticator;
    this.origin = origin;
    this.customerName = customerName;
    this.consent = page.locator('wallet-consent');
    this.twinCode = page.locator('tandem-twin-code');
    this.rejection = page.locator('tandem-sheet').filter({ has: page.locator('.rejected') });
    this.outcome = page.locator('tandem-outcome');
  }

  /** From the address to the first card: a name and a passkey. */
  async signUp(): Promise<void> {
    await this.page.goto(`${this.origin}/wallet/`);
    await this.register();
    await expect(this.scanButton).toBeVisible();
  }

  async register(): Promise<void> {
    await this.page.getByLabel(say('welcome.name')).fill(this.customerName);
    await this.button(say('welcome.create')).click();
  }

  /** From the first screen; where the scanner is open already, it stays. */
  async openScanner(): Promise<void> {
    const scanner = this.page.locator('tandem-scanner');
    await expect(this.scanButton.or(scanner)).toBeVisible();
    if (!(await scanner.isVisible())) await this.scanButton.click();
    await expect(scanner).toBeVisible();
  }

  /** Holds the phone before a screen, until it has read the code there. */
  async scan(picture: Buffer, lens: Lens = {}): Promise<void> {
    await this.openScanner();
    await showToCamera(this.page, picture, lens);
  }

  async pickScreen(picture: Buffer): Promise<void> {
    await this.openScanner();
    await this.button(sayShared('scanner.use-screen')).click();
    await showToCamera(this.page, picture, { rotation: 0, perspective: 0, blur: 0, fill: 1 });
  }

  async choosePicture(picture: Buffer): Promise<void> {
    await this.openScanner();
    const choosing = this.page.waitForEvent('filechooser');
    await this.button(sayShared('scanner.use-image')).click();
    await (await choosing).setFiles({ name: 'till.png', mimeType: 'image/png', buffer: picture });
  }

  async paste(text: string): Promise<void> {
    await this.openScanner();
    // A link on the clipboard would be opened by itself.
    await this.page.evaluate(() => navigator.clipboard.writeText(' '));
    const field = this.page.getByLabel(sayShared('scanner.text-label'));
    if (!(await field.isVisible())) await this.button(sayShared('scanner.use-text')).click();
    await field.fill(text);
    await this.button(sayShared('scanner.text-submit')).click();
  }

  /** The text is on the clipboard already: one tap. */
  async pasteCopied(text: string): Promise<void> {
    await this.openScanner();
    await this.page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await this.button(sayShared('scanner.use-text')).click();
  }

  /** From the first screen to the code that the shop scans. @param more how often the amount is raised by a step */
  async showCode({ more = 0 } = {}): Promise<void> {
    await this.page.getByRole('link', { name: say('home.show') }).click();
    for (let step = 0; step < more; step += 1) await this.button(say('code.more')).click();
    await this.button(say('code.show')).click();
    await expect(this.twinCode.locator('svg[data-shown]')).toBeVisible();
  }

  async expectConsent(shopName: string, amount: string): Promise<void> {
    await expect(this.consent.getByRole('dialog', { name: say('pay.heading') })).toBeVisible();
    await expect(this.consent.getByRole('heading', { name: shopName })).toBeVisible();
    await expect(this.payButton(amount)).toBeEnabled();
  }

  payButton(amount: string): Locator {
    return this.consent.getByRole('button', { name: say('pay.confirm', { amount: `€${amount}` }) });
  }

  async expectPaid(amount: string): Promise<void> {
    await expect(this.outcome.getByRole('heading', { name: 'Paid', exact: true })).toBeVisible();
    await expect(this.outcome).toContainText(`€${amount}`);
  }

  async expectNotPaid(words: string): Promise<void> {
    await expect(this.outcome.getByRole('heading', { name: 'Not paid', exact: true })).toBeVisible();
    await expect(this.outcome).toContainText(words);
    await expect(this.outcome).toContainText(say('outcome.no-money-taken'));
  }

  async expectRejected(words: string): Promise<void> {
    await expect(this.rejection.getByRole('dialog')).toBeVisible();
    await expect(this.rejection).toContainText(words);
    await expect(this.rejection).toContainText(say('outcome.no-money-taken'));
  }

  /** From the outcome. @returns what the receipt says, by the names it has in the wallet */
  async openReceipt(): Promise<Record<string, string>> {
    await this.button(say('outcome.receipt')).click();
    const receipt = this.page.locator('wallet-receipt');
    await expect(receipt.getByText(sayReceipt('receipt.verified', { programme: 'Demo Canteen' }))).toBeVisible();
    await receipt.getByText(sayReceipt('receipt.all')).click();
    return readFacts(receipt);
  }

  /** Agrees to who bears which loss, and shows that the phone signs with no network: then money is set aside. */
  async switchOnOffline(): Promise<void> {
    await this.page.goto(`${this.origin}/wallet/without-network`);
    await expectAppOnDevice(this.page);
    await this.button(sayOffline('offline.agree')).click();
    // Nobody turns it off before the app asks for it.
    await expect(this.page.getByText(sayOffline('offline.unplug'))).toBeVisible();
    await this.page.context().setOffline(true);
    await this.button(sayOffline('offline.confirm')).click();
    await expect(this.page.getByText(sayOffline('offline.signed'))).toBeVisible();
    await this.page.context().setOffline(false);
    await expect(this.page.getByText(sayOffline('offline.is-on'))).toBeVisible();
    await this.page.getByRole('link', { name: say('app.back') }).click();
    await expect(this.scanButton).toBeVisible();
  }

  async expectBalance(amount: string): Promise<void> {
    await expect(this.page.locator('wallet-card-face').first()).toContainText(`€${amount}`);
  }

  async goHome(): Promise<void> {
    await this.button(say('outcome.done')).click();
    await expect(this.scanButton).toBeVisible();
  }

  get scanButton(): Locator {
    return this.page.getByRole('link', { name: say('home.scan') });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name });
  }
}
