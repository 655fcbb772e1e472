import type { TraceKey } from '../../shared/protocol/identifiers.ts';
import type { Result } from '../../shared/protocol/result.ts';
import type { PaymentAnswer } from '../../shared/protocol/wire/payments.ts';
import type { Charge, Sale } from './sale.ts';

/** What a till may ask of the centre about one sale. Each may be asked again and does the same. */
export interface CentrePort {
  submit(sale: Sale): Promise<Result<PaymentAnswer>>;
  /** Hands in what was scanned of the customer, with the request: codes to be charged, or their consent for them. */
  charge(sale: Sale, charge: Charge): Promise<Result<PaymentAnswer>>;
  /** Hands in a consent that the till took alone, with its word on that and the request itself. */
  settle(sale: Sale): Promise<Result<PaymentAnswer>>;
  cancel(sale: Sale): Promise<Result<PaymentAnswer>>;
  look(traceKey: TraceKey): Promise<Result<PaymentAnswer>>;
}
