import { REFUSALS } from '../../shared/protocol/refusals.ts';
import { accept, type Refusal, type Result } from '../../shared/protocol/result.ts';
import type { PaymentAnswer } from '../../shared/protocol/wire/payments.ts';
import type { CentrePort } from './centre-port.ts';
import type { SaleEvent } from './decide-sale.ts';
import { judgeChargeRefusal } from './judge-charge-refusal.ts';
import { type Charge, isConsent, type Sale } from './sale.ts';

type ReadAnswer = (answer: PaymentAnswer) => Promise<Result<SaleEvent>>;

/**
 * Takes an open sale one step nearer to its end: hands it in, charges the customer who was scanned, looks, or takes it
 * back, by its state; of one that is paid only the till's own request is left to hand in. All steps may be repeated. A refusal in return means that nothing new is known (no network, or an answer that proves nothing).
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
    case 'charging':
      return charge(sale, sale.state.charge, centre, read, isFirstTry);
    case 'charge-refused':
      return lookOrHandIn(sale, centre, read);
    case 'cancelling':
      return takeBack(sale, centre, read);
    case 'paid':
      return sale.state.handInDue ? match(sale, centre) : look(sale, centre, read);
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

/** The customer's phone brought the request to the centre; the till's own is matched with it. It is paid whatever is said now. */
async function match(sale: Sale, centre: CentrePort): Promise<Result<SaleEvent>> {
  const answer = await centre.submit(sale);
  return answer.ok || REFUSALS[answer.code].isFinal ? accept({ kind: 'handed-in' }) : answer;
}

async function charge(
  sale: Sale,
  scanned: Charge,
  centre: CentrePort,
  read: ReadAnswer,
  isFirstTry: boolean,
): Promise<Result<SaleEvent>> {
  const answer = await handInCharge(sale, scanned, centre);
  if (answer.ok) {
    const event = await read(answer.value);
    if (!event.ok || !isWaiting(event.value) || isConsent(scanned)) return event;
    // Taken before, by a try whose answer was lost, and declined by the customer since.
    const isDeclined = !event.value.isCustomerAsked;
    return accept(isDeclined ? { kind: 'charge-refused', code: 'pay_code_cancelled' } : { kind: 'charge-asked' });
  }
  const { code } = answer;
  const meaning = judgeChargeRefusal(code);
  if (meaning === 'try-again') return answer;
  const refused = meaning === 'sale-is-over' ? believe(answer) : accept<SaleEvent>({ kind: 'charge-refused', code });
  if (isFirstTry || code === 'voucher_reused') return refused;
  // An earlier try may have arrived: then the books say that it is paid. That a customer is asked may be of one scanned before.
  const found = await look(sale, centre, read);
  if (!found.ok) return found;
  const { value: event } = found;
  if (event.kind === 'unknown-at-centre') return refused;
  return isWaiting(event) ? accept({ kind: 'charge-refused', code }) : found;
}

/** A pay code brings the request along; a consent finds it at the centre, so it is handed in first where it never arrived. */
async function handInCharge(sale: Sale, scanned: Charge, centre: CentrePort): Promise<Result<PaymentAnswer>> {
  const answer = await centre.charge(sale, scanned);
  if (answer.ok || answer.code !== 'request_unknown') return answer;
  const submitted = await centre.submit(sale);
  return submitted.ok ? centre.charge(sale, scanned) : submitted;
}

function isWaiting(event: SaleEvent): event is SaleEvent & { kind: 'answer' } {
  return event.kind === 'answer' && event.status === 'waiting';
}

/** A scan may be refused before the request was ever handed in. Then it is, so that it ends at the centre as well. */
async function lookOrHandIn(sale: Sale, centre: CentrePort, read: ReadAnswer): Promise<Result<SaleEvent>> {
  const found = await look(sale, centre, read);
  return found.ok && found.value.kind === 'unknown-at-centre' ? handIn(sale, centre, read, false) : found;
}

async function takeBack(sale: Sale, centre: CentrePort, read: ReadAnswer): Promise<Result<SaleEvent>> {
  const taken = await centre.cancel(sale);
  if (taken.ok) return read(taken.value);
  switch (taken.code) {
    case 'already_paid':
      // By the customer's phone alone, maybe: handed in, so that the centre has it from both.
      return handIn(sale, centre, read, false);
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
