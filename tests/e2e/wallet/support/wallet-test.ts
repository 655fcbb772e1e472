import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';
import { startServer } from '../../../../edge/serve/start-server.ts';
import { ApiClient } from '../../../support/api-client.ts';
import { addVirtualAuthenticator, type VirtualAuthenticator } from '../../support/virtual-authenticator.ts';
import { Till } from './till.ts';

export interface Centre {
  readonly origin: string;
  readonly till: Till;
}

interface WorkerFixtures {
  /** A demo server of this worker's own, with its one till activated. */
  readonly centre: Centre;
}

interface TestFixtures {
  readonly authenticator: VirtualAuthenticator;
  /** Signed up as Alex, with the demo's 50.00 on the card. */
  readonly wallet: Page;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  centre: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names from the pattern
    async ({}, use) => {
      const dataDir = await mkdtemp(join(tmpdir(), 'wallet-tests-'));
      const server = await startServer({ dataDir, demo: true });
      const client = new ApiClient(fetch, server.origin);
      await use({ origin: server.origin, till: await Till.open(client) });
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  // Without one unless the test is about it: the routes of a test then see every call of the page.
  serviceWorkers: 'block',
  baseURL: async ({ centre }, use) => use(centre.origin),
  authenticator: async ({ page }, use) => use(await addVirtualAuthenticator(page)),
  wallet: async ({ page, authenticator }, use) => {
    await authenticator.setUserVerified(true);
    await signUp(page);
    await use(page);
  },
});

export { expect } from '@playwright/test';

export async function signUp(page: Page, name = 'Alex'): Promise<void> {
  await page.goto('/wallet/');
  await signUpHere(page, name);
}

/** On the welcome screen that is open. */
export async function signUpHere(page: Page, name: string): Promise<void> {
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Make my wallet' }).click();
  await page.getByRole('link', { name: 'Scan to pay' }).waitFor();
}

/** Follows a code's link as a phone's own camera app does: a fresh load of the page. */
export async function follow(page: Page, link: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(link);
}

export function payButton(page: Page) {
  return page.getByRole('button', { name: /^Pay €/ });
}
