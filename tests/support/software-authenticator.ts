import { encode } from 'cborg';
import {
  type Bytes,
  concatBytes,
  createRandomBytes,
  encodeBase64url,
  encodeUtf8,
} from '../../shared/protocol/bytes.ts';
import { sha256 } from '../../shared/protocol/hash.ts';

/**
 * A passkey in software: ES256 over WebCrypto, so it runs in Node, in workerd and in a browser. It answers as a platform
 * authenticator with user verification does, and on request does each thing wrong that a verifier must notice.
 */
export interface SoftwareAuthenticator {
  readonly credentialId: Bytes;
  /** x and y, 32 bytes each: as a wallet certificate carries it. */
  readonly publicKey: Bytes;
  register(challenge: Uint8Array, misbehaviour?: Misbehaviour): Promise<RegistrationJSON>;
  assert(challenge: Uint8Array, misbehaviour?: Misbehaviour): Promise<AuthenticationJSON>;
  /** The same assertion as bytes, for `createPasskeyAssertion`. */
  assertBytes(challenge: Uint8Array, misbehaviour?: Misbehaviour): Promise<AssertionBytes>;
}

export interface SoftwareAuthenticatorOptions {
  readonly origin: string;
  readonly rpId: string;
  /** Counts up with each assertion; synced passkeys stay at 0, which is the default. */
  readonly hasCounter?: boolean;
}

/** What a faulty or hostile authenticator or browser may do. */
export interface Misbehaviour {
  readonly userVerified?: boolean;
  readonly userPresent?: boolean;
  /** Says that it is backed up although it is not eligible for it. */
  readonly contradictoryBackupFlags?: boolean;
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: Uint8Array;
  readonly type?: string;
  /** Members that a browser adds to clientDataJSON, as text that follows `"crossOrigin":false`. */
  readonly clientDataSuffix?: string;
  /** Turns one bit of r in the signature. */
  readonly tamperSignature?: boolean;
  /** Signs with a key that was never registered. */
  readonly foreignKey?: boolean;
}

export interface AssertionBytes {
  readonly authenticatorData: Bytes;
  readonly clientDataJSON: Bytes;
  /** DER, as authenticators return it. */
  readonly signature: Bytes;
}

export interface RegistrationJSON {
  readonly id: string;
  readonly rawId: string;
  readonly type: 'public-key';
  readonly authenticatorAttachment: 'platform';
  readonly clientExtensionResults: Record<string, never>;
  readonly response: {
    readonly clientDataJSON: string;
    readonly attestationObject: string;
    readonly transports: ['internal'];
  };
}

export interface AuthenticationJSON {
  readonly id: string;
  readonly rawId: string;
  readonly type: 'public-key';
  readonly authenticatorAttachment: 'platform';
  readonly clientExtensionResults: Record<string, never>;
  readonly response: {
    readonly clientDataJSON: string;
    readonly authenticatorData: string;
    readonly signature: string;
    readonly userHandle?: string;
  };
}

const ES256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const FLAGS = { userPresent: 0x01, userVerified: 0x04, backupState: 0x10, attestedData: 0x40 } as const;

