import * as v from 'valibot';
import { TraceKey } from '../identifiers.ts';
import { Code, DocumentText, TimeMs } from './scalars.ts';

/** POST /api/v1/requests: the terminal submits its request (R1.2). Proves itself; needs no session. */
export const SubmitRequestCall = v.strictObject({ request: DocumentText, terminalCertificate: DocumentText });
export type SubmitRequestCall = v.InferOutput<typeof SubmitRequestCall>;

/** POST /api/v1/requests/cancel: the terminal takes it back. */
export const CancelRequestCall = v.strictObject({ cancellation: DocumentText, terminalCertificate: DocumentText });
export type CancelRequestCall = v.InferOutput<typeof CancelRequestCall>;

/** POST /api/v1/authorisations: the wallet hands in the payer's consent with the request it consents to (R1.6). */
export const AuthoriseCall = v.strictObject({
  authorisation: DocumentText,
  assertion: DocumentText,
  walletCertificate: DocumentText,
  request: DocumentText,
  terminalCertificate: DocumentText,
  /**
   * The till seems to have no network: the centre had not heard of the request for some seconds. Then it takes the request, which
   * the terminal signed, from here in place of the till's own submission, and matches that when it comes.
   */
  isTillAway: v.optional(v.boolean()),
  /** COSE_Sign1 of the terminal's `Acceptance`, where the till took the consent on its own: it may come late. */
  acceptance: v.optional(DocumentText),
});
export type AuthoriseCall = v.InferOutput<typeof AuthoriseCall>;

/** How a payment stands: the answer to every call above, to the till's poll, and the message on its socket. */
export const PaymentAnswer = v.object({
  traceKey: TraceKey,
  status: v.picklist(['waiting', 'paid', 'cancelled', 'expired']),
  expiresAtMs: TimeMs,
  centreTimeMs: TimeMs,
  /** The signed receipt of the payment: present when paid. */
  receipt: v.optional(DocumentText),
  /** Of a payment without network that was booked after its request had ended: when the customer paid. */
  paidAtMs: v.optional(TimeMs),
  /** The newest refused attempt while waiting: its code and its signed receipt with all fields. */
  lastRefusal: v.optional(v.object({ code: Code, receipt: v.optional(DocumentText) })),
  /** While waiting: the customer's pay code does not cover it, and the phone was asked for the passkey on this amount. */
  isCustomerAsked: v.optional(v.boolean()),
});
export type PaymentAnswer = v.InferOutput<typeof PaymentAnswer>;

/** RFC 9457 problem, `application/problem+json`. */
export const Problem = v.object({
  type: v.string(),
  title: v.string(),
  status: v.number(),
  code: Code,
  detail: v.optional(v.string()),
  /** For a refused request or authorisation: the centre's signed word that it was refused, with all fields. */
  receipt: v.optional(DocumentText),
});
export type Problem = v.InferOutput<typeof Problem>;

/** What the terminal's socket (GET /api/v1/terminals/socket) carries, from the centre to the till. */
export const SocketMessage = v.object({ kind: v.literal('payment'), payment: PaymentAnswer });
export type SocketMessage = v.InferOutput<typeof SocketMessage>;
