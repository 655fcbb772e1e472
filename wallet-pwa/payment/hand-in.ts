import { type ApiClient, type ApiResult, PAYMENT_TIMEOUT_MS } from '../../shared/browser/network/api-client.ts';
import { decodeBase64url, encodeBase64url } from '../../shared/protocol/bytes.ts';
import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import { REFUSALS, type RefusalCode } from '../../shared/protocol/refusals.ts';
import { type AuthoriseCall, PaymentAnswer } from '../../shared/protocol/wire/payments.ts';
import type { IntentEvent } from './decide-intent.ts';
import type { PaymentIntent } from './payment-intent.ts';
import { saysPaid, verifyReceiptOfIntent } from './verify-receipt-of-intent.ts';

/** What one hand-in brought: the centre's word, or nothing that can be relied on. */
export type HandInResult =
  | { readonly kind: 'ended'; readonly event: IntentEvent }
  /** No word, or none that is signed by the centre we know: the same documents again. `code` says why. */
  | { readonly kind: 'again'; readonly code: RefusalCode }
  /** A final no without a signature: the centre's books have to be asked before it is believed. */
  | { readonly kind: 'unsigned'; readonly code: RefusalCode };

export interface HandInTry {
  /** 0 for the first of a series. */
  readonly attempt: number;
  /** The centre should take the till's request from here. */
  readonly isTillAway: boolean;
}

/** Later tries may wait longer for an answer: the person has been told that it is being checked. */
const PATIENT_TIMEOUT_MS = 10_000;

/**
 * Hands one signed consent in: the same bytes each time, so once or ten times is the same payment (R1.6).
 * An answer counts only by its receipt: an HTTP status alone never changes what this phone believes about money.
 */
export async function handIn(
  intent: PaymentIntent,
  { attempt, isTillAway }: HandInTry,
  { api, trust, nowMs }: { api: ApiClient; trust: CentreTrust; nowMs: number },
): Promise<HandInResult> {
  const answer = await api.call({
    path: 'authorisations',
    body: { ...encodeConsent(intent), ...(isTillAway && { isTillAway }) },
    answer: PaymentAnswer,
    timeoutMs: attempt === 0 ? PAYMENT_TIMEOUT_MS : PATIENT_TIMEOUT_MS,
  });
  const result = await readAnswer(intent, answer, trust, nowMs);
  const isPaidForTill = isTillAway && result.kind === 'ended' && result.event.kind === 'pay';
  return isPaidForTill ? { kind: 'ended', event: { ...result.event, isTillAway } } : result;
}

/** The call that hands a signed consent in, by whatever way and device. */
export function encodeConsent({ documents, state }: Pick<PaymentIntent, 'documents' | 'state'>): AuthoriseCall {
  if (state.status !== 'signed') throw new Error('Only a signed consent is handed in.');
  const { authorisation, walletCertificate, request, terminalCertificate } = documents;
  return {
    authorisation: encodeBase64url(authorisation),
    assertion: encodeBase64url(state.assertion),
    walletCertificate: encodeBase64url(walletCertificate),
    request: encodeBase64url(request),
    terminalCertificate: encodeBase64url(terminalCertificate),
    ...(state.acceptance && { acceptance: encodeBase64url(state.acceptance) }),
  };
}

export async function readAnswer(
  intent: PaymentIntent,
  answer: ApiResult<PaymentAnswer>,
  trust: CentreTrust,
  nowMs: number,
): Promise<HandInResult> {
  const receipt = answer.ok ? answer.value.receipt : answer.receipt;
  const word = receipt === undefined ? undefined : await readReceipt(intent, receipt, trust, nowMs);
  if (word?.kind === 'ended') return word;
  if (answer.ok) return word ?? { kind: 'again', code: 'request_unknown' };
  return REFUSALS[answer.code].isFinal ? { kind: 'unsigned', code: answer.code } : { kind: 'again', code: answer.code };
}

/** The centre's signed word on exactly this consent; anything else only says that we do not know yet. */
export async function readReceipt(
  intent: PaymentIntent,
  text: string,
  trust: CentreTrust,
  nowMs: number,
): Promise<Extract<HandInResult, { kind: 'ended' | 'again' }>> {
  const bytes = decodeBase64url(text);
  if (!bytes) return { kind: 'again', code: 'document_malformed' };
  const receipt = await verifyReceiptOfIntent(intent, bytes, trust);
  if (!receipt.ok) return { kind: 'again', code: receipt.code };
  const { sequence, decidedAtMs, refusal } = receipt.value;
  if (saysPaid(receipt.value)) return { kind: 'ended', event: { kind: 'pay', receipt: bytes, decidedAtMs, sequence } };
  const code = refusal ?? 'internal';
  // A refusal that is not for ever ("the till is not ready yet") is signed too, and asks for another try. Of money that was spent
  // twice only the till's word could change that: then the movements tell.
  return REFUSALS[code].isFinal || code === 'double_spent'
    ? { kind: 'ended', event: { kind: 'refuse', code, atMs: nowMs, receipt: bytes } }
    : { kind: 'again', code };
}
