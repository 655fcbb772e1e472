import type { CDPSession, Page } from '@playwright/test';

/** Enough for an app and all it keeps; filled within a second. */
const SIZE_BYTES = 32 << 20;
/** Nobody has less: an override of nothing is none. */
const NO_BYTES = 1;

/**
 * The room of one origin in one profile, by Chromium's own quota: once it is full, the smallest write of the app is refused
 * with the browser's own `QuotaExceededError`. What is left is asked for anew only when what was allowed before is used up, so
 * it has to be small before the app writes anything, and to be filled to the last byte.
 */
export class SmallDisk {
  /** A window of the same origin, so that the app has no part in it: it may stand still meanwhile. */
  readonly #page: Page;
  readonly #session: CDPSession;
  readonly #origin: string;

  private constructor(page: Page, session: CDPSession, origin: string) {
    this.#page = page;
    this.#session = session;
    this.#origin = origin;
  }

  /** Before the app is opened there for the first time. */
  static async create(app: Page, origin: string): Promise<SmallDisk> {
    const profile = app.context();
    const page = await profile.newPage();
    await page.goto(`${origin}/wallet/manifest.webmanifest`);
    const disk = new SmallDisk(page, await profile.newCDPSession(page), origin);
    await disk.#setSize(SIZE_BYTES);
    // Passkeys are for the window that is before somebody's eyes.
    await app.bringToFront();
    return disk;
  }

  async fill(): Promise<void> {
    await this.#setSize(NO_BYTES);
    await this.#page.evaluate(fillDatabase);
  }

  async makeRoom(): Promise<void> {
    await this.#page.evaluate(dropDatabase);
    await this.#setSize(SIZE_BYTES);
  }

  async #setSize(quotaSize: number): Promise<void> {
    await this.#session.send('Storage.overrideQuotaForOrigin', { origin: this.#origin, quotaSize });
  }
}

/** Runs in the page: ever smaller rows, until not even one byte finds room. */
async function fillDatabase(): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('photos');
    opening.onupgradeneeded = () => opening.result.createObjectStore('photos', { autoIncrement: true });
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  for (let size = 4 << 20; size >= 1; size >>= 1) while (await hasRoom(size));
  database.close();

  function hasRoom(size: number): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const transaction = database.transaction('photos', 'readwrite');
      transaction.objectStore('photos').put(new Uint8Array(size));
      transaction.oncomplete = () => resolve(true);
      transaction.onabort = () =>
        transaction.error?.name === 'QuotaExceededError' ? resolve(false) : reject(transaction.error);
    });
  }
}

/** Runs in the page. */
function dropDatabase(): Promise<void> {
  return new Promise((resolve, reject) => {
    const deleting = indexedDB.deleteDatabase('photos');
    deleting.onsuccess = () => resolve();
    deleting.onerror = () => reject(deleting.error);
  });
}
