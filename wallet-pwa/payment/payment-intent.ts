import type { AmountMinor } from '../../shared/protocol/amount.ts';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { Currency } from '../../shared/protocol/currency.ts';
import type { AccountNumber, MerchantNo, OperatorNo, TerminalId, TraceKey } from '../../shared/protocol/identifiers.ts';
import type { ChainPlace } from '../../shared/protocol/offline/chain.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';

/** What the payer was shown, as it was verified: enough to draw every later screen without the code. */
export interface IntentFacts {
  readonly traceKey: TraceKey;
  readonly merchantNo: MerchantNo;
  readonly terminalId: TerminalId;
  readonly operatorNo: OperatorNo;
  readonly shopName: string;
  readonly amountMinor: AmountMinor;
  readonly currency: Currency;
  readonly requestHash: Bytes;
  readonly expiresAtMs: number;
}

/** The documents that go to the centre, exactly these bytes however often. The assertion joins them when the person signed. */
export interface IntentDocuments {
  readonly request: Bytes;
  readonly terminalCertificate: Bytes;
  readonly walletCertificate: Bytes;
  readonly authorisation: Bytes;
}

/**
 * How far a payment has come on this phone.
 *
 * - `prepared`: stored, the passkey was not asked or did not answer; no money can move by it
 * - `signed`: the person consented; only the centre's word ends this
 * - `paid`: the centre's signed receipt is here
 * - `refused`: the centre said no, for good
 * - `dropped`: given up before the person consented
 */
export type IntentState =
  | { readonly status: 'prepared' }
  | {
      readonly status: 'signed';
      readonly assertion: Bytes;
      readonly signedAtMs: number;
      /** The till's signed word that it took this consent on its own. */
      readonly acceptance?: Bytes;
      /**
       * The person said that the shop did not take it: this phone keeps it to itself. From this time on, what was set aside for it
       * is free again.
       */
      readonly leftUntilMs?: number;
    }
  | {
      readonly status: 'paid';
      readonly receipt: Bytes;
      readonly decidedAtMs: number;
      readonly sequence: number;
      /** The till had no network: the shop knows of it when it has seen the receipt. */
      readonly isTillAway?: true;
    }
  | {
      readonly status: 'refused';
      readonly code: RefusalCode;
      readonly refusedAtMs: number;
      readonly receipt?: Bytes;
    }
  | { readonly status: 'dropped'; readonly droppedAtMs: number };

/** One consent to one request, from before the passkey is asked until the centre's word is stored. */
export interface PaymentIntent {
  /** Hash of the authorisation, in hex: the identity of the consent. */
  readonly id: string;
  readonly facts: IntentFacts;
  readonly documents: IntentDocuments;
  readonly authorisationHash: Bytes;
  readonly authorisedAtMs: number;
  readonly accountNumber: AccountNumber;
  /** In the chain of the card's allowance, taken by this consent alone; absent where it was for the network alone. */
  readonly place?: ChainPlace;
  readonly state: IntentState;
}
