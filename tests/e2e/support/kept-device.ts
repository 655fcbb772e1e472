import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type BrowserContext, chromium, type LaunchOptions } from '@playwright/test';
import { installCamera } from './camera.ts';
import type { Device } from './device.ts';
import { addVirtualAuthenticator, type Passkeys, type VirtualAuthenticator } from './virtual-authenticator.ts';

export interface KeptDeviceOptions {
  readonly launch: LaunchOptions;
  readonly viewport: { readonly width: number; readonly height: number };
}

/** A device of its own browser, whose profile stays on the disk: it can be killed, started again and copied. */
export class KeptDevice {
  readonly #options: KeptDeviceOptions;
  readonly #folder: string;
  #passkeys: Passkeys;
  #running: { readonly profile: BrowserContext; readonly authenticator: VirtualAuthenticator } | undefined;

  private constructor(options: KeptDeviceOptions, folder: string, passkeys: Passkeys) {
    this.#options = options;
    this.#folder = folder;
    this.#passkeys = passkeys;
  }

  static async create(options: KeptDeviceOptions): Promise<KeptDevice> {
    return new KeptDevice(options, await createFolder(), []);
  }

  /** @param isOffline from before anything is loaded */
  async start({ isOffline = false } = {}): Promise<Device> {
    const { launch, viewport } = this.#options;
    const profile = await chromium.launchPersistentContext(this.#folder, {
      ...launch,
      headless: true,
      viewport,
      hasTouch: true,
      offline: isOffline,
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = profile.pages()[0] ?? (await profile.newPage());
    await installCamera(page);
    const authenticator = await addVirtualAuthenticator(page, this.#passkeys);
    this.#running = { profile, authenticator };
    return { page, authenticator };
  }

  /** Somebody closes it: all that a browser writes in its own time is on the disk afterwards. */
  async stop(): Promise<void> {
    const { profile } = await this.#takeLeave();
    await profile.close();
  }

  /** As by a flat battery: the browser gets no word of it and writes nothing any more. */
  async kill(): Promise<void> {
    const { profile } = await this.#takeLeave();
    const session = await profile.browser()!.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const isGone = new Promise((resolve) => profile.once('close', resolve));
    process.kill(processInfo.find(({ type }) => type === 'browser')!.id, 'SIGKILL');
    await isGone;
  }

  /** Another device with all that is on this one, passkeys included. Only of one that is not running. */
  async copy(): Promise<KeptDevice> {
    if (this.#running) throw new Error('A profile in use is not copied.');
    const folder = await createFolder();
    // The lock says which process has the profile.
    const isLock = (path: string) => basename(path).startsWith('Singleton');
    await cp(this.#folder, folder, { recursive: true, filter: (path) => !isLock(path) });
    return new KeptDevice(this.#options, folder, this.#passkeys);
  }

  async remove(): Promise<void> {
    await this.#running?.profile.close();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** A virtual authenticator ends with its browser; the passkeys of a phone do not. */
  async #takeLeave() {
    const running = this.#running;
    if (!running) throw new Error('It is not running.');
    this.#passkeys = await running.authenticator.exportPasskeys();
    this.#running = undefined;
    return running;
  }
}

function createFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'browser-profile-'));
}
