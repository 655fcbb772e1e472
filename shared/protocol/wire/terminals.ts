import * as v from 'valibot';
import { OperatorNo } from '../identifiers.ts';
import { PaymentAnswer } from './payments.ts';
import { ContentKeyAnswer, ProgrammeAnswer } from './programme.ts';
import { DocumentText, TimeMs, WebAuthnResponse } from './scalars.ts';

/** A cashier as the till lists them. */
export const OperatorAnswer = v.object({
  operatorNo: OperatorNo,
  name: v.string(),
  /** False until a passkey is registered; then the till asks for the enrolment code once. */
  hasPasskey: v.boolean(),
});
export type OperatorAnswer = v.InferOutput<typeof OperatorAnswer>;

/** POST /api/v1/terminals/activate: a `TerminalActivation` document signed by the new key. Sets the terminal's session cookie. */
export const ActivateCall = v.strictObject({ activation: DocumentText });
/** POST /api/v1/terminals/session: a `TerminalHello`. Sets the session cookie. Same answer as sync. */
export const TerminalSessionCall = v.strictObject({ hello: DocumentText, terminalCertificate: DocumentText });

/** Answer to activate, session and POST /api/v1/terminals/sync. */
export const TerminalAnswer = v.object({
  programme: ProgrammeAnswer,
  terminalCertificate: DocumentText,
  contentKeys: v.array(ContentKeyAnswer),
  operators: v.array(OperatorAnswer),
  /** The lowest batch number this terminal may use: after a loss of its storage no trace key is used twice. */
  batchNoMin: v.number(),
  /** Edition of the terms on offline payments that the shop agreed to at this till; absent: it takes nothing on its own. */
  offlineTermsVersion: v.optional(v.number()),
});
export type TerminalAnswer = v.InferOutput<typeof TerminalAnswer>;

/** POST /api/v1/terminals/operators/registration-options. */
export const OperatorRegistrationOptionsCall = v.strictObject({
  operatorNo: OperatorNo,
  /** From the console; not needed, once, within the hour after the activation of the till for the operator it names. */
  enrolmentCode: v.optional(v.pipe(v.string(), v.maxLength(32))),
});
/** POST /api/v1/terminals/operators/sign-in-options. */
export const OperatorSignInOptionsCall = v.strictObject({ operatorNo: OperatorNo });

/**
 * Options for a passkey ceremony. `options.challenge` is the centre's random value: the device replaces it by
 * `createChallenge(purpose, value)` before it reaches the authenticator.
 */
export const CeremonyAnswer = v.object({ ceremony: v.string(), options: v.looseObject({ challenge: v.string() }) });
export type CeremonyAnswer = v.InferOutput<typeof CeremonyAnswer>;

/** POST /api/v1/terminals/operators/registration and /sign-in. */
export const OperatorCeremonyCall = v.strictObject({
  ceremony: v.pipe(v.string(), v.maxLength(64)),
  response: WebAuthnResponse,
});
export const OperatorSessionAnswer = v.object({ operator: OperatorAnswer, expiresAtMs: TimeMs });
export type OperatorSessionAnswer = v.InferOutput<typeof OperatorSessionAnswer>;

/** GET /api/v1/terminals/payments?batchNo=: what the centre knows of this terminal's batch, newest first. */
export const TerminalPaymentsAnswer = v.object({
  payments: v.array(PaymentAnswer),
  /**
   * Whatever the batch, the newest 500: payments that only customers' phones handed in for this terminal, and that it has not
   * said a word of. A tablet in place of a lost one shows them from their receipts; the one that made the requests hands them in
   * itself, and they are on this list no more.
   */
  carried: v.optional(v.array(PaymentAnswer), []),
});
export type TerminalPaymentsAnswer = v.InferOutput<typeof TerminalPaymentsAnswer>;
