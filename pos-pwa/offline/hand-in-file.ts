import { decodeBase64url } from '../../shared/protocol/bytes.ts';
import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import { isPaid, verifyReceiptOf } from '../../shared/protocol/payment/verify-receipt.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import type { Result } from '../../shared/protocol/result.ts';
import type { AuthoriseCall, PaymentAnswer } from '../../shared/protocol/wire/payments.ts';
import type { UnsettledFile } from '../../shared/protocol/wire/unsettled-file.ts';
import { readUnsettledCall, type UnsettledPayment } from './unsettled-file.ts';

const PARALLEL_MAX = 4;

/** How the hand-in of one payment of a file went. */
export interface FileHandIn {
  /** Undefined where its documents are none. */
  readonly payment: UnsettledPayment | undefined;
  /** Undefined: settled, by the centre's receipt. */
  readonly refusal: RefusalCode | undefined;
}

export interface FileHandInParts {
  readonly trust: CentreTrust;
  readonly authorise: (call: AuthoriseCall) => Promise<Result<PaymentAnswer>>;
  /** The centre's answer may be about a sale of this very till. */
  readonly hear: (answer: PaymentAnswer) => Promise<unknown>;
}

/** Hands in one payment of a file. "Settled" is only ever a receipt of the centre for that very request. */
async function handInCall(parts: FileHandInParts, call: AuthoriseCall): Promise<FileHandIn> {
  const payment = await readUnsettledCall(call, parts.trust);
  if (!payment.ok) return { payment: undefined, refusal: payment.code };
  const answer = await parts.authorise(call);
  if (!answer.ok) return { payment: payment.value, refusal: answer.code };
  const { requestHash: hash, amountMinor } = payment.value;
  const document = answer.value.receipt === undefined ? undefined : decodeBase64url(answer.value.receipt);
  const receipt = document && (await verifyReceiptOf({ hash, amountMinor }, document, parts.trust));
  if (!receipt?.ok || !isPaid(receipt.value)) return { payment: payment.value, refusal: 'unavailable' };
  await parts.hear(answer.value);
  return { payment: payment.value, refusal: undefined };
}

/** Hands in all payments of a file, some at a time. @param onRow after each, in the order they are answered */
export async function handInFile(
  parts: FileHandInParts,
  { calls }: UnsettledFile,
  onRow: (row: FileHandIn) => void,
): Promise<void> {
  const waiting = [...calls];
  const work = async () => {
    for (let call = waiting.shift(); call; call = waiting.shift()) onRow(await handInCall(parts, call));
  };
  await Promise.all(Array.from({ length: Math.min(PARALLEL_MAX, waiting.length) }, work));
}
