import {
  type AuthenticationResponseJSON,
  type CredentialCreationOptionsJSON,
  type CredentialRequestOptionsJSON,
  create,
  get,
  parseCreationOptionsFromJSON,
  parseRequestOptionsFromJSON,
  type RegistrationResponseJSON,
  supported,
} from '@github/webauthn-json/browser-ponyfill';
import { accept, type Result, refuse } from '../../protocol/result.ts';
import { refusePasskey } from './refuse-passkey.ts';

/** Options as the centre sent them; their inside is checked by the ponyfill, which throws on a missing member. */
export type PasskeyOptions = { readonly challenge: string; readonly timeout?: number } & Readonly<
  Record<string, unknown>
>;
/** WebAuthn L3, 5.1.8, with the challenge the app computed itself. */
export type PasskeyCreationOptions = PasskeyOptions;
/** WebAuthn L3, 5.1.9, likewise. */
export type PasskeyRequestOptions = PasskeyOptions;
export type { AuthenticationResponseJSON, RegistrationResponseJSON };

/*
 * The one module that touches WebAuthn, so that the platform's own parse…FromJSON() and toJSON() can take over from the
 * ponyfill here and nowhere else.
 */

/** Browsers allow one ceremony a page; a second call ends the first, which then answers `passkey_cancelled`. */
let running: AbortController | undefined;

/** Registers a passkey. Refuses `passkey_cancelled`, `passkey_timeout`, `passkey_unavailable`, `passkey_exists`. */
export function createPasskey(options: PasskeyCreationOptions): Promise<Result<RegistrationResponseJSON>> {
  return runCeremony(options.timeout, async (signal) => {
    const parsed = parseCreationOptionsFromJSON({
      publicKey: structuredClone(options),
    } as unknown as CredentialCreationOptionsJSON);
    return (await create({ ...parsed, signal })).toJSON();
  });
}

/** Signs a challenge with a passkey. Refuses `passkey_cancelled`, `passkey_timeout`, `passkey_unavailable`. */
export function getPasskey(options: PasskeyRequestOptions): Promise<Result<AuthenticationResponseJSON>> {
  return runCeremony(options.timeout, async (signal) => {
    const parsed = parseRequestOptionsFromJSON({
      publicKey: structuredClone(options),
    } as unknown as CredentialRequestOptionsJSON);
    return (await get({ ...parsed, signal })).toJSON();
  });
}

/** Ends a ceremony that is open, when its screen goes away. */
export function cancelPasskey(): void {
  running?.abort();
}

async function runCeremony<T>(
  timeoutMs: number | undefined,
  ceremony: (signal: AbortSignal) => Promise<T>,
): Promise<Result<T>> {
  if (!supported()) return refuse('passkey_unavailable');
  running?.abort();
  const own = new AbortController();
  running = own;
  const startedAtMs = performance.now();
  try {
    return accept(await ceremony(own.signal));
  } catch (error) {
    const refusal = refusePasskey(error, performance.now() - startedAtMs, timeoutMs);
    if (!refusal) throw error;
    return refusal;
  } finally {
    if (running === own) running = undefined;
  }
}
