import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import { type Result, refuse } from '../../shared/protocol/result.ts';
import type { PaymentAnswer } from '../../shared/protocol/wire/payments.ts';
import type { SaleEvent } from './decide-sale.ts';
import { readAnswer } from './read-answer.ts';
import type { Sale } from './sale.ts';

export interface AnswerReaderParts {
  readonly trust: () => CentreTrust | undefined;
  /** Fetches newer centre keys: a receipt may be signed by one that was not known yet. */
  readonly refreshTrust: () => Promise<unknown>;
}

export type ReadAnswer = (sale: Sale, answer: PaymentAnswer) => Promise<Result<SaleEvent>>;

/** Reads answers about sales by the keys the till believes now. Refuses as `readAnswer` does, and `not_activated`. */
export function createAnswerReader({ trust, refreshTrust }: AnswerReaderParts): ReadAnswer {
  return async (sale, answer) => {
    const known = trust();
    if (!known) return refuse('not_activated');
    const event = await readAnswer(sale, answer, known);
    if (event.ok || event.code !== 'certificate_invalid') return event;
    await refreshTrust();
    return readAnswer(sale, answer, trust() ?? known);
  };
}
