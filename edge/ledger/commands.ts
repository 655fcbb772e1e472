import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { ParticipantCode, ProgrammeId, TraceKey } from '../../shared/protocol/identifiers.ts';
import type { AcceptanceContent } from '../../shared/protocol/offline/acceptance.ts';
import type { ChainLink } from '../../shared/protocol/offline/chain.ts';
import type { VerifiedClosing } from '../../shared/protocol/offline/closing.ts';
import type { VerifiedCapture } from '../../shared/protocol/payment/twin-capture.ts';
import type { VerifiedAuthorisation } from '../../shared/protocol/payment/verify-authorisation.ts';
import type { VerifiedPayCode } from '../../shared/protocol/payment/verify-pay-code.ts';
import type { VerifiedRequest } from '../../shared/protocol/payment/verify-request.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import type { Accepted, Refusal } from '../../shared/protocol/result.ts';
import type { OfflineSettings } from '../../shared/protocol/wire/offline.ts';
import type { PayCodeSettings } from '../../shared/protocol/wire/pay-codes.ts';
import type { PaymentAnswer } from '../../shared/protocol/wire/payments.ts';
import type { AttemptKind } from './payments/attempts.ts';

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
  /** Of the till's session, where the call had one. Whether it is one of this terminal's is for the ledger to say. */
  readonly tokenHash?: Bytes | undefined;
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
  /** COSE_Sign1 of the request, to be taken in place of the till's own submission: the till has no network. */
  readonly carriedRequest?: Bytes;
}

/** A terminal's word that it took a consent on its own; verified against that consent. */
export interface CarriedAcceptance {
  readonly content: AcceptanceContent;
  /** COSE_Sign1 of it, as it came. */
  readonly document: Bytes;
}

/** A consent with a place in the chain of an allowance: in time or late, by the till or by the phone. */
export interface SettleCommand extends Omit<AuthoriseCommand, 'carriedRequest'> {
  readonly authorisation: AuthoriseCommand['authorisation'] & { readonly link: ChainLink };
  /** COSE_Sign1 of the request: it comes with the consent, whoever hands it in. */
  readonly requestDocument: Bytes;
  /** The wallet's word that the till has no network: its request is taken from here. */
  readonly isTillAway: boolean;
  readonly acceptance?: CarriedAcceptance | undefined;
  /** Of the till's session, where the call had one. Whether it is one of this terminal's is for the ledger to say. */
  readonly tokenHash?: Bytes | undefined;
  /** A few seconds old at most. */
  readonly settings: Pick<OfflineSettings, 'tillPerAllowanceMinor' | 'tillTotalMinor' | 'tillAgeSeconds'>;
}

/** A wallet closes its allowance, and asks for the next. */
export interface RenewCommand {
  /** Of the customer's session. */
  readonly tokenHash: Bytes;
  readonly accountToken: Bytes;
  readonly closing?: CarriedClosing | undefined;
  readonly rehearsal?: CarriedRehearsal | undefined;
  readonly isWanted: boolean;
  /** A few seconds old at most. */
  readonly settings: OfflineSettings;
}

export interface CarriedClosing extends VerifiedClosing {
  /** COSE_Sign1 of it, as it came. */
  readonly document: Bytes;
}

/** A rehearsal, verified, as it came. */
export interface CarriedRehearsal {
  /** Serial of the wallet certificate that it names. */
  readonly certificate: Bytes;
  readonly termsVersion: number;
  readonly document: Bytes;
  readonly assertion: Bytes;
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

/** The terminal scanned a pay code: its request, and what was joined and verified. */
export interface ChargeCommand extends SubmitCommand {
  readonly capture: VerifiedCapture;
  /** COSE_Sign1 of the capture, as it came. */
  readonly captureDocument: Bytes;
  readonly payCode: VerifiedPayCode;
  /** COSE_Sign1 of the showing that was scanned. */
  readonly showing: Bytes;
  /** The passkey's assertion on the pay code. */
  readonly assertion: Bytes;
  readonly walletCertificate: CarriedCertificate;
  /** Of the phone that showed it. */
  readonly devicePublicKey: Bytes;
  /** By which it was judged, a few seconds old at most; they stand beside it for whoever proves it again. */
  readonly rules: Pick<PayCodeSettings, 'windowMs' | 'toleranceMs' | 'stepUpMinor'>;
}

/** A charge that the worker refuses, though the terminal's request is good. */
export interface RefuseChargeCommand extends SubmitCommand {
  readonly code: RefusalCode;
  /** As of `RecordAttemptCommand`. */
  readonly documentHash: Bytes;
  /** Whose phone made what was scanned, where that is proven. */
  readonly card?: ProvenCard;
}

export interface ProvenCard {
  readonly walletCertificate: CarriedCertificate;
  readonly accountToken: Bytes;
  /** Hash of the pay code. */
  readonly payCode: Bytes;
  /** When it ends, by its own word. */
  readonly payCodeExpiresAtMs: number;
  /** Whether both codes were there and fitted: less names no card to the till. */
  readonly isJoined: boolean;
}

/** A customer takes a pay code back, or declines what a shop asked for with it. */
export interface CancelPayCodeCommand {
  /** Of the customer's session. */
  readonly tokenHash: Bytes;
  readonly hash: Bytes;
  /** Canonical, of the `PayCode`. */
  readonly content: Bytes;
  readonly accountToken: Bytes;
  /** When it can be charged no more in any way. */
  readonly endsAtMs: number;
}

/** A refusal found by the worker, on a request that a genuine terminal signed: recorded, moves nothing. */
export interface RecordAttemptCommand {
  readonly kind: 'submission' | 'authorisation' | 'charge';
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
