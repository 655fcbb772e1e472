import { type BrowserContext, type BrowserContextOptions, test as base } from '@playwright/test';
import { installCamera } from './camera.ts';
import { Centre, type CentreOptions } from './centre.ts';
import { ConsolePage } from './console.ts';
import type { Device } from './device.ts';
import { KeptDevice, type KeptDeviceOptions } from './kept-device.ts';
import { TillPage } from './till.ts';
import { addVirtualAuthenticator } from './virtual-authenticator.ts';
import { WalletPage } from './wallet.ts';

export const TABLET = { width: 1280, height: 800 } as const;
export const PHONE = { width: 390, height: 844 } as const;

export type DeviceOptions = Pick<
  BrowserContextOptions,
  'serviceWorkers' | 'viewport' | 'colorScheme' | 'deviceScaleFactor' | 'hasTouch'
>;

export interface TillOptions extends DeviceOptions {
  readonly centre?: Centre;
  readonly shopName?: string;
  readonly operatorName?: string;
}

export interface WalletOptions extends DeviceOptions {
  readonly centre?: Centre;
  /** A name that no other customer of this centre has; left out, one is made. */
  readonly customerName?: string;
}

interface TestFixtures {
  /** A further server, for a test that changes what others rely on. */
  startCentre: (options?: CentreOptions) => Promise<Centre>;
  openDevice: (options?: DeviceOptions) => Promise<Device>;
  /** A device whose profile is on the disk, in a browser of its own that is not started yet. */
  createKeptDevice: (viewport: KeptDeviceOptions['viewport']) => Promise<KeptDevice>;
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
  openDevice: async ({ browser }, use) => {
    const profiles: BrowserContext[] = [];
    await use(async (options) => {
      // Without a service worker unless the test is about it: routes of a test see every call of the page.
      const profile = await browser.newContext({ serviceWorkers: 'block', reducedMotion: 'reduce', ...options });
      profiles.push(profile);
      await profile.grantPermissions(['clipboard-read', 'clipboard-write']);
      const page = await profile.newPage();
      await installCamera(page);
      return { page, authenticator: await addVirtualAuthenticator(page) };
    });
    await Promise.all(profiles.map((profile) => profile.close()));
  },
  createKeptDevice: async ({ launchOptions: launch }, use) => {
    const devices: KeptDevice[] = [];
    await use(async (viewport) => {
      const device = await KeptDevice.create({ launch, viewport });
      devices.push(device);
      return device;
    });
    await Promise.all(devices.map((device) => device.remove()));
  },
  createTill: async ({ openDevice, centre: usual }, use) => {
    await use(async ({ centre = usual, shopName, operatorName, ...options } = {}) => {
      const facts = await centre.createTill({
        ...(shopName !== undefined && { shopName }),
        ...(operatorName !== undefined && { operatorName }),
      });
      return new TillPage(await openDevice({ viewport: TABLET, ...options }), facts);
    });
  },
  createWallet: async ({ openDevice, centre: usual }, use) => {
    await use(async ({ centre = usual, customerName = createName(), ...options } = {}) => {
      const device = await openDevice({ viewport: PHONE, hasTouch: true, ...options });
      return new WalletPage(device, centre.origin, customerName);
    });
  },
  console: async ({ openDevice, centre }, use) => {
    const console = new ConsolePage((await openDevice({ viewport: TABLET })).page, centre);
    await console.takeSession();
    await use(console);
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

export function createName(): string {
  return `Sam ${crypto.randomUUID().slice(0, 8)}`;
}
