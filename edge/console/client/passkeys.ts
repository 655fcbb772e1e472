import {
  type CredentialCreationOptionsJSON,
  type CredentialRequestOptionsJSON,
  create,
  get,
  parseCreationOptionsFromJSON,
  parseRequestOptionsFromJSON,
  supported,
} from '@github/webauthn-json/browser-ponyfill';
import { decodeBase64url, encodeBase64url } from '../../../shared/protocol/bytes.ts';
import { createChallenge, PASSKEY_PURPOSES, type PasskeyPurpose } from '../../../shared/protocol/passkey/challenge.ts';

/*
 * The console's one module that touches WebAuthn. The centre's random value never reaches an authenticator raw: the page
 * hashes the purpose and the value itself, so a sign-in can never be a payment in disguise.
 */

/** Its message is for the person at the page. */
export class PasskeyRefused extends Error {}

type Options = { readonly challenge: string };

export async function createPasskeyAnswer(options: Options): Promise<unknown> {
  const publicKey = await withOwnChallenge(options, PASSKEY_PURPOSES.centreRegistration);
  return runCeremony(async () =>
    (await create(parseCreationOptionsFromJSON({ publicKey } as unknown as CredentialCreationOptionsJSON))).toJSON(),
  );
}

export async function getPasskeyAnswer(options: Options): Promise<unknown> {
  const publicKey = await withOwnChallenge(options, PASSKEY_PURPOSES.centreSignIn);
  return runCeremony(async () =>
    (await get(parseRequestOptionsFromJSON({ publicKey } as unknown as CredentialRequestOptionsJSON))).toJSON(),
  );
}

async function withOwnChallenge(options: Options, purpose: PasskeyPurpose): Promise<Options> {
  const serverChallenge = decodeBase64url(options.challenge);
  if (serverChallenge?.length !== 32) throw new Error('The challenge is not 32 bytes of base64url.');
  return { ...options, challenge: encodeBase64url(await createChallenge(purpose, serverChallenge)) };
}

async function runCeremony<T>(ceremony: () => Promise<T>): Promise<T> {
  if (!supported()) throw new PasskeyRefused('This browser has no passkeys here. Use a current one, over HTTPS.');
  try {
    return await ceremony();
  } catch (error) {
    throw new PasskeyRefused(explain(error instanceof Error ? error.name : ''));
  }
}

/** The standard hides most reasons behind NotAllowedError, on purpose. */
function explain(name: string): string {
  switch (name) {
    case 'NotAllowedError':
    case 'AbortError':
    case 'TimeoutError':
      return 'The passkey dialogue was closed or took too long. Try again.';
    case 'InvalidStateError':
      return 'This device has a passkey for the console already. Sign in with it.';
    case 'SecurityError':
      return 'Passkeys work only at the address that the centre was set up for.';
    default:
      return 'This device could not use a passkey. Set up a screen lock, or use another device.';
  }
}
