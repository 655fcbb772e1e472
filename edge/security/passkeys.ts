import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import {
  cose,
  decodeAttestationObject,
  decodeClientDataJSON,
  decodeCredentialPublicKey,
} from '@simplewebauthn/server/helpers';
import type * as v from 'valibot';
import { type Bytes, concatBytes, decodeBase64url, encodeBase64url } from '../../shared/protocol/bytes.ts';
import { createChallenge, type PasskeyPurpose } from '../../shared/protocol/passkey/challenge.ts';
import { importPasskeyPublicKey } from '../../shared/protocol/passkey/passkey-assertion.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import type { WebAuthnResponse } from '../../shared/protocol/wire/scalars.ts';
import { CEREMONY_VALID_MS } from './ceremonies.ts';
import type { Origins } from './origins.ts';

/** ES256, the one algorithm that wallet certificates carry and every authenticator has. */
const ES256 = -7;

/** What is kept of a registered passkey. */
export interface PasskeyCredential {
  readonly credentialId: string;
  readonly cosePublicKey: Bytes;
  /** x and y, 32 bytes each: as wallet certificates carry it. */
  readonly publicKey: Bytes;
  /** May be copied to the person's other devices by whoever keeps their passkeys. */
  readonly isBackupEligible: boolean;
}

export interface RegistrationUser {
  /** User handle: up to 64 bytes, says to a later sign-in who it is. */
  readonly id: Bytes;
  readonly name: string;
  /** Passkeys of this person that the authenticator shall not make again. */
  readonly excludedCredentialIds?: readonly string[];
}

interface CeremonyChallenge {
  readonly purpose: PasskeyPurpose;
  readonly challenge: Bytes;
}

/** The answer of a WebAuthn client, as the wire schema lets it in. */
export type WebAuthnResponseJson = v.InferOutput<typeof WebAuthnResponse>;

/** @param residentKey `required`: found without being named, at a sign-in that asks for no user name */
export async function createRegistrationOptions(
  { rpId }: Origins,
  rpName: string,
  { challenge }: CeremonyChallenge,
  user: RegistrationUser,
  residentKey: 'required' | 'preferred',
) {
  return generateRegistrationOptions({
    rpName,
    rpID: rpId,
    userID: user.id,
    userName: user.name,
    userDisplayName: user.name,
    challenge,
    timeout: CEREMONY_VALID_MS,
    attestationType: 'none',
    excludeCredentials: (user.excludedCredentialIds ?? []).map((id) => ({ id })),
    authenticatorSelection: { residentKey, userVerification: 'required' },
    supportedAlgorithmIDs: [ES256],
  });
}

/** @param credentialIds none: the authenticator offers what it has for this site */
export async function createSignInOptions(
  { rpId }: Origins,
  { challenge }: CeremonyChallenge,
  credentialIds: readonly string[] = [],
) {
  return generateAuthenticationOptions({
    rpID: rpId,
    challenge,
    timeout: CEREMONY_VALID_MS,
    userVerification: 'required',
    allowCredentials: credentialIds.map((id) => ({ id })),
  });
}

/** Refuses `user_not_verified`, `passkey_invalid`. */
export async function verifyRegistration(
  { all, rpId }: Origins,
  ceremony: CeremonyChallenge,
  json: WebAuthnResponseJson,
): Promise<Result<PasskeyCredential>> {
  const { clientDataJSON, attestationObject } = json.response;
  if (!isText(clientDataJSON) || !isText(attestationObject) || isCrossOrigin(clientDataJSON))
    return refuse('passkey_invalid');
  if (!isWithoutChain(attestationObject)) return refuse('passkey_invalid');
  // Only these members go on: whatever else came with them is not looked at.
  const response: RegistrationResponseJSON = {
    ...identityOf(json),
    response: { clientDataJSON, attestationObject },
  };
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: await expectChallenge(ceremony),
      expectedOrigin: [...all],
      expectedRPID: rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: [ES256],
    });
    if (!verified) return refuse('passkey_invalid');
    const { id, publicKey } = registrationInfo.credential;
    const rawPublicKey = await extractPublicKey(publicKey);
    // The answer's outside must name the passkey that its signed inside makes.
    if (!rawPublicKey || id !== json.id) return refuse('passkey_invalid');
    return accept({
      credentialId: id,
      cosePublicKey: publicKey.slice() as Bytes,
      publicKey: rawPublicKey,
      isBackupEligible: registrationInfo.credentialDeviceType === 'multiDevice',
    });
  } catch (error) {
    return refuseCeremony(error);
  }
}

