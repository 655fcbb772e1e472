import { BOUNDS } from '../../shared/protocol/bounds.ts';
import { type Bytes, decodeBase64url, isEqualBytes } from '../../shared/protocol/bytes.ts';
import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import type { SignedRequest } from '../../shared/protocol/codes/pos-code.ts';
import type { ReceiptContent } from '../../shared/protocol/documents/receipt.ts';
import { formatTraceKey } from '../../shared/protocol/identifiers.ts';
import { isPaid, verifyReceipt } from '../../shared/protocol/payment/verify-receipt.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import type { PayCodeAnswer } from '../../shared/protocol/wire/pay-codes.ts';
import type { PayCodeEvent } from './decide-pay-code.ts';
import type { KeptPayCode, RefusedTry } from './kept-pay-code.ts';

/** What an answer of the centre is worth, in the order in which it is to be applied. */
export interface Learnt {
  readonly events: readonly PayCodeEvent[];
  /** A shop's order that waits for the passkey on its exact amount; nothing in it is verified yet. */
  readonly order?: SignedRequest;
  /** Something in it could not be believed: ask again. */
  readonly doubt?: RefusalCode;
}

/** After its end a charge may still be on its way this long, and clocks may differ a little; then nothing can come any more. */
const SETTLED_AFTER_MS = (BOUNDS.chargeDelaySecondsMax + 10) * 1000;

/** From when on "nobody charged it" is the last word. */
export function isFinalAt({ expiresAtMs }: KeptPayCode): number {
  return expiresAtMs + SETTLED_AFTER_MS;
}

/** Believes that money moved only by the centre's signature on it; "nothing happened" only when nothing can happen any more. */
export async function readPayCodeAnswer(
  code: KeptPayCode,
  answer: PayCodeAnswer,
  trust: CentreTrust,
  nowMs: number,
): Promise<Learnt> {
  const events: PayCodeEvent[] = [];
  if (answer.lastRefusal) {
    events.push({ kind: 'refuse', refusal: await readRefusal(code, answer.lastRefusal, trust) });
  }
  if (answer.status === 'paid') {
    const bytes = decodeBase64url(answer.payment?.receipt ?? '');
    const receipt = bytes ? await verifyReceiptOfPayCode(code, bytes, trust) : refuse('document_malformed');
    if (receipt.ok) return { events: [payEventOf(receipt.value, bytes!)] };
    // Genuine, but of another consent (the exact amount was confirmed instead): by this one nothing can be paid any more.
    if (receipt.code === 'request_mismatch' && nowMs >= isFinalAt(code)) events.push({ kind: 'end', atMs: nowMs });
    return { events, doubt: receipt.code };
  }
  if (answer.status === 'asked' && answer.order) {
    const request = decodeBase64url(answer.order.request);
    const terminalCertificate = decodeBase64url(answer.order.terminalCertificate);
    if (!request || !terminalCertificate) return { events, doubt: 'document_malformed' };
    return { events, order: { request, terminalCertificate } };
  }
  if (answer.status === 'cancelled' || nowMs >= isFinalAt(code)) events.push({ kind: 'end', atMs: nowMs });
  return { events };
}

/**
 * Whether `bytes` are the centre's signed word "paid" by exactly this pay code, in its currency and within its cap.
 * Refuses `document_malformed`, `certificate_invalid`, `programme_mismatch`, `request_mismatch`.
 */
async function verifyReceiptOfPayCode(
  code: KeptPayCode,
  bytes: Bytes,
  trust: CentreTrust,
): Promise<Result<ReceiptContent>> {
  const receipt = await verifyReceipt(bytes, trust);
  if (!receipt.ok) return receipt;
  const { authorisationHash, amountMinor, currency } = receipt.value;
  const isOurs =
    isPaid(receipt.value) &&
    isEqualBytes(authorisationHash, code.hash) &&
    amountMinor <= code.capMinor &&
    currency === code.currency.code;
  return isOurs ? accept(receipt.value) : refuse('request_mismatch');
}

function payEventOf(receipt: ReceiptContent, bytes: Bytes): PayCodeEvent {
  const { decidedAtMs, sequence, shopName, amountMinor } = receipt;
  return {
    kind: 'pay',
    receipt: bytes,
    decidedAtMs,
    sequence,
    shopName,
    amountMinor,
    traceKey: formatTraceKey(receipt),
  };
}

/**
 * A refusal moves no money: its code is told as it comes, shop and amount only from a receipt that holds. Such a receipt names what
 * the till handed in, which this phone never sees; the card is all there is to compare.
 */
async function readRefusal(
  { accountNumber }: KeptPayCode,
  { code, receipt }: NonNullable<PayCodeAnswer['lastRefusal']>,
  trust: CentreTrust,
): Promise<RefusedTry> {
  const bytes = receipt === undefined ? undefined : decodeBase64url(receipt);
  const verified = bytes && (await verifyReceipt(bytes, trust));
  if (!bytes || !verified?.ok || isPaid(verified.value)) return { code };
  const { cardEnding, shopName, amountMinor, decidedAtMs, refusal } = verified.value;
  if (cardEnding !== undefined && !accountNumber.endsWith(cardEnding)) return { code };
  return { code: refusal ?? code, signed: { receipt: bytes, shopName, amountMinor, decidedAtMs } };
}