export async function createSoftwareAuthenticator(
  options: SoftwareAuthenticatorOptions,
): Promise<SoftwareAuthenticator> {
  const pair = await createKeyPair();
  const credentialId = createRandomBytes(32);
  const point = new Uint8Array((await crypto.subtle.exportKey('raw', pair.publicKey)) as ArrayBuffer);
  const publicKey = point.slice(1);
  let counter = 0;

  async function assertBytes(challenge: Uint8Array, misbehaviour: Misbehaviour = {}): Promise<AssertionBytes> {
    if (options.hasCounter) counter += 1;
    const authenticatorData = await encodeAuthenticatorData(misbehaviour, 0, new Uint8Array());
    const clientDataJSON = encodeClientData('webauthn.get', challenge, misbehaviour);
    const key = misbehaviour.foreignKey ? (await createKeyPair()).privateKey : pair.privateKey;
    const signed = concatBytes(authenticatorData, await sha256(clientDataJSON));
    const raw = new Uint8Array(await crypto.subtle.sign(ES256, key, signed));
    if (misbehaviour.tamperSignature) raw[5]! ^= 1;
    return { authenticatorData, clientDataJSON, signature: encodeDerSignature(raw) };
  }

  async function encodeAuthenticatorData(misbehaviour: Misbehaviour, moreFlags: number, tail: Uint8Array) {
    const { userPresent = true, userVerified = true, contradictoryBackupFlags = false } = misbehaviour;
    const flags =
      (userPresent ? FLAGS.userPresent : 0) |
      (userVerified ? FLAGS.userVerified : 0) |
      (contradictoryBackupFlags ? FLAGS.backupState : 0) |
      moreFlags;
    const rpIdHash = await sha256(encodeUtf8(misbehaviour.rpId ?? options.rpId));
    const count = new Uint8Array(4);
    new DataView(count.buffer).setUint32(0, counter);
    return concatBytes(rpIdHash, Uint8Array.of(flags), count, tail);
  }

  function encodeClientData(type: string, challenge: Uint8Array, misbehaviour: Misbehaviour): Bytes {
    const said = encodeBase64url(misbehaviour.challenge ?? challenge);
    const origin = JSON.stringify(misbehaviour.origin ?? options.origin);
    const prefix = `{"type":"${misbehaviour.type ?? type}","challenge":"${said}","origin":${origin},"crossOrigin":false`;
    return encodeUtf8(prefix + (misbehaviour.clientDataSuffix ?? '}'));
  }

  return {
    credentialId,
    publicKey,
    assertBytes,
    async register(challenge, misbehaviour = {}) {
      const credential = encodeAttestedCredential(credentialId, publicKey);
      const authData = await encodeAuthenticatorData(misbehaviour, FLAGS.attestedData, credential);
      return {
        ...describeCredential(credentialId),
        response: {
          clientDataJSON: encodeBase64url(encodeClientData('webauthn.create', challenge, misbehaviour)),
          attestationObject: encodeBase64url(encode({ fmt: 'none', attStmt: {}, authData })),
          transports: ['internal'],
        },
      };
    },
    async assert(challenge, misbehaviour = {}) {
      const { authenticatorData, clientDataJSON, signature } = await assertBytes(challenge, misbehaviour);
      return {
        ...describeCredential(credentialId),
        response: {
          clientDataJSON: encodeBase64url(clientDataJSON),
          authenticatorData: encodeBase64url(authenticatorData),
          signature: encodeBase64url(signature),
        },
      };
    },
  };
}

function createKeyPair(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(ES256, false, ['sign', 'verify']) as Promise<CryptoKeyPair>;
}

function describeCredential(credentialId: Uint8Array) {
  const id = encodeBase64url(credentialId);
  return {
    id,
    rawId: id,
    type: 'public-key',
    authenticatorAttachment: 'platform',
    clientExtensionResults: {} as Record<string, never>,
  } as const;
}

/** WebAuthn L3 section 6.5.2: AAGUID (none), credential id with its length, the key as COSE. */
function encodeAttestedCredential(credentialId: Uint8Array, publicKey: Uint8Array): Bytes {
  const length = Uint8Array.of(credentialId.length >> 8, credentialId.length & 255);
  const coseKey = new Map<number, number | Uint8Array>([
    [1, 2], // kty: EC2
    [3, -7], // alg: ES256
    [-1, 1], // crv: P-256
    [-2, publicKey.slice(0, 32)],
    [-3, publicKey.slice(32)],
  ]);
  return concatBytes(new Uint8Array(16), length, credentialId, encode(coseKey));
}

/** r and s as ECDSA-Sig-Value (RFC 3279 section 2.2.3). */
function encodeDerSignature(raw: Uint8Array): Bytes {
  const integers = [raw.subarray(0, 32), raw.subarray(32)].map(encodeDerInteger);
  return concatBytes(Uint8Array.of(0x30, integers[0]!.length + integers[1]!.length), ...integers);
}

function encodeDerInteger(bytes: Uint8Array): Bytes {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
  const digits = bytes.subarray(start);
  const padding = digits[0]! >= 0x80 ? Uint8Array.of(0) : new Uint8Array();
  return concatBytes(Uint8Array.of(0x02, padding.length + digits.length), padding, digits);
}
