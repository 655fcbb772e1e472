import { BOUNDS } from '../../shared/protocol/bounds.ts';
import { decodeBase64url, encodeBase64url } from '../../shared/protocol/bytes.ts';
import { isPaid, verifyReceiptOf } from '../../shared/protocol/payment/verify-receipt.ts';
import type { PaymentAnswer } from '../../shared/protocol/wire/payments.ts';
import { unwrap } from '../support/devices.ts';
import { trustOf } from '../support/enrol.ts';
import { encodeCall, type HttpReply } from './http-connection.ts';
import type { Task } from './measure-load.ts';
import type { Bench } from './open-bench.ts';

const AMOUNT_MINOR = 1;
/** One in so many receipts is verified as a till would; the others only have to be there. */
const VERIFIED_EACH = 500;
/** Signatures are made in Node's thread pool, so several are under way at a time. */
const MADE_AT_ONCE = 64;

export interface PreparedPayment extends Task {
  /** Verifies the receipt that came, where this is one of those to be verified. */
  verify(): Promise<void>;
}

/**
 * Makes and signs payments ahead of the clock: each a fresh request of a till and the fresh consent of a wallet with its
 * passkey's assertion, as the two calls that hand them in.
 */
export async function preparePayments(bench: Bench, count: number): Promise<PreparedPayment[]> {
  const prepared: PreparedPayment[] = [];
  while (prepared.length < count) {
    const size = Math.min(MADE_AT_ONCE, count - prepared.length);
    const first = prepared.length;
    prepared.push(...(await Promise.all(Array.from({ length: size }, (_, index) => prepareOne(bench, first + index)))));
  }
  return prepared;
}

async function prepareOne({ server, tills, wallets }: Bench, index: number): Promise<PreparedPayment> {
  const till = tills[index % tills.length]!;
  const { wallet } = wallets[index % wallets.length]!;
  const { terminal, answer: enrolment } = till;
  const nowMs = Date.now();
  // Valid as long as can be: making ten thousand takes a while, and is not measured.
  const changes = { validForSeconds: BOUNDS.requestValidSecondsMax };
  const { document, hash } = await terminal.createRequest(AMOUNT_MINOR, nowMs, changes);
  const verified = unwrap(await terminal.verify(document, nowMs));
  const consent = await wallet.authorise(verified, nowMs);
  const submission = {
    request: encodeBase64url(document),
    terminalCertificate: encodeBase64url(terminal.certificate),
  };
  const consentCall = {
    authorisation: encodeBase64url(consent.authorisation),
    assertion: encodeBase64url(consent.assertion),
    walletCertificate: encodeBase64url(consent.walletCertificate),
    ...submission,
  };
  let answer: PaymentAnswer | undefined;
  return {
    calls: [
      encodeCall(server.origin, 'POST', '/api/v1/requests', submission),
      encodeCall(server.origin, 'POST', '/api/v1/authorisations', consentCall),
    ],
    check({ text }: HttpReply) {
      if (!text.includes('"status":"paid"') || !text.includes('"receipt":"')) throw new Error(`Not paid: ${text}`);
      if (index % VERIFIED_EACH === 0) answer = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
    },
    async verify() {
      if (!answer) return;
      const trust = await trustOf(enrolment.programme);
      const receipt = decodeBase64url(answer.receipt ?? '')!;
      const content = unwrap(await verifyReceiptOf({ hash, amountMinor: AMOUNT_MINOR }, receipt, trust));
      if (!isPaid(content)) throw new Error('The receipt says that it was not paid.');
    },
  };
}
