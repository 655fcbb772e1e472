import { BOUNDS } from '../bounds.ts';
import { type Bytes, concatBytes, createRandomBytes } from '../bytes.ts';
import { accept, type Result, refuse } from '../result.ts';
import { encodeTwinHead, formatTwinHalf, type Showing, type TwinCode, type TwinHalf } from './twin-code.ts';

/**
 * Split mode (R2.2): the payload is sealed with a key made for this one showing; each code carries one half of the ciphertext
 * and one share of the key. The joining rule: key = share A XOR share B; ciphertext = half A, half B (A has the odd byte);
 * open with AES-256-GCM, authenticated with both heads.
 *
 * One code alone reveals nothing but its own time, its pair and the payload's length: a share by itself is random.
 *
 * Body: share of the key (32), half of the ciphertext with its tag of 16.
 */
const SHARE_BYTES = 32;
const TAG_BYTES = 16;
/** A key seals one showing only, so the nonce of AES-GCM need not be told apart from another. */
const NONCE = new Uint8Array(12);

/**
 * Makes the two codes of one showing.
 * @throws for a payload above `BOUNDS.splitPayloadBytesMax`: that is a bug of the caller
 */
export async function createSplitCode(payload: Uint8Array, { pairId, madeAtMs }: Showing): Promise<TwinCode> {
  if (payload.length > BOUNDS.splitPayloadBytesMax) throw new RangeError(`${payload.length} bytes do not fit`);
  const heads = [
    encodeTwinHead('split', 'A', pairId, madeAtMs[0]),
    encodeTwinHead('split', 'B', pairId, madeAtMs[1]),
  ] as const;
  const shareA = createRandomBytes(SHARE_BYTES);
  const key = createRandomBytes(SHARE_BYTES);
  const sealed = await crypto.subtle.encrypt(parametersOf(heads), await importKey(key), payload as Bytes);
  const ciphertext = new Uint8Array(sealed);
  const middle = Math.ceil(ciphertext.length / 2);
  return {
    a: formatTwinHalf(heads[0], concatBytes(shareA, ciphertext.subarray(0, middle))),
    b: formatTwinHalf(heads[1], concatBytes(xorBytes(key, shareA), ciphertext.subarray(middle))),
  };
}

/** Refuses `code_tampered` where the halves do not open together. */
export async function joinSplitCode(a: TwinHalf, b: TwinHalf): Promise<Result<Bytes>> {
  const halves = [a, b].map(({ body }) => body.subarray(SHARE_BYTES)) as [Uint8Array, Uint8Array];
  const isHalved = halves[0].length === halves[1].length || halves[0].length === halves[1].length + 1;
  const ciphertext = concatBytes(...halves);
  const isBounded = ciphertext.length >= TAG_BYTES && ciphertext.length <= BOUNDS.splitPayloadBytesMax + TAG_BYTES;
  if (!isHalved || !isBounded || b.body.length < SHARE_BYTES) return refuse('code_tampered');
  const key = await importKey(xorBytes(a.body.subarray(0, SHARE_BYTES), b.body.subarray(0, SHARE_BYTES)));
  try {
    return accept(new Uint8Array(await crypto.subtle.decrypt(parametersOf([a.head, b.head]), key, ciphertext)));
  } catch {
    return refuse('code_tampered');
  }
}

function parametersOf(heads: readonly [Uint8Array, Uint8Array]) {
  return { name: 'AES-GCM', iv: NONCE, additionalData: concatBytes(...heads) };
}

function importKey(key: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

function xorBytes(left: Uint8Array, right: Uint8Array): Bytes {
  return left.map((byte, index) => byte ^ right[index]!) as Bytes;
}
