import type { AmountMinor } from '../../shared/protocol/amount.ts';
import { type Bytes, createRandomBytes } from '../../shared/protocol/bytes.ts';
import { Authorisation } from '../../shared/protocol/documents/authorisation.ts';
import { encodeContent } from '../../shared/protocol/documents/document.ts';
import { PaymentRequest } from '../../shared/protocol/documents/request.ts';
import type { TerminalCertificateContent } from '../../shared/protocol/documents/terminal-certificate.ts';
import type { WalletCertificateContent } from '../../shared/protocol/documents/wallet-certificate.ts';
import { type BatchNo, formatTraceKey, type OperatorNo, type VoucherNo } from '../../shared/protocol/identifiers.ts';
import { TRANS_TYPES } from '../../shared/protocol/trans-type.ts';
import type { AuthoriseCommand, SubmitCommand } from './commands.ts';
import { assertBooks } from './contradiction.ts';
import type { PaymentContext } from './payments/payment-steps.ts';
import { authorise } from './payments/payments.ts';
import { submitRequest } from './payments/submissions.ts';
import { hashContentNow } from './sha256.ts';

/** Whose payments to make up: a till and wallets that are enrolled, so that everything but the signatures is real. */
export interface FillCommand {
  readonly terminal: {
    readonly content: TerminalCertificateContent;
    readonly contentHash: Bytes;
    readonly document: Bytes;
  };
  readonly wallets: readonly { readonly content: WalletCertificateContent; readonly document: Bytes }[];
  readonly count: number;
  readonly batchNo: BatchNo;
  /** Of the first; the others count up. */
  readonly voucherNo: VoucherNo;
}

const AMOUNT_MINOR = 1 as AmountMinor;
const VALID_FOR_SECONDS = 120;
/** Of an assertion without extensions: its three byte strings and their heads. */
const ASSERTION_BYTES = 108;

/**
 * Fills the books with payments of one minor unit each, by the code that posts real ones, so that the bench can measure what
 * a million stored ones cost. Only the signatures are random bytes: nothing was verified, and the check of the evidence
 * would say so.
 */
export function fillBooks(context: PaymentContext, command: FillCommand): void {
  for (let index = 0; index < command.count; index += 1) {
    const submission = makeUpSubmission(context, command, index);
    const submitted = submitRequest(context, submission);
    const paid = authorise(context, makeUpConsent(context, command, submission, index));
    assertBooks(submitted.kind === 'answer' && paid.kind === 'answer', 'a made-up payment is posted');
  }
}

function makeUpSubmission(
  { nowMs }: PaymentContext,
  { terminal, ...command }: FillCommand,
  index: number,
): SubmitCommand {
  const requestedAtSeconds = Math.floor(nowMs / 1000);
  const content = {
    certificate: terminal.contentHash.slice(0, 16) as Bytes,
    operatorNo: '01' as OperatorNo,
    transType: TRANS_TYPES.sale,
    batchNo: command.batchNo,
    voucherNo: (command.voucherNo + index) as VoucherNo,
    amountMinor: AMOUNT_MINOR,
    requestedAtSeconds,
    validForSeconds: VALID_FOR_SECONDS,
    nonce: createRandomBytes(16),
  };
  const { acquirer, merchantNo, terminalId, currency, exponent, shopName } = terminal.content;
  const { batchNo, voucherNo } = content;
  const request = {
    ...content,
    traceKey: formatTraceKey({ terminalId, batchNo, voucherNo }),
    acquirer,
    merchantNo,
    terminalId,
    currency,
    exponent,
    shopName,
    requestedAtMs: requestedAtSeconds * 1000,
    expiresAtMs: (requestedAtSeconds + VALID_FOR_SECONDS) * 1000,
    hash: hashContentNow(PaymentRequest, encodeContent(PaymentRequest, content)),
  };
  const terminalCertificate = { serial: terminal.content.serial, document: terminal.document };
  return { request, document: createRandomBytes(64), terminalCertificate };
}

function makeUpConsent(
  { nowMs }: PaymentContext,
  { wallets }: FillCommand,
  { request, terminalCertificate }: SubmitCommand,
  index: number,
): AuthoriseCommand {
  const wallet = wallets[index % wallets.length] as FillCommand['wallets'][number];
  const { accountToken, issuer, serial } = wallet.content;
  const content = { requestHash: request.hash, accountToken, amountMinor: AMOUNT_MINOR, authorisedAtMs: nowMs };
  return {
    authorisation: { ...content, issuer, hash: hashContentNow(Authorisation, encodeContent(Authorisation, content)) },
    request,
    document: createRandomBytes(64),
    assertion: createRandomBytes(ASSERTION_BYTES),
    walletCertificate: { serial, document: wallet.document },
    terminalCertificate,
  };
}
