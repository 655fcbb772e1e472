import type { Page } from '@playwright/test';
import type { ConsolePage } from './console.ts';
import { fillBooks } from './fill-books.ts';
import type { Visit } from './visit.ts';

/** Every page of the console with something on it, then those that anyone may see. */
export async function tourConsole(console: ConsolePage, visit: Visit): Promise<void> {
  const { page, centre } = console;
  const { merchantNo, terminalId, paidTraceKey, refusedTraceKey, accountNumber } = await fillBooks(centre);
  const books = {
    overview: '',
    payments: 'payments',
    payment: `payments/${paidTraceKey}`,
    'payment-refused': `payments/${refusedTraceKey}`,
    accounts: 'accounts',
    account: `accounts/${accountNumber}`,
    merchants: 'merchants',
    merchant: `merchants/${merchantNo}`,
    terminal: `terminals/${terminalId}`,
  };
  for (const [name, path] of Object.entries(books)) {
    await console.openBooks(path);
    await visit(page, name);
  }
  await page.getByText('Activate another device').click();
  await page.getByRole('button', { name: /activation code/i }).click();
  await visit(page, 'terminal-code');
  for (const name of ['participants', 'administrators', 'keys', 'api-keys', 'settings', 'nothing-here']) {
    await page.goto(`${centre.origin}/centre/${name}`);
    await visit(page, name);
  }
  await page.context().clearCookies();
  await openDoors(page, centre.origin, visit);
}

async function openDoors(page: Page, origin: string, visit: Visit): Promise<void> {
  await page.goto(`${origin}/centre`);
  await visit(page, 'sign-in');
  await page.goto(`${origin}/`);
  await visit(page, 'front-door');
  await page.goto(`${origin}/no-such-page`);
  await visit(page, 'not-found');
  await page.goto(`${origin}/api/v1/docs`);
  await visit(page, 'api');
}
