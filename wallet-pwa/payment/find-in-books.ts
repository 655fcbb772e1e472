import type { ApiClient } from '../../shared/browser/network/api-client.ts';
import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import { fetchMovements } from '../account/sync-wallet.ts';
import { type HandInResult, readReceipt } from './hand-in.ts';
import type { PaymentIntent } from './payment-intent.ts';

/**
 * Looks into the centre's books for a payment that was refused without a signature: an earlier hand-in whose answer got lost
 * may have paid it, and only then been too old to be repeated.
 * @param code why it was refused; it stands when the books do not know the payment
 */
export async function findInBooks(
  intent: PaymentIntent,
  code: RefusalCode,
  { api, trust, nowMs }: { api: ApiClient; trust: CentreTrust; nowMs: number },
): Promise<HandInResult> {
  let before: number | undefined;
  // Newest first; what is older than the consent cannot be it. The time is the centre's, the consent's may be a little off.
  const oldestMs = intent.authorisedAtMs - 10 * 60_000;
  for (;;) {
    const answer = await fetchMovements(api, before);
    if (!answer.ok) return { kind: 'again', code: answer.code };
    const { movements } = answer.value;
    for (const { receipt, accountNumber } of movements) {
      if (receipt === undefined || accountNumber !== intent.accountNumber) continue;
      const word = await readReceipt(intent, receipt, trust, nowMs);
      if (word.kind === 'ended') return word;
    }
    const last = movements.at(-1);
    if (!last || last.atMs < oldestMs || last.sequence === before) {
      return { kind: 'ended', event: { kind: 'refuse', code, atMs: nowMs } };
    }
    before = last.sequence;
  }
}
