import type * as v from 'valibot';
import type { ApiCall, ApiClient, ApiResult } from '../../shared/browser/network/api-client.ts';
import { BOUNDS } from '../../shared/protocol/bounds.ts';
import { createRandomBytes, encodeBase64url } from '../../shared/protocol/bytes.ts';
import { signDocument } from '../../shared/protocol/documents/document.ts';
import { TerminalHello } from '../../shared/protocol/documents/proof-of-possession.ts';
import { TerminalAnswer } from '../../shared/protocol/wire/terminals.ts';
import type { Terminal } from './terminal.ts';

export interface TerminalApiOptions {
  readonly api: ApiClient;
  readonly nowMs: () => number;
  /** Undefined while the till is not activated: then calls are made as they are. */
  readonly terminal: () => Terminal | undefined;
}

/** Calls that need the terminal's session. A session that has run out is opened again by the terminal's key, once a call. */
export class TerminalApi {
  readonly #options: TerminalApiOptions;
  #opening: Promise<ApiResult<TerminalAnswer>> | undefined;

  constructor(options: TerminalApiOptions) {
    this.#options = options;
  }

  async call<Schema extends v.GenericSchema>(call: ApiCall<Schema>): Promise<ApiResult<v.InferOutput<Schema>>> {
    const answer = await this.#options.api.call(call);
    if (answer.ok || answer.code !== 'not_signed_in') return answer;
    const opened = await this.openSession();
    return opened.ok ? this.#options.api.call(call) : opened;
  }

  /** Calls at the same moment share one ceremony. Refuses `not_activated`, and what the centre refuses. */
  openSession(): Promise<ApiResult<TerminalAnswer>> {
    this.#opening ??= this.#sayHello().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #sayHello(): Promise<ApiResult<TerminalAnswer>> {
    const { api, nowMs, terminal: current } = this.#options;
    const terminal = current();
    if (!terminal) return { ok: false, code: 'not_activated', status: 0 };
    const content = {
      terminalId: terminal.certificate.content.terminalId,
      atMs: nowMs(),
      nonce: createRandomBytes(BOUNDS.nonceBytes),
    };
    const hello = await signDocument(TerminalHello, content, terminal.key);
    return api.call({
      path: 'terminals/session',
      body: {
        hello: encodeBase64url(hello),
        terminalCertificate: encodeBase64url(terminal.record.terminalCertificate),
      },
      answer: TerminalAnswer,
    });
  }
}
