import { type ApiClient, type ApiResult, PAYMENT_TIMEOUT_MS } from '../../shared/browser/network/api-client.ts';
import { encodeBase64url } from '../../shared/protocol/bytes.ts';
import type { TraceKey } from '../../shared/protocol/identifiers.ts';
import { createCancellation } from '../../shared/protocol/payment/create-request.ts';
import { type Result, refuse } from '../../shared/protocol/result.ts';
import type { SigningKey } from '../../shared/protocol/signing-key.ts';
import type { ChargePayCodeCall } from '../../shared/protocol/wire/pay-codes.ts';
import { type AuthoriseCall, PaymentAnswer } from '../../shared/protocol/wire/payments.ts';
import type { TerminalApi } from '../till/terminal-api.ts';
import type { CentrePort } from './centre-port.ts';
import { createAuthoriseCall, encodeConsent } from './create-authorise-call.ts';
import { type Charge, isConsent, type Sale } from './sale.ts';

export interface CentreClientOptions {
  /** Signed documents prove themselves: they need no session. */
  readonly publicApi: Pick<ApiClient, 'call'>;
  readonly api: Pick<TerminalApi, 'call'>;
  readonly nowMs: () => number;
  readonly key: () => SigningKey | undefined;
}

/**
 * What was taken alone is handed in with nobody waiting at the counter: when hundreds of tills come back in one moment, answers take
 * longer than three seconds, and giving up on them would only send everything twice.
 */
const SETTLE_TIMEOUT_MS = 30_000;

/** The centre over HTTP. Three seconds without an answer are "no network". */
export class CentreClient implements CentrePort {
  readonly #options: CentreClientOptions;

  constructor(options: CentreClientOptions) {
    this.#options = options;
  }

  submit({ request, terminalCertificate }: Sale): Promise<ApiResult<PaymentAnswer>> {
    return this.#options.publicApi.call({
      path: 'requests',
      body: { request: encodeBase64url(request), terminalCertificate: encodeBase64url(terminalCertificate) },
      answer: PaymentAnswer,
      timeoutMs: PAYMENT_TIMEOUT_MS,
    });
  }

  charge(sale: Sale, charge: Charge): Promise<ApiResult<PaymentAnswer>> {
    if (isConsent(charge)) return this.#handIn(encodeConsent(sale, charge), PAYMENT_TIMEOUT_MS);
    const { request, terminalCertificate } = sale;
    const { codes, capture } = charge;
    const body: ChargePayCodeCall = {
      request: encodeBase64url(request),
      terminalCertificate: encodeBase64url(terminalCertificate),
      capture: encodeBase64url(capture),
      codes,
    };
    return this.#options.publicApi.call({
      path: 'pay-code-charges',
      body,
      answer: PaymentAnswer,
      timeoutMs: PAYMENT_TIMEOUT_MS,
    });
  }

  async cancel({ requestHash, batchNo, voucherNo, terminalCertificate }: Sale): Promise<Result<PaymentAnswer>> {
    const { key: currentKey, nowMs, publicApi } = this.#options;
    const key = currentKey();
    if (!key) return refuse('not_activated');
    const cancellation = await createCancellation({ hash: requestHash, batchNo, voucherNo }, nowMs(), key);
    return publicApi.call({
      path: 'requests/cancel',
      body: { cancellation: encodeBase64url(cancellation), terminalCertificate: encodeBase64url(terminalCertificate) },
      answer: PaymentAnswer,
      timeoutMs: PAYMENT_TIMEOUT_MS,
    });
  }

  async settle(sale: Sale): Promise<Result<PaymentAnswer>> {
    const call = createAuthoriseCall(sale);
    return call ? this.#handIn(call, SETTLE_TIMEOUT_MS) : refuse('internal');
  }

  #handIn(body: AuthoriseCall, timeoutMs: number): Promise<ApiResult<PaymentAnswer>> {
    return this.#options.publicApi.call({ path: 'authorisations', body, answer: PaymentAnswer, timeoutMs });
  }

  look(traceKey: TraceKey): Promise<ApiResult<PaymentAnswer>> {
    return this.#options.api.call({
      path: `payments/${traceKey}`,
      answer: PaymentAnswer,
      timeoutMs: PAYMENT_TIMEOUT_MS,
    });
  }
}
