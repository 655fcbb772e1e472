import type { Bytes } from '../../../shared/protocol/bytes.ts';
import { decodeTraceKey, type TraceKey } from '../../../shared/protocol/identifiers.ts';
import type { PaymentAnswer } from '../../../shared/protocol/wire/payments.ts';
import type { CentreSigner } from '../../clearing/centre-signer.ts';
import { findCard } from '../../registry/card-records.ts';
import { customerTag, terminalTag } from '../../registry/socket-tags.ts';
import { accountNumberOf } from '../accounts.ts';
import type { Bookkeeper } from '../bookkeeper.ts';
import { draftPayCode, signPayCode } from '../pay-codes/pay-code-answers.ts';
import { loadPayCodesOf } from '../pay-codes/pay-codes.ts';
import type { DeviceSockets } from './device-sockets.ts';

export interface DeviceNewsParts {
  readonly sockets: DeviceSockets;
  readonly signer: CentreSigner;
  readonly books: Bookkeeper;
  /** How a payment stands now. */
  readonly payment: (traceKey: TraceKey) => Promise<PaymentAnswer | undefined>;
}

/**
 * Tells tills and phones what has changed, after it is durable. A device without a socket asks: it hears nothing here that it
 * would not get by asking.
 */
export class DeviceNews {
  readonly #parts: DeviceNewsParts;

  constructor(parts: DeviceNewsParts) {
    this.#parts = parts;
  }

  /** The till of a payment, and the phones whose pay codes were charged to it. */
  async tellOfPayment(traceKey: TraceKey): Promise<void> {
    const { sockets, books, payment } = this.#parts;
    for (const payCode of loadPayCodesOf(books.sql, traceKey)) await this.tellOfPayCode(payCode);
    const tag = terminalTag(decodeTraceKey(traceKey).terminalId);
    if (!sockets.isOpen(tag)) return;
    const answer = await payment(traceKey);
    if (answer) sockets.push(tag, { kind: 'payment', payment: answer });
  }

  /** The phones of the customer whose pay code it is. @param hash of the pay code */
  async tellOfPayCode(hash: Bytes): Promise<void> {
    const { sockets, signer, books } = this.#parts;
    const { sources } = books;
    const draft = sources && draftPayCode(sources, hash, Date.now());
    if (!sources || draft?.account === undefined) return;
    const accountNumber = accountNumberOf(sources.rules.participant, draft.account);
    const customerId = findCard(books.sql, accountNumber)?.customerId;
    const tag = customerId && customerTag(customerId);
    if (tag && sockets.isOpen(tag)) sockets.push(tag, { kind: 'pay-code', payCode: await signPayCode(draft, signer) });
  }
}
