import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { build } from 'vite';
import type { Database } from '../../shared/browser/storage/database.ts';
import type { KeyStore } from '../../shared/browser/storage/key-store.ts';
import type { importContentKey } from '../../shared/protocol/codes/content-seal.ts';
import { clearSiteData } from './support/clear-site-data.ts';
import { test as base, expect } from './support/fixtures.ts';

/** What `support/storage-harness.ts` puts on the page. */
declare global {
  interface Window {
    storage: {
      Database: typeof Database<{ notes: { key: string; value: string } }>;
      KeyStore: typeof KeyStore;
      importContentKey: typeof importContentKey;
    };
  }
}

const ORIGIN = 'http://localhost:1';

interface Fixtures {
  /** A page of a secure origin of its own with the storage classes on it. */
  openPage: () => Promise<Page>;
}

const test = base.extend<Fixtures, { bundle: string }>({
  bundle: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads from the pattern which fixtures are asked for
    async ({}, use) => {
      const entry = resolve(import.meta.dirname, 'support/storage-harness.ts');
      const built = await build({
        configFile: false,
        logLevel: 'silent',
        build: { write: false, minify: false, lib: { entry, formats: ['es'] } },
      });
      const [{ output }] = built as unknown as [{ output: { code: string }[] }];
      await use(output[0]!.code);
    },
    { scope: 'worker' },
  ],
  openPage: async ({ context, bundle }, use) => {
    await context.route(`${ORIGIN}/**`, (route) =>
      route.request().url().endsWith('.js')
        ? route.fulfill({ contentType: 'text/javascript', body: bundle })
        : route.fulfill({ contentType: 'text/html', body: '<script type="module" src="/harness.js"></script>' }),
    );
    await use(async () => {
      const page = await context.newPage();
      await page.goto(ORIGIN);
      await page.waitForFunction(() => 'storage' in window);
      return page;
    });
  },
});

test.describe('The database of both apps', () => {
  test('is on the disk when a write resolves, and holds nothing of a write that failed', async ({ openPage }) => {
    const page = await openPage();
    const seen = await page.evaluate(async () => {
      const database = new window.storage.Database({
        name: 'notes',
        version: 1,
        upgrade: (fresh) => void fresh.createObjectStore('notes'),
      });
      const durability = await database.writeStrict(['notes'], async (transaction) => {
        await transaction.objectStore('notes').put('kept', 'first');
        return transaction.durability;
      });
      const thrown = await database
        .writeStrict(['notes'], async (transaction) => {
          await transaction.objectStore('notes').put('lost', 'first');
          await transaction.objectStore('notes').put('lost', 'second');
          throw new Error('the third step failed');
        })
        .catch((error: Error) => error.message);
      const clash = await database
        .writeStrict(['notes'], async (transaction) => {
          await transaction.objectStore('notes').put('lost', 'second');
          await transaction.objectStore('notes').add('lost', 'first');
        })
        .catch((error: Error) => error.name);
      const all = await database.read(['notes'], (transaction) => transaction.objectStore('notes').getAll());
      return { durability, thrown, clash, all };
    });
    expect(seen).toEqual({
      durability: 'strict',
      thrown: 'the third step failed',
      clash: 'ConstraintError',
      all: ['kept'],
    });
  });

  test('counts up once for each of many writes from two windows at the same time', async ({ openPage }) => {
    const pages = [await openPage(), await openPage()];
    const countUp = async () => {
      const database = new window.storage.Database({
        name: 'counter',
        version: 1,
        upgrade: (fresh) => void fresh.createObjectStore('notes'),
      });
      const step = () =>
        database.writeStrict(['notes'], async (transaction) => {
          const store = transaction.objectStore('notes');
          const next = Number((await store.get('count')) ?? 0) + 1;
          await store.put(String(next), 'count');
          return next;
        });
      return Promise.all(Array.from({ length: 50 }, step));
    };
    const numbers = (await Promise.all(pages.map((page) => page.evaluate(countUp)))).flat();
    expect(numbers.toSorted((left, right) => left - right)).toEqual(
      Array.from({ length: 100 }, (_, index) => index + 1),
    );
  });

  test('opens again after its connection was closed, and gives way to a newer version elsewhere', async ({
    openPage,
  }) => {
    const [old, newer] = [await openPage(), await openPage()];
    const read = await old.evaluate(async () => {
      const database = new window.storage.Database({
        name: 'notes',
        version: 1,
        upgrade: (fresh) => void fresh.createObjectStore('notes'),
      });
      await database.writeStrict(['notes'], (transaction) => transaction.objectStore('notes').put('kept', 'first'));
      await database.close();
      return database.read(['notes'], (transaction) => transaction.objectStore('notes').get('first'));
    });
    expect(read).toBe('kept');
    const upgradedFrom = await newer.evaluate(
      () =>
        new Promise<number>((resolve, reject) => {
          const opening = indexedDB.open('notes', 2);
          opening.onupgradeneeded = ({ oldVersion }) => resolve(oldVersion);
          opening.onerror = () => reject(opening.error);
        }),
    );
    expect(upgradedFrom).toBe(1);
  });
});

