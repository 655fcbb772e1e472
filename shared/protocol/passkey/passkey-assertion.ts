import { BOUNDS } from '../bounds.ts';
import { type Bytes, concatBytes, decodeUtf8, encodeBase64url, encodeUtf8, isEqualBytes } from '../bytes.ts';
import { decodeCbor, encodeCbor } from '../cbor.ts';
import { sha256 } from '../hash.ts';
import { accept, type Result, refuse } from '../result.ts';
import { decodeDerSignature } from './der-signature.ts';

/**
 * A passkey's assertion, made small: the start of clientDataJSON is fixed by WebAuthn L3 section 5.8.1.1 and is built
 * again by whoever verifies (section 5.8.1.2, limited verification algorithm); only what the browser added travels.
 */
export interface PasskeyAssertion {
  readonly authenticatorData: Bytes;
  /** What follows `"crossOrigin":false` in clientDataJSON: `}` or `,` and further members. */
  readonly clientDataSuffix: Bytes;
  /** r and s, 32 bytes each. */
  readonly signature: Bytes;
}

export interface AssertionExpectation {
  /** SHA-256 of purpose and content. */
  readonly challenge: Uint8Array;
  /** Web origins at which wallets of this programme run. */
  readonly origins: readonly string[];
  readonly rpIdHash: Uint8Array;
  /** ES256, imported from the wallet certificate: never from the message itself. */
  readonly publicKey: CryptoKey;
}

const FLAG_USER_PRESENT = 0x01;
const FLAG_USER_VERIFIED = 0x04;
const FLAG_BACKUP_ELIGIBLE = 0x08;
const FLAG_BACKUP_STATE = 0x10;
const FLAG_ATTESTED_DATA = 0x40;

/** Makes the assertion small. Refuses `passkey_invalid` when the browser's clientDataJSON is not the one expected. */
export function createPasskeyAssertion(
  response: { authenticatorData: Uint8Array; clientDataJSON: Uint8Array; signature: Uint8Array },
  challenge: Uint8Array,
  origin: string,
): Result<PasskeyAssertion> {
  const prefix = encodeClientDataPrefix(challenge, origin);
  const signature = decodeDerSignature(response.signature);
  if (!signature || !isEqualBytes(response.clientDataJSON.subarray(0, prefix.length), prefix))
    return refuse('passkey_invalid');
  const clientDataSuffix = response.clientDataJSON.slice(prefix.length) as Bytes;
  return accept({ authenticatorData: response.authenticatorData.slice() as Bytes, clientDataSuffix, signature });
}

export function encodePasskeyAssertion(assertion: PasskeyAssertion): Bytes {
  return encodeCbor([assertion.authenticatorData, assertion.clientDataSuffix, assertion.signature]);
}

export function decodePasskeyAssertion(bytes: Uint8Array): PasskeyAssertion | undefined {
  const value = decodeCbor(bytes);
  if (!Array.isArray(value) || value.length !== 3) return undefined;
  const [authenticatorData, clientDataSuffix, signature] = value;
  if (!(authenticatorData instanceof Uint8Array) || authenticatorData.length > BOUNDS.authenticatorDataBytesMax)
    return undefined;
  if (!(clientDataSuffix instanceof Uint8Array) || clientDataSuffix.length > BOUNDS.clientDataSuffixBytesMax)
    return undefined;
  if (!(signature instanceof Uint8Array) || signature.length !== 64) return undefined;
  return { authenticatorData, clientDataSuffix, signature } as PasskeyAssertion;
}

/**
 * The assertion procedure of WebAuthn L3 section 7.2, in its order as far as it concerns a payment. The signature
 * counter is not looked at: synced passkeys keep it at zero.
 * Refuses `passkey_invalid`, `user_not_verified`.
 */
export async function verifyPasskeyAssertion(
  assertion: PasskeyAssertion,
  expected: AssertionExpectation,
): Promise<Result<true>> {
  if (!isWellFormedSuffix(assertion.clientDataSuffix)) return refuse('passkey_invalid', 'client data');
  const { authenticatorData } = assertion;
  if (authenticatorData.length < 37 || !isEqualBytes(authenticatorData.subarray(0, 32), expected.rpIdHash)) {
    return refuse('passkey_invalid', 'relying party');
  }
  const flags = authenticatorData[32]!;
  if ((flags & FLAG_USER_PRESENT) === 0 || (flags & FLAG_USER_VERIFIED) === 0) return refuse('user_not_verified');
  if ((flags & FLAG_BACKUP_STATE) !== 0 && (flags & FLAG_BACKUP_ELIGIBLE) === 0)
    return refuse('passkey_invalid', 'backup flags');
  if ((flags & FLAG_ATTESTED_DATA) !== 0) return refuse('passkey_invalid', 'attested data');
  for (const origin of expected.origins) {
    const clientData = concatBytes(encodeClientDataPrefix(expected.challenge, origin), assertion.clientDataSuffix);
    const signedBytes = concatBytes(authenticatorData, await sha256(clientData));
    const isValid = await crypto.subtle.verify(
      { name: 'ECDSA', hash: 'SHA-256' },
      expected.publicKey,
      assertion.signature,
      signedBytes,
    );
    if (isValid) return accept(true);
  }
  return refuse('passkey_invalid', 'signature');
}

/** @param publicKey x and y, 32 bytes each; undefined when they are no point of P-256 */
export async function importPasskeyPublicKey(publicKey: Uint8Array): Promise<CryptoKey | undefined> {
  if (publicKey.length !== 64) return undefined;
  try {
    const point = concatBytes(Uint8Array.of(4), publicKey);
    return await crypto.subtle.importKey('raw', point, { name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify']);
  } catch {
    return undefined;
  }
}

/** WebAuthn L3 section 5.8.1.1: type, challenge, origin and crossOrigin come first, in this order and form. */
function encodeClientDataPrefix(challenge: Uint8Array, origin: string): Bytes {
  return encodeUtf8(
    `{"type":"webauthn.get","challenge":"${encodeBase64url(challenge)}","origin":${JSON.stringify(origin)},"crossOrigin":false`,
  );
}

/** Whatever follows must leave one JSON object whose first members are still ours, and name no top origin. */
function isWellFormedSuffix(suffix: Uint8Array): boolean {
  const text = decodeUtf8(suffix);
  if (text === '}') return true;
  if (text === undefined || !text.startsWith(',')) return false;
  try {
    const added = JSON.parse(`{${text.slice(1)}`) as Record<string, unknown>;
    return !['type', 'challenge', 'origin', 'crossOrigin', 'topOrigin'].some((name) => Object.hasOwn(added, name));
  } catch {
    return false;
  }
}
