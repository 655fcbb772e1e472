import { expect, type Locator, type Page } from '@playwright/test';
import { say } from '../../../pos-pwa/say.ts';
import { say as sayShared } from '../../../shared/browser/i18n/say.ts';
import type { NewTill } from './centre.ts';
import type { Device } from './device.ts';
import { readFacts } from './read-facts.ts';
import type { VirtualAuthenticator } from './virtual-authenticator.ts';

const AROUND_THE_CODE_PX = 32;

/** A till as a cashier meets it: by what is written on the screen, in whatever words the app has for it now. */
export class TillPage {
  readonly page: Page;
  readonly authenticator: VirtualAuthenticator;
  readonly facts: NewTill;
  readonly code: Locator;
  readonly status: Locator;
  readonly outcome: Locator;
  readonly toast: Locator;
  /** Where the customer is scanned: what it says of how far it has come. */
  readonly scanStatus: Locator;

  constructor({ page, authenticator }: Device, facts: NewTill) {
    this.page = page;
    this.authenticator = authenticator;
    this.facts = facts;
    this.code = page.getByRole('img', { name: say('code.label', { amount: '' }) });
    this.status = page.locator('pos-code-screen').getByRole('status');
    this.outcome = page.locator('tandem-outcome');
    this.scanStatus = page.locator('pos-scan-screen').getByRole('status').first();
    this.toast = page.locator('tandem-toast');
  }

  /** From the activation link to the pad: activated, and the cashier signed in with a passkey just made. */
  async setUp(): Promise<void> {
    await this.page.goto(this.facts.activationLink);
    await this.button(say('activation.submit')).click();
    await this.button(this.facts.operatorName).click();
    await this.button(say('operators.enrol')).click();
    await this.expectPad();
  }

  async expectPad(): Promise<void> {
    await expect(this.page.getByRole('heading', { name: say('pad.title') })).toBeVisible();
  }

  /** @param amount as it is keyed, without the point: `1250` */
  async key(amount: string): Promise<void> {
    for (const digit of amount) await this.page.getByRole('button', { name: digit, exact: true }).click();
  }

  /** Keys the amount, charges, and waits until the centre has the request. @param amount `12.50` */
  async charge(amount: string): Promise<void> {
    await this.key(amount.replace('.', ''));
    await this.button(say('pad.charge-amount', { amount: `€${amount}` })).click();
    await expect(this.code).toBeVisible();
    await expect(this.status).toContainText(say('code.waiting'));
  }

  /** From the pad, with or without an amount keyed. */
  async scanCustomer(): Promise<void> {
    await this.button(say('pad.scan')).click();
    await expect(this.page.locator('tandem-scanner')).toBeVisible();
  }

  /** Into the scan screen: what somebody sent as text. */
  async paste(text: string): Promise<void> {
    const field = this.page.getByLabel(sayShared('scanner.text-label'));
    if (!(await field.isVisible())) await this.button(sayShared('scanner.use-text')).click();
    await field.fill(text);
    await this.button(sayShared('scanner.text-submit')).click();
  }

  /** What a phone sees that is held before the code: the code, its frame and a little of what is around. */
  async pictureOfCode(): Promise<Buffer> {
    const plate = (await this.page.locator('pos-code-screen .plate').boundingBox())!;
    const { width, height } = this.page.viewportSize()!;
    const left = Math.max(0, plate.x - AROUND_THE_CODE_PX);
    const top = Math.max(0, plate.y - AROUND_THE_CODE_PX);
    const right = Math.min(width, plate.x + plate.width + AROUND_THE_CODE_PX);
    const bottom = Math.min(height, plate.y + plate.height + AROUND_THE_CODE_PX);
    return this.page.screenshot({ clip: { x: left, y: top, width: right - left, height: bottom - top } });
  }

  pictureOfScreen(): Promise<Buffer> {
    return this.page.screenshot();
  }

  /** The link in the code, by the till's own button. */
  async copyLink(): Promise<string> {
    await this.button(say('code.copy')).click();
    await expect(this.page.getByText(say('code.copied'))).toBeVisible();
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Terminal id, batch and voucher number of the sale whose code is shown. */
  async traceKey(): Promise<string> {
    return (await this.page.locator('pos-code-screen .trace').textContent()) ?? '';
  }

  async expectPaid(amount: string): Promise<void> {
    await expect(this.outcome.getByRole('heading', { name: 'Paid', exact: true })).toBeVisible();
    await expect(this.outcome).toContainText(`€${amount}`);
  }

  /** The shop agrees to who bears which loss. */
  async agreeToOffline(): Promise<void> {
    await this.page.getByRole('link', { name: /Settings/ }).click();
    await this.page.getByRole('link', { name: 'Terms, limits, unsettled payments' }).click();
    // Seen without scrolling, beside what it agrees to.
    await expect(this.button('Agree and switch on')).toBeInViewport({ ratio: 1 });
    await this.button('Agree and switch on').click();
    await expect(this.page.getByText('The shop has agreed to this table.')).toBeVisible();
    await this.page.goto(new URL('/pos/', this.page.url()).href);
    await this.expectPad();
  }

  /** Verified by the till alone: guaranteed, and not handed in yet. */
  async expectPaidAlone(amount: string): Promise<void> {
    await expect(this.outcome.getByRole('heading', { name: 'Paid', exact: true })).toBeVisible();
    await expect(this.outcome).toContainText(`€${amount}`);
    await expect(this.outcome).toContainText('Without network – guaranteed');
  }

  async startNewSale(): Promise<void> {
    await this.button(say('outcome.new-sale')).click();
    await this.expectPad();
  }

  /** From the outcome. @returns what the receipt says, by the names it has on the till */
  async openReceipt(): Promise<Record<string, string>> {
    await this.button(say('outcome.receipt')).click();
    const receipt = this.page.locator('pos-receipt');
    await expect(receipt.getByText(say('receipt.verified'))).toBeVisible();
    return readFacts(receipt);
  }

  async expectStillPayable(words: string): Promise<void> {
    await expect(this.status).toContainText(say('code.refused'));
    await expect(this.status).toContainText(words);
    await expect(this.code).toBeVisible();
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name });
  }
}
