import type { ApiClient } from '../../shared/browser/network/api-client.ts';
import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import { PaymentAnswer } from '../../shared/protocol/wire/payments.ts';
import { type HandInResult, readReceipt } from './hand-in.ts';
import type { PaymentIntent } from './payment-intent.ts';

/**
 * How the payment stands, asked without handing anything in: the second look after a final refusal that came without the
 * centre's signature, in case an earlier hand-in whose answer got lost had paid it.
 * @param code why it was refused; it stands when the centre knows of no payment by this wallet
 */
export async function askCentre(
  intent: PaymentIntent,
  code: RefusalCode,
  { api, trust, nowMs }: { api: ApiClient; trust: CentreTrust; nowMs: number },
): Promise<HandInResult> {
  const answer = await api.call({ path: `payments/${intent.facts.traceKey}`, answer: PaymentAnswer });
  if (!answer.ok && answer.code !== 'not_found') return { kind: 'again', code: answer.code };
  if (answer.ok && answer.value.receipt !== undefined) {
    const word = await readReceipt(intent, answer.value.receipt, trust, nowMs);
    if (word.kind === 'ended') return word;
  }
  return { kind: 'ended', event: { kind: 'refuse', code, atMs: nowMs } };
}
