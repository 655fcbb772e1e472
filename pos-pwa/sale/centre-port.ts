import type { TraceKey } from '../../shared/protocol/identifiers.ts';
import type { Result } from '../../shared/protocol/result.ts';
import type { PaymentAnswer } from '../../shared/protocol/wire/payments.ts';
import type { Sale } from './sale.ts';

/** The three things a till may ask of the centre about one sale. Each may be asked again and does the same. */
export interface CentrePort {
  submit(sale: Sale): Promise<Result<PaymentAnswer>>;
  cancel(sale: Sale): Promise<Result<PaymentAnswer>>;
  look(traceKey: TraceKey): Promise<Result<PaymentAnswer>>;
}
