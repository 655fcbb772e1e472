import type { DBSchema } from 'idb';
import type { ContentKey } from '../../protocol/codes/content-seal.ts';
import { createSigningKeyFrom, type SigningKey } from '../../protocol/signing-key.ts';
import { Database } from './database.ts';

interface KeySchema extends DBSchema {
  signing: { key: string; value: CryptoKeyPair };
  content: { key: number; value: CryptoKey };
}

/**
 * The device's keys, as CryptoKeys that cannot be read out, only used. A database of its own: it outlives any change of
 * an app's other stores, and deleting it is what "reset this device" means.
 */
export class KeyStore {
  readonly #database: Database<KeySchema>;

  /** @param appName `pos` or `wallet`: both apps may share one origin, and must not share keys */
  constructor(appName: string) {
    this.#database = new Database<KeySchema>({
      name: `tandem-${appName}-keys`,
      version: 1,
      upgrade(database) {
        database.createObjectStore('signing');
        database.createObjectStore('content');
      },
    });
  }

  async loadSigningKey(name: string): Promise<SigningKey | undefined> {
    const pair = await this.#database.read(['signing'], (transaction) => transaction.objectStore('signing').get(name));
    return pair && createSigningKeyFrom(pair);
  }

  /** The key of this name; made on first use. Two windows at once end up with the same one. */
  async loadOrCreateSigningKey(name: string): Promise<SigningKey> {
    const known = await this.loadSigningKey(name);
    if (known) return known;
    // Made before the transaction, which would not wait for it.
    const fresh = (await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair;
    const kept = await this.#database.writeStrict(['signing'], async (transaction) => {
      const store = transaction.objectStore('signing');
      const first = await store.get(name);
      if (!first) await store.put(fresh, name);
      return first ?? fresh;
    });
    return createSigningKeyFrom(kept);
  }

  async removeSigningKey(name: string): Promise<void> {
    await this.#database.writeStrict(['signing'], (transaction) => transaction.objectStore('signing').delete(name));
  }

  async loadContentKeys(): Promise<readonly ContentKey[]> {
    return this.#database.read(['content'], async (transaction) => {
      const store = transaction.objectStore('content');
      const [days, keys] = await Promise.all([store.getAllKeys(), store.getAll()]);
      return days.map((day, index) => ({ day, key: keys[index] as CryptoKey }));
    });
  }

  /** Keeps what a sync brought and forgets the rest: an old day's key opens nothing that may still be paid. */
  async replaceContentKeys(contentKeys: readonly ContentKey[]): Promise<void> {
    await this.#database.writeStrict(['content'], async (transaction) => {
      const store = transaction.objectStore('content');
      await Promise.all([store.clear(), ...contentKeys.map(({ day, key }) => store.put(key, day))]);
    });
  }

  close(): Promise<void> {
    return this.#database.close();
  }
}
