import type { PaymentResult } from '../ledger/commands.ts';
import { createProblem } from '../security/problem.ts';
import type { ApiContext } from './api-context.ts';

/** How the payment stands; or why the document was refused, with the centre's signed word on it where there is one. */
export function answerPayment(c: ApiContext, result: PaymentResult) {
  if (result.ok) return c.json(result.value);
  return createProblem(result.code, { detail: result.detail, receipt: result.receipt });
}
