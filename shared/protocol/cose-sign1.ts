import { type Bytes, encodeUtf8 } from './bytes.ts';
import { decodeCbor, encodeCbor } from './cbor.ts';

/**
 * COSE_Sign1 (RFC 9052 section 4.2), untagged, Ed25519, over WebCrypto. The document's type is the external data
 * (section 4.3), so a signature made for one type verifies for no other.
 */
const HEADER_ALGORITHM = 1;
const HEADER_KEY_ID = 4;
/** EdDSA, RFC 9053 section 2.2; the key's curve is always Ed25519. */
const ALGORITHM_EDDSA = -8;
export const KEY_ID_BYTES = 8;
const SIGNATURE_BYTES = 64;

export interface CoseSign1 {
  /** Finds the signer's key where no certificate says whose it is: in what the centre signs. */
  readonly keyId?: Uint8Array;
  readonly payload: Bytes;
  readonly protectedHeader: Uint8Array;
  readonly signature: Bytes;
}

/** @param keyId only where the verifier has several keys to choose from; elsewhere its bytes would be lost room in a code */
export async function signCose(
  payload: Uint8Array,
  externalData: string,
  key: CryptoKey,
  keyId?: Uint8Array,
): Promise<Bytes> {
  const header = new Map<number, number | Uint8Array>([[HEADER_ALGORITHM, ALGORITHM_EDDSA]]);
  if (keyId) header.set(HEADER_KEY_ID, keyId);
  const protectedHeader = encodeCbor(header);
  const toBeSigned = encodeSigStructure(protectedHeader, externalData, payload);
  const signature = new Uint8Array(await crypto.subtle.sign('Ed25519', key, toBeSigned));
  return encodeCbor([protectedHeader, new Map(), payload, signature]);
}

/** @returns undefined unless the bytes are a canonical COSE_Sign1 with exactly the headers we write */
export function decodeCose(bytes: Uint8Array): CoseSign1 | undefined {
  const value = decodeCbor(bytes);
  if (!Array.isArray(value) || value.length !== 4) return undefined;
  const [protectedHeader, unprotectedHeader, payload, signature] = value;
  if (!(protectedHeader instanceof Uint8Array && payload instanceof Uint8Array && signature instanceof Uint8Array))
    return undefined;
  if (!(unprotectedHeader instanceof Map) || unprotectedHeader.size !== 0) return undefined;
  if (signature.length !== SIGNATURE_BYTES) return undefined;
  const header = decodeCbor(protectedHeader);
  if (!(header instanceof Map) || header.get(HEADER_ALGORITHM) !== ALGORITHM_EDDSA) return undefined;
  const cose = { payload: payload as Bytes, protectedHeader, signature: signature as Bytes };
  if (header.size === 1) return cose;
  const keyId = header.get(HEADER_KEY_ID);
  if (header.size !== 2 || !(keyId instanceof Uint8Array) || keyId.length !== KEY_ID_BYTES) return undefined;
  return { ...cose, keyId };
}

export async function verifyCose(cose: CoseSign1, externalData: string, key: CryptoKey): Promise<boolean> {
  const toBeSigned = encodeSigStructure(cose.protectedHeader, externalData, cose.payload);
  return crypto.subtle.verify('Ed25519', key, cose.signature, toBeSigned);
}

/** Sig_structure of RFC 9052 section 4.4. */
function encodeSigStructure(protectedHeader: Uint8Array, externalData: string, payload: Uint8Array): Bytes {
  return encodeCbor(['Signature1', protectedHeader, encodeUtf8(externalData), payload]);
}
