import type { Bytes } from '../bytes.ts';
import { hashForPurpose } from '../hash.ts';

/**
 * No challenge from a server reaches an authenticator raw: the device hashes purpose and content itself, so a sign-in
 * can never be a payment in disguise. A payment's purpose is the authorisation's document type.
 */
export const PASSKEY_PURPOSES = {
  walletRegistration: 'tandem/wallet-registration/v1',
  walletSignIn: 'tandem/wallet-sign-in/v1',
  operatorRegistration: 'tandem/operator-registration/v1',
  operatorSignIn: 'tandem/operator-sign-in/v1',
  centreRegistration: 'tandem/centre-registration/v1',
  centreSignIn: 'tandem/centre-sign-in/v1',
} as const;

export type PasskeyPurpose = (typeof PASSKEY_PURPOSES)[keyof typeof PASSKEY_PURPOSES];

/** @param serverChallenge 32 random bytes from the centre */
export function createChallenge(purpose: PasskeyPurpose, serverChallenge: Uint8Array): Promise<Bytes> {
  return hashForPurpose(purpose, serverChallenge);
}
