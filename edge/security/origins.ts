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

/**
 * Throws when the worker is not configured: without its own address it can check no origin and bind no passkey. A host of an
 * app's own must be the public one or lie below it, as browsers make a passkey for no other (WebAuthn L3 section 5.1.3).
 */
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
    for (const origin of [posOrigin, walletOrigin])
      if (!isWithin(origin, url.hostname))
        throw new Error(`POS_ORIGIN and WALLET_ORIGIN must be origins at ${url.hostname} or below it`);
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

function isWithin(origin: string, hostname: string): boolean {
  const url = URL.parse(origin);
  return url?.origin === origin && (url.hostname === hostname || url.hostname.endsWith(`.${hostname}`));
}
