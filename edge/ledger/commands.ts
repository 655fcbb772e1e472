import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { ParticipantCode, ProgrammeId, TraceKey } from '../../shared/protocol/identifiers.ts';
import type { VerifiedAuthorisation } from '../../shared/protocol/payment/verify-authorisation.ts';
import type { VerifiedRequest } from '../../shared/protocol/payment/verify-request.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import type { Accepted, Refusal } from '../../shared/protocol/result.ts';
import type { PaymentAnswer } from '../../shared/protocol/wire/payments.ts';
import type { AttemptKind } from './attempts.ts';

/** What the routes hand to the ledger: all signatures are verified before, none is looked at again inside. */

/** Once, from the Clearing object, when it makes the participant; again with the same content it changes nothing. */
export interface OpenCommand {
  readonly participant: ParticipantCode;
  readonly programme: ProgrammeId;
  readonly currency: string;
  readonly exponent: number;
  readonly amountMinorMax: number;
  readonly requestValidSeconds: number;
}

/** A certificate as it came with a document, and its serial (in the content that was verified). */
export interface CarriedCertificate {
  readonly serial: Bytes;
  readonly document: Bytes;
}

export interface SubmitCommand {
  readonly request: VerifiedRequest;
  /** COSE_Sign1 of the request, as it came. */
  readonly document: Bytes;
  readonly terminalCertificate: CarriedCertificate;
}

export interface AuthoriseCommand {
  readonly authorisation: VerifiedAuthorisation;
  /** The request that the wallet scanned and handed in again, verified. */
  readonly request: VerifiedRequest;
  /** COSE_Sign1 of the authorisation, as it came. */
  readonly document: Bytes;
  /** The passkey's assertion, as it came. */
  readonly assertion: Bytes;
  readonly walletCertificate: CarriedCertificate;
  readonly terminalCertificate: CarriedCertificate;
}

export interface CancelCommand {
  readonly traceKey: TraceKey;
  /** Of the request that is taken back. */
  readonly requestHash: Bytes;
  /** Whose signature the cancellation carries. */
  readonly publicKey: Bytes;
  /** COSE_Sign1 of the cancellation, as it came, and the hash of its content. */
  readonly document: Bytes;
  readonly hash: Bytes;
  readonly terminalCertificate: CarriedCertificate;
  /** What the worker found against it though its signature is good: it is recorded, and ends nothing. */
  readonly objection?: RefusalCode;
}

/** A refusal found by the worker, on a request that a genuine terminal signed: recorded, moves nothing. */
export interface RecordAttemptCommand {
  readonly kind: 'submission' | 'authorisation';
  readonly request: VerifiedRequest;
  readonly terminalCertificate: CarriedCertificate;
  readonly code: RefusalCode;
  /**
   * Names what was refused: SHA-256 of its bytes; its content hash only where every signature was good, for a final refusal
   * of that content is then given for ever.
   */
  readonly documentHash: Bytes;
}

/** A refusal of something that proves no request, under a terminal certificate that is genuine all the same. */
export interface RecordUnprovenCommand {
  readonly kind: AttemptKind;
  readonly terminalCertificate: CarriedCertificate;
  readonly code: RefusalCode;
  /** SHA-256 of what came in: no content of it is to be believed. */
  readonly documentHash: Bytes;
  /** Where the terminal signed it. */
  readonly traceKey?: TraceKey;
}

/**
 * How a payment stands, or why the document was refused. A refused request or authorisation carries the centre's signed
 * word, base64url, for `Problem.receipt`; the same document gets the same bytes for ever when the code is final.
 */
export type PaymentResult = Accepted<PaymentAnswer> | (Refusal & { readonly receipt?: string });
