import { expect, type Locator, type Page } from '@playwright/test';
import type { Centre } from './centre.ts';

/** The console as an administrator meets it. */
export class ConsolePage {
  readonly page: Page;
  readonly centre: Centre;

  constructor(page: Page, centre: Centre) {
    this.page = page;
    this.centre = centre;
  }

  /** As if signed in a moment ago: with the session of the centre's administrator. */
  async takeSession(): Promise<void> {
    const { origin, administrator } = this.centre;
    const cookies = [...administrator.cookies].map(([name, value]) => ({ name, value, url: origin }));
    await this.page.context().addCookies(cookies);
  }

  /** @param path under the participant's books, e.g. `payments` */
  async openBooks(path = ''): Promise<void> {
    await this.page.goto(`${this.centre.origin}/centre/100001/${path}`.replace(/\/$/, ''));
  }

  async expectBooksBalance(): Promise<void> {
    await this.openBooks();
    await expect(this.page.getByRole('status').filter({ hasText: 'The books balance.' })).toBeVisible();
  }

  /** By the way through the console that stands beside each page. */
  async goTo(place: string): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name: place }).click();
  }

  async fill(fields: Readonly<Record<string, string>>): Promise<void> {
    for (const [label, value] of Object.entries(fields)) {
      await this.page.getByLabel(label, { exact: true }).fill(value);
    }
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click();
  }

  row(text: string): Locator {
    return this.page.getByRole('row').filter({ hasText: text });
  }
}
