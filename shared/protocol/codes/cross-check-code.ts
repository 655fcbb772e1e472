import { BOUNDS } from '../bounds.ts';
import { type Bytes, concatBytes, encodeUtf8, isEqualBytes } from '../bytes.ts';
import { accept, type Result, refuse } from '../result.ts';
import { encodeTwinHead, formatTwinHalf, type Showing, type TwinCode, type TwinHalf } from './twin-code.ts';

/**
 * Cross-check mode (R2.3): both codes carry the payload and differ in place. The place that differs holds a check value:
 * A's verifies B, and B's verifies A. Both are made with a secret of the account that only wallet and centre know, so a till
 * can take the account from either code, and only the centre can tell that the two belong together.
 *
 * Body: check value of the other code (16), payload.
 * Check value: the first 16 bytes of HMAC-SHA-256 (RFC 2104 section 5 asks for at least half) over a name, the other
 * code's head and its payload.
 */
const CHECK_BYTES = 16;
const NAME = encodeUtf8('tandem/cross-check/v1\0');

/** @param secret 32 bytes, of the account; the key becomes non-extractable */
export function importAccountSecret(secret: Uint8Array): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', secret as Bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
}

/**
 * Makes the two codes of one showing.
 * @throws for a payload above `BOUNDS.crossCheckPayloadBytesMax`: that is a bug of the caller
 */
export async function createCrossCheckCode(
  payload: Uint8Array,
  { pairId, madeAtMs }: Showing,
  accountSecret: CryptoKey,
): Promise<TwinCode> {
  if (payload.length > BOUNDS.crossCheckPayloadBytesMax) throw new RangeError(`${payload.length} bytes do not fit`);
  const headA = encodeTwinHead('cross-check', 'A', pairId, madeAtMs[0]);
  const headB = encodeTwinHead('cross-check', 'B', pairId, madeAtMs[1]);
  const [checkOfA, checkOfB] = await Promise.all([
    computeCheck(accountSecret, headA, payload),
    computeCheck(accountSecret, headB, payload),
  ]);
  return {
    a: formatTwinHalf(headA, concatBytes(checkOfB, payload)),
    b: formatTwinHalf(headB, concatBytes(checkOfA, payload)),
  };
}

/** What one code carries, from which the account is taken; proves nothing. */
export function payloadOfHalf({ body }: TwinHalf): Bytes {
  return body.slice(CHECK_BYTES) as Bytes;
}

/** Refuses `code_tampered` (two payloads, or one too long), `check_value_invalid`. */
export async function joinCrossCheckCode(a: TwinHalf, b: TwinHalf, accountSecret: CryptoKey): Promise<Result<Bytes>> {
  const payload = payloadOfHalf(a);
  const isBounded = payload.length > 0 && payload.length <= BOUNDS.crossCheckPayloadBytesMax;
  if (!isBounded || !isEqualBytes(payload, payloadOfHalf(b))) return refuse('code_tampered');
  const [checkOfA, checkOfB] = await Promise.all([
    computeCheck(accountSecret, a.head, payload),
    computeCheck(accountSecret, b.head, payload),
  ]);
  const isOfOneHand =
    isEqualBytes(a.body.subarray(0, CHECK_BYTES), checkOfB) && isEqualBytes(b.body.subarray(0, CHECK_BYTES), checkOfA);
  return isOfOneHand ? accept(payload) : refuse('check_value_invalid');
}

async function computeCheck(secret: CryptoKey, head: Uint8Array, payload: Uint8Array): Promise<Bytes> {
  const mac = await crypto.subtle.sign('HMAC', secret, concatBytes(NAME, head, payload));
  return new Uint8Array(mac).slice(0, CHECK_BYTES);
}
