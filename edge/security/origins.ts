import type { Env } from '../env.ts';

/** The web addresses of one deployment. One origin by default; a host per app is a matter of configuration. */
export interface Origins {
  readonly publicOrigin: string;
  readonly posOrigin: string;
  readonly walletOrigin: string;
  /** All of them, once each: what a browser of ours may say it is at. */
  readonly all: readonly string[];
  /** To which passkeys are bound. */
  readonly rpId: string;
  /** Plain HTTP on this computer: no HSTS, no Secure cookies. */
  readonly isLocalhost: boolean;
}

const known = new Map<string, Origins>();

/** Throws when the worker is not configured: without its own address it can check no origin and bind no passkey. */
export function originsOf(env: Env): Origins {
  const { PUBLIC_ORIGIN, POS_ORIGIN, WALLET_ORIGIN } = env;
  const key = `${PUBLIC_ORIGIN} ${POS_ORIGIN} ${WALLET_ORIGIN}`;
  let origins = known.get(key);
  if (!origins) {
    const url = URL.parse(PUBLIC_ORIGIN);
    if (!url || url.origin !== PUBLIC_ORIGIN)
      throw new Error('PUBLIC_ORIGIN must be an origin like https://pay.example.org');
    const posOrigin = POS_ORIGIN || PUBLIC_ORIGIN;
    const walletOrigin = WALLET_ORIGIN || PUBLIC_ORIGIN;
    origins = {
      publicOrigin: PUBLIC_ORIGIN,
      posOrigin,
      walletOrigin,
      all: [...new Set([PUBLIC_ORIGIN, posOrigin, walletOrigin])],
      rpId: url.hostname,
      isLocalhost: url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname),
    };
    known.set(key, origins);
  }
  return origins;
}