test.describe('A database that was cleared while it was open', () => {
  test('is told to its window, which writes nothing any more, and is made anew by the next one alone', async ({
    openPage,
  }) => {
    const page = await openPage();
    const opened = await page.evaluateHandle(async () => {
      let tellCleared = () => {};
      const isCleared = new Promise<true>((resolve) => {
        tellCleared = () => resolve(true);
      });
      const database = new window.storage.Database({
        name: 'notes',
        version: 1,
        upgrade: (fresh) => void fresh.createObjectStore('notes'),
        onCleared: tellCleared,
      });
      const write = () =>
        database.writeStrict(['notes'], (transaction) => transaction.objectStore('notes').put('kept', 'first'));
      await write();
      return { isCleared, write };
    });
    await clearSiteData(page, ORIGIN);
    // By itself: nobody has to write for it.
    expect(await opened.evaluate(({ isCleared }) => isCleared)).toBe(true);
    const thrown = await opened.evaluate(({ write }) => write().catch((error: Error) => error.name));
    expect(thrown).toBe('AbortError');
    const next = await openPage();
    const left = await next.evaluate(() => {
      const database = new window.storage.Database({
        name: 'notes',
        version: 1,
        upgrade: (fresh) => void fresh.createObjectStore('notes'),
      });
      return database.read(['notes'], (transaction) => transaction.objectStore('notes').getAll());
    });
    expect(left).toEqual([]);
  });
});

test.describe('The keys of a device', () => {
  test('cannot be read out, only used, and are still there after a reload', async ({ openPage }) => {
    const page = await openPage();
    const make = () =>
      new window.storage.KeyStore('wallet').loadOrCreateSigningKey('device').then(({ keyId }) => `${keyId}`);
    const keyId = await page.evaluate(make);
    await page.reload();
    await page.waitForFunction(() => 'storage' in window);
    expect(await page.evaluate(make)).toBe(keyId);

    const exported = await page.evaluate(async () => {
      const { KeyStore, importContentKey } = window.storage;
      const keys = new KeyStore('wallet');
      await keys.replaceContentKeys([await importContentKey(20_000, new Uint8Array(32))]);
      const stored = (name: string) =>
        new Promise<CryptoKeyPair | CryptoKey>((resolve) => {
          const opening = indexedDB.open('tandem-wallet-keys');
          opening.onsuccess = () => {
            const all = opening.result.transaction(name).objectStore(name).getAll();
            all.onsuccess = () => resolve(all.result[0]);
          };
        });
      const { privateKey } = (await stored('signing')) as CryptoKeyPair;
      const contentKey = (await stored('content')) as CryptoKey;
      const tries = [crypto.subtle.exportKey('pkcs8', privateKey), crypto.subtle.exportKey('raw', contentKey)];
      return (await Promise.allSettled(tries)).map(({ status }) => status);
    });
    expect(exported).toEqual(['rejected', 'rejected']);
  });

  test('are one and the same in two windows that make them at the same moment', async ({ openPage }) => {
    const pages = await Promise.all([openPage(), openPage()]);
    const make = () =>
      new window.storage.KeyStore('pos').loadOrCreateSigningKey('terminal').then(({ keyId }) => `${keyId}`);
    const [first, second] = await Promise.all(pages.map((page) => page.evaluate(make)));
    expect(first).toBe(second);
  });

  test('of one app are not those of the other on the same origin', async ({ openPage }) => {
    const page = await openPage();
    const keyIds = await page.evaluate(async () => {
      const make = async (app: string) =>
        `${(await new window.storage.KeyStore(app).loadOrCreateSigningKey('key')).keyId}`;
      return [await make('pos'), await make('wallet')];
    });
    expect(keyIds[0]).not.toBe(keyIds[1]);
  });
});
