import type { Page } from '@playwright/test';
import { OUTBOX_SYNC_TAG } from '../../shared/browser/outbox/background-sync.ts';
import { dispatchSync } from './support/dispatch-sync.ts';
import { expect, test } from './support/fixtures.ts';
import { goOffline } from './support/offline-devices.ts';
import { pasteHere, payByText } from './support/pay-by-text.ts';
import { readRows } from './support/read-rows.ts';

const INSTALLED = { serviceWorkers: 'allow' } as const;

interface Kept {
  readonly state: { readonly status: string };
}

interface SyncWindow {
  readonly SyncManager: { readonly prototype: { register(tag: string): Promise<void> } };
}

/** @returns by which tags the page has asked the browser to wake its service worker since */
async function watchSync(page: Page): Promise<() => Promise<readonly string[]>> {
  const asked = await page.evaluateHandle(() => {
    const tags: string[] = [];
    (window as unknown as SyncWindow).SyncManager.prototype.register = async (tag) => {
      tags.push(tag);
    };
    return tags;
  });
  return () => asked.jsonValue();
}

/** The last window of the app is closed, and the network comes back. @returns a window of nothing, in the same browser */
async function leave(page: Page): Promise<Page> {
  const elsewhere = await page.context().newPage();
  await page.close();
  await elsewhere.context().setOffline(false);
  return elsewhere;
}

test('what a till took alone is handed in by its service worker with no window open', async ({
  createTill,
  createWallet,
  centre,
}) => {
  const [till, wallet] = [await createTill(INSTALLED), await createWallet(INSTALLED)];
  await goOffline(till, wallet);
  const asked = await watchSync(till.page);
  await payByText(till, wallet, '6.00');
  expect(await asked()).toContain(OUTBOX_SYNC_TAG);
  const window = await leave(till.page);
  expect(await centre.countPaid(till.facts.merchantNo)).toBe(0);

  await dispatchSync(window, `${centre.origin}/pos/`);
  await expect.poll(() => centre.countPaid(till.facts.merchantNo)).toBe(1);
  // A page of the same origin that is no app: what it finds on the disk, the service worker has written.
  await window.goto(`${centre.origin}/`);
  await expect.poll(() => readRows(window, 'tandem-pos', 'outbox')).toEqual([]);
  expect(await readRows<Kept>(window, 'tandem-pos', 'sales')).toMatchObject([{ state: { status: 'paid' } }]);
});

test('what a wallet consented to alone is handed in by its service worker with no window open', async ({
  createTill,
  createWallet,
  centre,
}) => {
  const [till, wallet] = [await createTill(INSTALLED), await createWallet(INSTALLED)];
  await goOffline(till, wallet);
  const asked = await watchSync(wallet.page);
  await payByText(till, wallet, '6.00');
  expect(await asked()).toContain(OUTBOX_SYNC_TAG);
  // With the till's answer the phone brings all of it, and waits for nobody.
  const answer = till.outcome.locator('tandem-code');
  await wallet.button('Scan the till’s code').click();
  await pasteHere(wallet, await answer.evaluate((code: HTMLElement & { text: string }) => code.text));
  await expect(wallet.outcome).toContainText('Paid – without network');
  const window = await leave(wallet.page);
  expect(await centre.countPaid(till.facts.merchantNo)).toBe(0);

  await dispatchSync(window, `${centre.origin}/wallet/`);
  await expect.poll(() => centre.countPaid(till.facts.merchantNo)).toBe(1);
  await window.goto(`${centre.origin}/`);
  await expect.poll(() => readRows(window, 'tandem-wallet', 'outbox')).toEqual([]);
  expect(await readRows<Kept>(window, 'tandem-wallet', 'intents')).toMatchObject([{ state: { status: 'paid' } }]);
});
