import type { Bytes } from '../bytes.ts';
import { isEqualBytes } from '../bytes.ts';
import type { MatchedPair } from '../codes/join-twin-code.ts';
import { decodeDocument, hashContent, signDocument } from '../documents/document.ts';
import { TwinCapture } from '../documents/pay-code.ts';
import { accept, type Result, refuse } from '../result.ts';
import type { SigningKey } from '../signing-key.ts';
import type { TrustedTerminal } from './certificates.ts';

/** The terminal's word on what it scanned for which request, verified. */
export interface VerifiedCapture {
  readonly hash: Bytes;
  readonly requestHash: Bytes;
  readonly pairId: Bytes;
  /** Of A and of B. */
  readonly capturedAtMs: readonly [number, number];
  readonly chargedAtMs: number;
}

/** Signs what the till scanned. Call it once per charge and keep the document: handed in again it gets the same answer. */
export function createTwinCapture(
  requestHash: Bytes,
  pair: MatchedPair,
  nowMs: number,
  terminalKey: SigningKey,
): Promise<Bytes> {
  const [capturedAtMs, secondCapturedAtMs] = pair.capturedAtMs;
  const content = { requestHash, pairId: pair.pairId, capturedAtMs, secondCapturedAtMs, chargedAtMs: nowMs };
  return signDocument(TwinCapture, content, terminalKey);
}

/**
 * Refuses `document_malformed`, `signature_invalid`, `capture_mismatch` (made for another request), `clock_off` (captured
 * after it was charged).
 */
export async function verifyTwinCapture(
  document: Uint8Array,
  requestHash: Uint8Array,
  terminal: TrustedTerminal,
): Promise<Result<VerifiedCapture>> {
  const decoded = decodeDocument(TwinCapture, document);
  if (!decoded.ok) return decoded;
  if (!(await decoded.value.verify(terminal.key))) return refuse('signature_invalid');
  const { pairId, capturedAtMs, secondCapturedAtMs, chargedAtMs, ...content } = decoded.value.content;
  if (!isEqualBytes(content.requestHash, requestHash)) return refuse('capture_mismatch');
  if (Math.max(capturedAtMs, secondCapturedAtMs) > chargedAtMs) return refuse('clock_off');
  const hash = await hashContent(TwinCapture, decoded.value.contentBytes);
  const { requestHash: hashOfRequest } = content;
  return accept({
    hash,
    requestHash: hashOfRequest,
    pairId,
    capturedAtMs: [capturedAtMs, secondCapturedAtMs],
    chargedAtMs,
  });
}
