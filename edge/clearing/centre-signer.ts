import type { SigningKey } from '../../shared/protocol/signing-key.ts';
import type { Env } from '../env.ts';
import { importCentreKey } from './centre-keys.ts';
import { clearingOf } from './load-programme.ts';

export type CentreSigningKey = SigningKey & { readonly generation: number };

/** How soon after a rotation an object signs with the new key. The old one stays good, so nothing hangs on it. */
const NEWEST_KEPT_MS = 60_000;

/**
 * The centre's signing keys inside one object: each asked of the Clearing object once and kept in memory, the newest looked
 * for again every minute. An object has one flow of its own, so calls under way may be shared.
 */
export class CentreSigner {
  readonly #env: Env;
  readonly #keys = new Map<number, Promise<CentreSigningKey>>();
  #newest: { readonly key: Promise<CentreSigningKey>; readonly untilMs: number } | undefined;

  constructor(env: Env) {
    this.#env = env;
  }

  newestKey(): Promise<CentreSigningKey> {
    const nowMs = Date.now();
    if (!this.#newest || nowMs >= this.#newest.untilMs) {
      const key = this.#load();
      this.#newest = { key, untilMs: nowMs + NEWEST_KEPT_MS };
      key.catch(() => {
        this.#newest = undefined;
      });
    }
    return this.#newest.key;
  }

  /** For what an older key signed and is asked for again, byte for byte. */
  keyOf(generation: number): Promise<CentreSigningKey> {
    let key = this.#keys.get(generation);
    if (!key) {
      key = this.#load(generation);
      this.#keys.set(generation, key);
      key.catch(() => this.#keys.delete(generation));
    }
    return key;
  }

  async #load(generation?: number): Promise<CentreSigningKey> {
    const exported = await clearingOf(this.#env).signingKey(generation);
    if (!exported) throw new Error('The centre has no such key.');
    return importCentreKey(exported);
  }
}