/**
 * The signature counter is not looked at: synced passkeys keep it at zero, and payments count it up unseen.
 * Refuses `user_not_verified`, `passkey_invalid`.
 */
export async function verifySignIn(
  { all, rpId }: Origins,
  ceremony: CeremonyChallenge,
  json: WebAuthnResponseJson,
  credential: { readonly credentialId: string; readonly cosePublicKey: Bytes },
): Promise<Result<true>> {
  const { clientDataJSON, authenticatorData, signature } = json.response;
  if (!isText(clientDataJSON) || !isText(authenticatorData) || !isText(signature) || isCrossOrigin(clientDataJSON))
    return refuse('passkey_invalid');
  const response: AuthenticationResponseJSON = {
    ...identityOf(json),
    response: { clientDataJSON, authenticatorData, signature },
  };
  try {
    const { verified } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: await expectChallenge(ceremony),
      expectedOrigin: [...all],
      expectedRPID: rpId,
      requireUserVerification: true,
      credential: { id: credential.credentialId, publicKey: credential.cosePublicKey, counter: 0 },
    });
    return verified ? accept(true) : refuse('passkey_invalid');
  } catch (error) {
    return refuseCeremony(error);
  }
}

/** Who a discoverable passkey belongs to, as it says itself; believed only after its signature. */
export function readUserHandle(json: WebAuthnResponseJson): Bytes | undefined {
  const { userHandle } = json.response;
  return isText(userHandle) ? decodeBase64url(userHandle) : undefined;
}

/** The device hashes purpose and challenge itself, so what it signed is compared with the same hash made here. */
async function expectChallenge({ purpose, challenge }: CeremonyChallenge): Promise<(text: string) => boolean> {
  const expected = encodeBase64url(await createChallenge(purpose, challenge));
  return (text) => text === expected;
}

function identityOf({ id, rawId }: WebAuthnResponseJson) {
  return { id, rawId, type: 'public-key' as const, clientExtensionResults: {} };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0;
}

/**
 * No attestation is asked for, so an honest client sends none, or the passkey's own signature (WebAuthn L3 section 5.1.3). A chain
 * of certificates is not even looked into: anyone can make one up, and checking it the library would fetch revocation
 * lists from wherever it says.
 */
function isWithoutChain(attestationObject: string): boolean {
  try {
    const attestation = decodeAttestationObject(decodeBase64url(attestationObject) ?? new Uint8Array());
    const format = attestation.get('fmt');
    return format === 'none' || (format === 'packed' && attestation.get('attStmt').get('x5c') === undefined);
  } catch {
    return false;
  }
}

/** None of our pages may be framed, so no honest ceremony ran in a frame (WebAuthn L3 section 13.4.9). */
function isCrossOrigin(clientDataJSON: string): boolean {
  try {
    const { crossOrigin, topOrigin } = decodeClientDataJSON(clientDataJSON);
    return crossOrigin === true || topOrigin !== undefined;
  } catch {
    return true;
  }
}

/** The library throws what it finds wrong as sentences that quote the message; nothing of them goes out. */
function refuseCeremony(error: unknown): Result<never> {
  const isVerificationMissing = error instanceof Error && /user verification/i.test(error.message);
  return refuse(isVerificationMissing ? 'user_not_verified' : 'passkey_invalid');
}

async function extractPublicKey(cosePublicKey: Uint8Array): Promise<Bytes | undefined> {
  const key = decodeCredentialPublicKey(cosePublicKey as Bytes);
  if (!cose.isCOSEPublicKeyEC2(key)) return undefined;
  const x = key.get(cose.COSEKEYS.x);
  const y = key.get(cose.COSEKEYS.y);
  if (!x || !y || key.get(cose.COSEKEYS.crv) !== cose.COSECRV.P256) return undefined;
  const publicKey = concatBytes(x, y);
  return (await importPasskeyPublicKey(publicKey)) ? publicKey : undefined;
}
