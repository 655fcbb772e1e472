import { decodeBase64url, encodeBase64url } from '../../../../shared/protocol/bytes.ts';
import { type ContentKey, contentDayOf, importContentKey } from '../../../../shared/protocol/codes/content-seal.ts';
import { createPosCode } from '../../../../shared/protocol/codes/pos-code.ts';
import type { CreatedRequest } from '../../../../shared/protocol/payment/create-request.ts';
import type { PaymentAnswer } from '../../../../shared/protocol/wire/payments.ts';
import type { ApiClient } from '../../../support/api-client.ts';
import { expectDone } from '../../../support/api-client.ts';
import { unwrap } from '../../../support/devices.ts';
import { activateTill, type EnrolledTill } from '../../../support/enrol.ts';

interface CodeOptions {
  readonly validForSeconds?: number;
  /** The till has shown its code and not yet reached the centre. */
  readonly isHeldBack?: boolean;
}

/** What the till shows, and what it can still do about it. */
export interface ShownCode {
  readonly link: string;
  submit(): Promise<void>;
  cancel(): Promise<void>;
  status(): Promise<PaymentAnswer['status']>;
}

/** A till that speaks to the real centre and shows real codes, without a screen of its own. */
export class Till {
  readonly #enrolled: EnrolledTill;
  readonly #contentKey: ContentKey;

  private constructor(enrolled: EnrolledTill, contentKey: ContentKey) {
    this.#enrolled = enrolled;
    this.#contentKey = contentKey;
  }

  static async open(client: ApiClient): Promise<Till> {
    const demo = expectDone(await client.get<{ posLink: string }>('demo'));
    const code = demo.posLink.split('#activate=')[1] ?? '';
    const enrolled = await activateTill(client, code);
    const day = contentDayOf(Date.now());
    const key = enrolled.answer.contentKeys.find((known) => known.day === day);
    return new Till(enrolled, await importContentKey(day, decodeBase64url(key?.key ?? '')!));
  }

  async show(amountMinor: number, { validForSeconds = 120, isHeldBack = false }: CodeOptions = {}): Promise<ShownCode> {
    const { client, terminal } = this.#enrolled;
    const request = await terminal.createRequest(amountMinor, Date.now(), { validForSeconds });
    const signed = { request: request.document, terminalCertificate: terminal.certificate };
    const link = await createPosCode(signed, this.#contentKey, client.origin);
    const traceKey = unwrap(await terminal.verify(request.document, Date.now())).traceKey;
    const shown = {
      link,
      submit: () => this.#submit(request),
      cancel: () => this.#cancel(request),
      status: async () => expectDone(await client.get<PaymentAnswer>(`payments/${traceKey}`)).status,
    };
    if (!isHeldBack) await shown.submit();
    return shown;
  }

  async #submit(request: CreatedRequest): Promise<void> {
    expectDone(await this.#enrolled.client.post('requests', this.#call('request', request.document)));
  }

  async #cancel(request: CreatedRequest): Promise<void> {
    const { client, terminal } = this.#enrolled;
    const verified = unwrap(await terminal.verify(request.document, Date.now()));
    const cancellation = await terminal.createCancellation(verified, Date.now());
    expectDone(await client.post('requests/cancel', this.#call('cancellation', cancellation)));
  }

  #call(name: string, document: Uint8Array) {
    const { terminal } = this.#enrolled;
    return { [name]: encodeBase64url(document), terminalCertificate: encodeBase64url(terminal.certificate) };
  }
}
