import type { Bytes } from '../../shared/protocol/bytes.ts';
import { decodeTraceKey, type TraceKey } from '../../shared/protocol/identifiers.ts';
import type { PaymentAnswer } from '../../shared/protocol/wire/payments.ts';
import type { CentreSigner } from '../clearing/centre-signer.ts';
import { findCard } from '../registry/card-records.ts';
import { customerTag, terminalTag } from '../registry/socket-tags.ts';
import { accountNumberOf } from './accounts.ts';
import type { DeviceSockets } from './device-sockets.ts';
import { draftPayCode, signPayCode } from './pay-codes/pay-code-answers.ts';
import { loadPayCodesOf } from './pay-codes/pay-codes.ts';
import type { ReceiptSources } from './receipts.ts';

export interface DeviceNewsParts {
  readonly sockets: DeviceSockets;
  readonly signer: CentreSigner;
  /** Undefined before the books were opened. */
  readonly sources: () => ReceiptSources | undefined;
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
    const { sockets, sources, payment } = this.#parts;
    const known = sources();
    const payCodes = known ? loadPayCodesOf(known.sql, traceKey) : [];
    for (const payCode of payCodes) await this.tellOfPayCode(payCode);
    const tag = terminalTag(decodeTraceKey(traceKey).terminalId);
    if (!sockets.isOpen(tag)) return;
    const answer = await payment(traceKey);
    if (answer) sockets.push(tag, { kind: 'payment', payment: answer });
  }

  /** The phones of the customer whose pay code it is. @param hash of the pay code */
  async tellOfPayCode(hash: Bytes): Promise<void> {
    const { sockets, signer, sources } = this.#parts;
    const known = sources();
    const draft = known && draftPayCode(known, hash, Date.now());
    if (!known || draft?.account === undefined) return;
    const accountNumber = accountNumberOf(known.rules.participant, draft.account);
    const customerId = findCard(known.sql, accountNumber)?.customerId;
    const tag = customerId && customerTag(customerId);
    if (tag && sockets.isOpen(tag)) sockets.push(tag, { kind: 'pay-code', payCode: await signPayCode(draft, signer) });
  }
}
