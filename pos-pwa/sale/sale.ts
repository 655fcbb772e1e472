import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { Currency } from '../../shared/protocol/currency.ts';
import type { ReceiptContent } from '../../shared/protocol/documents/receipt.ts';
import type { BatchNo, OperatorNo, TraceKey, VoucherNo } from '../../shared/protocol/identifiers.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';

/**
 * Where a sale stands, as far as this till knows. Those of `OPEN_STATUSES` are open: how they end is not known here, and is
 * asked for until it is.
 *
 *     made ──centre has it──▶ waiting ──receipt──▶ paid
 *      │                        │  └──cancel asked──▶ cancelling ──▶ paid | not-paid
 *      └──────refused───────────┴──expired, refused──▶ not-paid
 *
 * A customer who was scanned, in place of the till's code or after it:
 *
 *     charging ──receipt──▶ paid
 *      ├──customer asked──▶ asked ──▶ paid | not-paid
 *      └──refused──▶ charge-refused ──scanned again──▶ charging
 *                       └──code chosen──▶ made
 *
 * From every one of them: a receipt for this very request, off the customer's phone ──▶ paid.
 *
 * Neither side has a network, and the customer's consent was scanned:
 *
 *     charging ──taken alone──▶ accepted ──receipt──▶ paid
 *                                  └──refused──▶ not-settled ──tried again, receipt──▶ paid
 */
export type SaleState =
  /** Signed and stored; the centre has not yet said that it has it. */
  | { readonly status: 'made' }
  /** The centre has it: whoever scans it may pay. */
  | { readonly status: 'waiting'; readonly lastRefusal?: RefusalCode }
  /** The customer was scanned, and this is handed in until it is answered. */
  | { readonly status: 'charging'; readonly charge: Charge }
  /** The pay code does not cover it: the centre asks the customer's phone. Kept in case the centre has lost it. */
  | { readonly status: 'asked'; readonly charge: Charge; readonly lastRefusal?: RefusalCode }
  /** What was scanned did not pay. The sale stands: the cashier scans again, shows the code, or takes it back. */
  | { readonly status: 'charge-refused'; readonly code: RefusalCode }
  /** The cashier took it back; the centre has not yet said that it was in time. */
  | { readonly status: 'cancelling' }
  /** Proven by the centre's signed receipt, which was verified before this was written. */
  | {
      readonly status: 'paid';
      readonly receipt: ReceiptContent;
      readonly document: Bytes;
      /** Where that was before the centre decided it: when the customer paid. */
      readonly paidAtMs?: number;
      /** It was settled without the till, which had no network: the till's own request is still to be handed in. */
      readonly handInDue?: 1;
    }
  /** Taken by this till alone, which verified all of it: guaranteed, and handed in until the centre has answered. */
  | ({ readonly status: 'accepted' } & TakenAlone)
  /** Taken alone, and refused by the centre afterwards. Kept with all that proves it, until it is settled after all. */
  | ({ readonly status: 'not-settled'; readonly code: RefusalCode } & TakenAlone)
  /** The centre's word that nobody paid this and nobody can any more. */
  | { readonly status: 'not-paid'; readonly code: RefusalCode };

/** A consent that this till took without asking the centre, and its word on that: on the disk before anyone is told. */
export interface TakenAlone {
  readonly consent: CarriedConsent;
  /** Content hash of the consent: the same one scanned again is the same payment. */
  readonly authorisationHash: Bytes;
  /** COSE_Sign1 of the `Acceptance`. */
  readonly acceptance: Bytes;
  readonly acceptedAtMs: number;
  /** Serial of the allowance that pays it, in hex. */
  readonly allowance: string;
}

export type SaleStatus = SaleState['status'];

/** The statuses of a sale whose end is not known. */
export const OPEN_STATUSES = ['made', 'waiting', 'charging', 'asked', 'charge-refused', 'cancelling'] as const;

/**
 * What was scanned off a customer's phone for one sale, stored before it is handed in: the very same goes to the centre as often
 * as it takes to hear an answer. Forgotten with the answer: it is the customer's.
 */
export type Charge = ScannedCodes | CarriedConsent;

/** Both codes of a pay code, and the till's signed word on what it saw. */
export interface ScannedCodes {
  /** The two texts as scanned, A and B. */
  readonly codes: readonly [string, string];
  /** COSE_Sign1 of the `TwinCapture`. */
  readonly capture: Bytes;
}

/** The consent of a customer whose phone has no network, to this sale's own request: the till hands it in for them. */
export interface CarriedConsent {
  /** COSE_Sign1 of the `Authorisation`. */
  readonly authorisation: Bytes;
  /** The passkey's assertion on its hash. */
  readonly assertion: Bytes;
  /** COSE_Sign1 of the `WalletCertificate`. */
  readonly walletCertificate: Bytes;
  /** COSE_Sign1 of a `RevocationList` that the phone brought along. */
  readonly revocations?: Bytes;
}

export function isConsent(charge: Charge): charge is CarriedConsent {
  return 'authorisation' in charge;
}

/** One thing the cashier asked to be paid: stored before its code is shown. */
export interface Sale {
  readonly traceKey: TraceKey;
  readonly batchNo: BatchNo;
  readonly voucherNo: VoucherNo;
  readonly operatorNo: OperatorNo;
  readonly operatorName: string;
  readonly amountMinor: number;
  readonly currency: Currency;
  readonly shopName: string;
  /** The signed request, and the certificate that was valid when it was signed. */
  readonly request: Bytes;
  readonly requestHash: Bytes;
  readonly terminalCertificate: Bytes;
  /** By the centre's clock as this till knew it. */
  readonly requestedAtMs: number;
  readonly expiresAtMs: number;
  readonly state: SaleState;
}

/** One time for one payment: when it was paid, wherever that was; until then, and where nobody paid, when it was asked for. */
export function timeOf({ state, requestedAtMs }: Pick<Sale, 'state' | 'requestedAtMs'>): number {
  if (state.status === 'paid') return state.paidAtMs ?? state.receipt.decidedAtMs;
  return state.status === 'accepted' || state.status === 'not-settled' ? state.acceptedAtMs : requestedAtMs;
}

/** Whether it is still to be found out how this sale ended. */
export function isOpen({ state }: Pick<Sale, 'state'>): boolean {
  return OPEN_STATUSES.some((status) => status === state.status);
}

/** Whether it has ended here, and is still to be handed in at the centre: what the outbox is for. */
export function isToHandIn({ state }: Pick<Sale, 'state'>): boolean {
  return state.status === 'accepted' || (state.status === 'paid' && state.handInDue !== undefined);
}
