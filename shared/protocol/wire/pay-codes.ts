import * as v from 'valibot';
import { AmountMinor } from '../amount.ts';
import { BOUNDS } from '../bounds.ts';
import { TWIN_MODES } from '../codes/twin-code.ts';
import { PaymentAnswer } from './payments.ts';
import { base64urlOf, Code, DocumentText, wholeBetween } from './scalars.ts';

/** How twin codes are shown and judged, and what a pay code may pay: the programme's settings, sent to both apps. */
export const PayCodeSettings = v.object({
  mode: v.picklist(TWIN_MODES),
  /** How far apart A and B may have been made (R2.4). */
  windowMs: wholeBetween(500, 30_000),
  /** How far a capture may be from the making of what it shows (R2.5). */
  toleranceMs: wholeBetween(1_000, 60_000),
  /** How long each of the two codes is shown before the other. */
  rhythmMs: wholeBetween(100, 2_000),
  /** After this long the wallet makes a fresh pair. */
  regenerateMs: wholeBetween(1_000, 30_000),
  /** Above this a pay code does not do: the customer is asked for the passkey on the exact amount. Minor units. */
  stepUpMinor: AmountMinor,
});
export type PayCodeSettings = v.InferOutput<typeof PayCodeSettings>;

export const DEFAULT_PAY_CODE_SETTINGS: PayCodeSettings = v.parse(PayCodeSettings, {
  mode: 'split',
  windowMs: 3_000,
  toleranceMs: 10_000,
  rhythmMs: 250,
  regenerateMs: 4_000,
  stepUpMinor: 5_000,
});

const TwinText = v.pipe(v.string(), v.maxLength(BOUNDS.codeTextCharsMax));

/**
 * POST /api/v1/pay-code-charges: the terminal scanned the customer. Its request, the two texts as scanned, and its signed word on
 * when it saw them. Proves itself; needs no session. Answer: `PaymentAnswer`, `paid`, or `waiting` with `isCustomerAsked`.
 */
export const ChargePayCodeCall = v.strictObject({
  request: DocumentText,
  terminalCertificate: DocumentText,
  /** COSE_Sign1 of a `TwinCapture`. */
  capture: DocumentText,
  codes: v.pipe(v.strictTuple([TwinText, TwinText]), v.readonly()),
});
export type ChargePayCodeCall = v.InferOutput<typeof ChargePayCodeCall>;

/** Names a pay code: the hash of its content. */
export const PayCodeHash = base64urlOf(32);

/**
 * How a pay code stands: GET /api/v1/wallet/pay-codes/:hash, the answer to POST …/:hash/cancel, and the message on the
 * wallet's socket (GET /api/v1/wallet/socket).
 */
export const PayCodeAnswer = v.object({
  payCode: PayCodeHash,
  /**
   * `open`: nobody charged it, as far as the centre knows. `asked`: a shop asked for more than it covers, and waits for the
   * passkey on `order`. `paid`: with the payment and its receipt.
   */
  status: v.picklist(['open', 'asked', 'paid', 'cancelled']),
  payment: v.optional(PaymentAnswer),
  /** What the shop asks for when the customer is asked: pay it as if its code had been scanned. */
  order: v.optional(v.object({ request: DocumentText, terminalCertificate: DocumentText })),
  /** The newest refused try at it, if any. */
  lastRefusal: v.optional(v.object({ code: Code, receipt: v.optional(DocumentText) })),
});
export type PayCodeAnswer = v.InferOutput<typeof PayCodeAnswer>;

/**
 * POST /api/v1/wallet/pay-codes/:hash/cancel: the customer takes a pay code back, or declines what a shop asked for with it.
 * Answer: `PayCodeAnswer`.
 */
export const CancelPayCodeCall = v.strictObject({
  /** Canonical content of the `PayCode`: it may be one that the centre has never seen, and must know by its hash later. */
  content: base64urlOf(128),
});
export type CancelPayCodeCall = v.InferOutput<typeof CancelPayCodeCall>;

/** What a wallet's socket carries, from the centre to the wallet. */
export const WalletSocketMessage = v.object({ kind: v.literal('pay-code'), payCode: PayCodeAnswer });
export type WalletSocketMessage = v.InferOutput<typeof WalletSocketMessage>;
