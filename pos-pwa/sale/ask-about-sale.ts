import { REFUSALS } from '../../shared/protocol/refusals.ts';
import { accept, type Refusal, type Result } from '../../shared/protocol/result.ts';
import type { PaymentAnswer } from '../../shared/protocol/wire/payments.ts';
import type { CentrePort } from './centre-port.ts';
import type { SaleEvent } from './decide-sale.ts';
import type { Sale } from './sale.ts';

type ReadAnswer = (answer: PaymentAnswer) => Promise<Result<SaleEvent>>;

/**
 * Takes an open sale one step nearer to its end: hands it in, looks, or takes it back, by its state. All steps may be
 * repeated. A refusal in return means that nothing new is known (no network, or an answer that proves nothing).
 *
 * @param isFirstTry nothing of this sale was ever sent before
 */
export async function askAboutSale(
  sale: Sale,
  centre: CentrePort,
  read: ReadAnswer,
  isFirstTry: boolean,
): Promise<Result<SaleEvent>> {
  switch (sale.state.status) {
    case 'made':
      return handIn(sale, centre, read, isFirstTry);
    case 'cancelling':
      return takeBack(sale, centre, read);
    default:
      return look(sale, centre, read);
  }
}

async function handIn(
  sale: Sale,
  centre: CentrePort,
  read: ReadAnswer,
  isFirstTry: boolean,
): Promise<Result<SaleEvent>> {
  const answer = await centre.submit(sale);
  if (answer.ok) return read(answer.value);
  if (!REFUSALS[answer.code].isFinal) return answer;
  return isFirstTry || answer.code === 'voucher_reused' ? believe(answer) : confirmRefusal(sale, centre, read, answer);
}

/**
 * An earlier try may have arrived although its answer did not, and been paid since; what was checked before the books
 * were looked at (times, certificates) can be refused now all the same. So the books are asked.
 */
async function confirmRefusal(
  sale: Sale,
  centre: CentrePort,
  read: ReadAnswer,
  refusal: Refusal,
): Promise<Result<SaleEvent>> {
  const found = await centre.look(sale.traceKey);
  if (found.ok) return read(found.value);
  return found.code === 'not_found' ? believe(refusal) : found;
}

async function look(sale: Sale, centre: CentrePort, read: ReadAnswer): Promise<Result<SaleEvent>> {
  const found = await centre.look(sale.traceKey);
  if (found.ok) return read(found.value);
  return found.code === 'not_found' ? accept({ kind: 'unknown-at-centre' }) : found;
}

async function takeBack(sale: Sale, centre: CentrePort, read: ReadAnswer): Promise<Result<SaleEvent>> {
  const taken = await centre.cancel(sale);
  if (taken.ok) return read(taken.value);
  switch (taken.code) {
    case 'already_paid':
      return look(sale, centre, read);
    case 'request_unknown': {
      // Handed in first, so that a try still on its way finds the voucher number taken; then taken back for good.
      const handedIn = await handIn(sale, centre, read, false);
      if (!handedIn.ok || handedIn.value.kind !== 'answer' || handedIn.value.status !== 'waiting') return handedIn;
      const again = await centre.cancel(sale);
      return again.ok ? read(again.value) : again;
    }
    default:
      return taken;
  }
}

function believe({ code }: Refusal): Result<SaleEvent> {
  return accept({ kind: 'submission-refused', code });
}
