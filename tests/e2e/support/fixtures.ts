import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  type Page,
} from '@playwright/test';
import { installCamera } from './camera.ts';
import { Centre, type CentreOptions, type NewTill } from './centre.ts';
import { ConsolePage } from './console.ts';
import { TillPage } from './till.ts';
import { addVirtualAuthenticator, type VirtualAuthenticator } from './virtual-authenticator.ts';
import { WalletPage } from './wallet.ts';

export const TABLET = { width: 1280, height: 800 } as const;
export const PHONE = { width: 390, height: 844 } as const;

export type DeviceOptions = Pick<
  BrowserContextOptions,
  'serviceWorkers' | 'viewport' | 'colorScheme' | 'deviceScaleFactor'
> & {
  readonly centre?: Centre;
};

export interface TillOptions extends DeviceOptions {
  readonly shopName?: string;
  readonly operatorName?: string;
}

export interface WalletOptions extends DeviceOptions {
  /** A name that no other customer of this centre has; left out, one is made. */
  readonly customerName?: string;
}

interface TestFixtures {
  /** A further server, for a test that changes what others rely on. */
  startCentre: (options?: CentreOptions) => Promise<Centre>;
  /** Another till of a shop of its own, in a browser profile of its own, with nobody signed in yet. */
  createTill: (options?: TillOptions) => Promise<TillPage>;
  /** Another phone, in a browser profile of its own, with no wallet yet. */
  createWallet: (options?: WalletOptions) => Promise<WalletPage>;
  /** A browser with the administrator's session. */
  console: ConsolePage;
  /** A till at its pad. */
  till: TillPage;
  /** A wallet with one card and 50.00 on it. */
  wallet: WalletPage;
}

interface WorkerFixtures {
  /** One server with fresh books for all tests that run in this process, one after the other. */
  centre: Centre;
}

/** Each test gets tills and wallets of its own at a centre that no other process uses: no test waits for another. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  centre: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads from the pattern which fixtures are asked for
    async ({}, use) => {
      const centre = await Centre.start();
      await use(centre);
      await centre.stop();
    },
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: as above
  startCentre: async ({}, use) => {
    const centres: Centre[] = [];
    await use(async (options) => {
      const centre = await Centre.start(options);
      centres.push(centre);
      return centre;
    });
    await Promise.all(centres.map((centre) => centre.stop()));
  },
  createTill: async ({ browser, centre }, use) => {
    const profiles: BrowserContext[] = [];
    await use(async ({ shopName, operatorName, ...options } = {}) => {
      const facts = await (options.centre ?? centre).createTill({
        ...(shopName !== undefined && { shopName }),
        ...(operatorName !== undefined && { operatorName }),
      });
      const { page, authenticator } = await openDevice(browser, { viewport: TABLET, ...options }, profiles);
      return openTill(page, authenticator, facts);
    });
    await closeAll(profiles);
  },
  createWallet: async ({ browser, centre }, use) => {
    const profiles: BrowserContext[] = [];
    await use(async ({ customerName = createName(), ...options } = {}) => {
      const device = await openDevice(browser, { viewport: PHONE, hasTouch: true, ...options }, profiles);
      await installCamera(device.page);
      return new WalletPage(device.page, device.authenticator, (options.centre ?? centre).origin, customerName);
    });
    await closeAll(profiles);
  },
  console: async ({ browser, centre }, use) => {
    const profile = await browser.newContext({ viewport: TABLET, reducedMotion: 'reduce' });
    const console = new ConsolePage(await profile.newPage(), centre);
    await console.takeSession();
    await use(console);
    await profile.close();
  },
  till: async ({ createTill }, use) => {
    const till = await createTill();
    await till.setUp();
    await use(till);
  },
  wallet: async ({ createWallet }, use) => {
    const wallet = await createWallet();
    await wallet.signUp();
    await use(wallet);
  },
});

export { expect } from '@playwright/test';

async function openTill(page: Page, authenticator: VirtualAuthenticator, facts: NewTill): Promise<TillPage> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  return new TillPage(page, authenticator, facts);
}

async function openDevice(
  browser: Browser,
  { centre: _, ...options }: DeviceOptions & BrowserContextOptions,
  profiles: BrowserContext[],
): Promise<{ page: Page; authenticator: VirtualAuthenticator }> {
  // Without a service worker unless the test is about it: routes of a test see every call of the page.
  const profile = await browser.newContext({ serviceWorkers: 'block', reducedMotion: 'reduce', ...options });
  profiles.push(profile);
  const page = await profile.newPage();
  return { page, authenticator: await addVirtualAuthenticator(page) };
}

async function closeAll(profiles: readonly BrowserContext[]): Promise<void> {
  await Promise.all(profiles.map((profile) => profile.close()));
}

function createName(): string {
  return `Sam ${crypto.randomUUID().slice(0, 8)}`;
}
