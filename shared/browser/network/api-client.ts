import * as v from 'valibot';
import type { NetworkState } from './network-state.ts';
import { type ApiRefusal, parseProblem } from './parse-problem.ts';

/** At a counter, three seconds without an answer are "no network": the payment goes on without one. */
export const PAYMENT_TIMEOUT_MS = 3000;
const TIMEOUT_MS = 10_000;

export interface ApiAnswer<T> {
  readonly ok: true;
  readonly value: T;
  readonly status: number;
  /** performance.now() around the call: what the corrected clock is set by. */
  readonly sentAtMs: number;
  readonly receivedAtMs: number;
}

export type ApiResult<T> = ApiAnswer<T> | ApiRefusal;

export interface ApiCall<Schema extends v.GenericSchema> {
  /** Under the API's root: `payments/authorisations`. */
  readonly path: string;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Sent as JSON. */
  readonly body?: unknown;
  /** What the answer must look like; the value returned is what this schema makes of it. */
  readonly answer: Schema;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface ApiClientOptions {
  /** Default `/api/v1/` of the page's own origin; an absolute address where the API has a host of its own. */
  readonly root?: string;
  readonly network?: NetworkState;
  readonly fetch?: typeof fetch;
}

/**
 * One call, one answer: a value, or a refusal with its code. Never throws for anything the network or the centre does, and
 * never tries again by itself: whether that is safe only the caller knows.
 *
 * Refuses `no_network` when nothing, or nothing of the centre's, answered in time.
 */
export class ApiClient {
  readonly #root: string;
  readonly #network: NetworkState | undefined;
  readonly #fetch: typeof fetch;

  constructor(options: ApiClientOptions = {}) {
    this.#root = options.root ?? '/api/v1/';
    this.#network = options.network;
    this.#fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
  }

  async call<Schema extends v.GenericSchema>(call: ApiCall<Schema>): Promise<ApiResult<v.InferOutput<Schema>>> {
    const sentAtMs = performance.now();
    const reply = await this.#send(call);
    if (!reply) {
      // A call given up by its own screen says nothing about the network.
      if (!call.signal?.aborted) this.#network?.reportNoAnswer();
      return { ok: false, code: 'no_network', status: 0 };
    }
    this.#network?.reportAnswered();
    const { status, body } = reply;
    if (status < 200 || status > 299) return parseProblem(status, body);
    const parsed = v.safeParse(call.answer, body);
    if (!parsed.success) {
      return { ok: false, code: 'internal', status, detail: `The answer of ${call.path} has an unexpected form.` };
    }
    return { ok: true, value: parsed.output, status, sentAtMs, receivedAtMs: performance.now() };
  }

  /** @returns undefined when the centre did not answer: no connection, too late, or someone else's page in between */
  async #send({ path, method, body, timeoutMs = TIMEOUT_MS, signal }: ApiCall<v.GenericSchema>) {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const response = await this.#fetch(this.#root + path, {
        method: method ?? (body === undefined ? 'GET' : 'POST'),
        headers: {
          accept: 'application/json, application/problem+json',
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        // The session cookie also where the API has a host of its own.
        credentials: 'include',
        cache: 'no-store',
        redirect: 'error',
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      if (response.status === 204) return { status: 204, body: undefined };
      if (!isJson(response)) return undefined;
      return { status: response.status, body: (await response.json()) as unknown };
    } catch {
      return undefined;
    }
  }
}

/** The centre speaks JSON only. A sign-in page of the café's network, or a proxy's error page, is not the centre. */
function isJson(response: Response): boolean {
  return /^application\/([a-z.]+\+)?json\b/.test(response.headers.get('content-type') ?? '');
}
