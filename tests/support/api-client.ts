import type { Problem } from '../../shared/protocol/wire/payments.ts';

export type FetchFunction = (request: Request) => Promise<Response>;

export interface ApiAnswer<T> {
  readonly status: number;
  readonly headers: Headers;
  /** The answer, or the problem. */
  readonly body: T & Partial<Pick<Problem, 'code' | 'detail' | 'title'>>;
}

/** Calls the API as one browser does: at our origin, with a cookie jar. */
export class ApiClient {
  readonly #fetch: FetchFunction;
  readonly origin: string;
  readonly cookies = new Map<string, string>();

  constructor(fetch: FetchFunction, origin: string) {
    this.#fetch = fetch;
    this.origin = origin;
  }

  get<T = unknown>(path: string): Promise<ApiAnswer<T>> {
    return this.call<T>('GET', path);
  }

  post<T = unknown>(path: string, body: unknown = {}): Promise<ApiAnswer<T>> {
    return this.call<T>('POST', path, { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
  }

  async call<T = unknown>(method: string, path: string, init: RequestInit = {}): Promise<ApiAnswer<T>> {
    const response = await this.send(method, path, init);
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : {} };
  }

  /** Any path of the server; those of the API may leave out `/api/v1`. */
  async send(method: string, path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (method !== 'GET' && !headers.has('origin')) headers.set('origin', this.origin);
    if (headers.get('origin') === '') headers.delete('origin');
    if (this.cookies.size > 0 && !headers.has('cookie')) {
      headers.set('cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    }
    const url = new URL(path.startsWith('/') ? path : `/api/v1/${path}`, this.origin);
    const response = await this.#fetch(new Request(url, { ...init, method, headers, redirect: 'manual' }));
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
    return response;
  }

  #keep(cookie: string): void {
    const [pair = '', ...attributes] = cookie.split('; ');
    const [name = '', value = ''] = pair.split('=');
    if (attributes.includes('Max-Age=0')) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

/** The answer of a call that a test takes for granted; says the code otherwise. */
export function expectDone<T>({ status, body }: ApiAnswer<T>): T {
  if (status >= 300) throw new Error(`refused: ${status} ${body.code ?? ''} ${body.detail ?? ''}`);
  return body;
}
