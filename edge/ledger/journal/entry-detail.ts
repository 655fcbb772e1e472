import { type Bytes, concatBytes, encodeUtf8 } from '../../../shared/protocol/bytes.ts';
import type { TerminalId, TraceKey } from '../../../shared/protocol/identifiers.ts';
import type { RefusalCode } from '../../../shared/protocol/refusals.ts';
import type { AccountStatus } from '../accounts.ts';
import type { AttemptKind } from '../payments/attempts.ts';

/** The opening, posts and voids say all in their numbers. */
export const NO_DETAIL: Bytes = new Uint8Array();

/**
 * What an entry's hash covers besides its numbers, by kind. Whoever writes an entry and whoever checks the chain build it
 * here, from what the tables hold. Hashes come last and have a fixed length, texts end in a zero byte: no two readings.
 */
export function detailOfPayment(requestHash: Uint8Array, authorisationHash: Uint8Array): Bytes {
  return concatBytes(requestHash, authorisationHash);
}

export function detailOfCancellation(requestHash: Uint8Array, cancellationHash: Uint8Array): Bytes {
  return concatBytes(requestHash, cancellationHash);
}

export interface RefusalDetail {
  readonly kind: AttemptKind;
  readonly traceKey: TraceKey;
  readonly code: RefusalCode;
  readonly account?: number | undefined;
  readonly requestHash: Uint8Array;
  readonly documentHash: Uint8Array;
  readonly payCode?: Uint8Array | undefined;
}

export function detailOfRefusal(refusal: RefusalDetail): Bytes {
  const { kind, traceKey, code, account, requestHash, documentHash, payCode = NO_DETAIL } = refusal;
  const texts = encodeUtf8(`${kind}\0${traceKey}\0${code}\0${account ?? ''}\0`);
  return concatBytes(texts, requestHash, documentHash, payCode);
}

export interface UnprovenDetail {
  readonly kind: AttemptKind;
  readonly terminalId: TerminalId;
  readonly traceKey: TraceKey | undefined;
  readonly code: RefusalCode;
  readonly certificateHash: Uint8Array;
  readonly documentHash: Uint8Array;
}

/** Of a refusal too: one text less, so neither is ever taken for the other. */
export function detailOfUnproven(attempt: UnprovenDetail): Bytes {
  const { kind, terminalId, traceKey, code, certificateHash, documentHash } = attempt;
  return concatBytes(encodeUtf8(`${kind}\0${traceKey ?? terminalId}\0${code}\0`), certificateHash, documentHash);
}

/** Of top-ups, holds and adjustments: the caller's name for it. */
export function detailOfReference(reference: string): Bytes {
  return encodeUtf8(reference);
}

export function detailOfStatus(account: number, status: AccountStatus, reason: string, by: string): Bytes {
  return encodeUtf8(`${account}\0${status}\0${reason}\0${by}`);
}
