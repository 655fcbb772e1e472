import type { Bytes } from '../../../shared/protocol/bytes.ts';
import { signDocument } from '../../../shared/protocol/documents/document.ts';
import { RECEIPT_STATUSES, Receipt, type ReceiptContent } from '../../../shared/protocol/documents/receipt.ts';
import type { VerifiedRequest } from '../../../shared/protocol/payment/verify-request.ts';
import type { CentreSigner } from '../../clearing/centre-signer.ts';
import { cardEndingOf } from '../accounts.ts';
import type { JournalHead } from '../journal/journal.ts';
import type { LedgerRules } from '../rules.ts';
import type { AttemptRecord } from './attempts.ts';
import type { CertificateShelf } from './certificates.ts';
import { rebuildAuthorisationHash } from './evidence.ts';
import type { PaidRecord, RequestRecord } from './requests.ts';

/** What a receipt says and which centre key signs it: decided in the transaction, signed after it, the same for ever. */
export interface ReceiptDraft {
  readonly content: ReceiptContent;
  readonly keyGeneration: number;
}

/** What receipts are made of besides the record at hand. */
export interface ReceiptSources {
  readonly sql: SqlStorage;
  readonly rules: LedgerRules;
  readonly shelf: CertificateShelf;
}

/** Ed25519 is deterministic: the same draft signs to the same bytes. */
export async function signReceipt(draft: ReceiptDraft, signer: CentreSigner): Promise<Bytes> {
  return signDocument(Receipt, draft.content, await signer.keyOf(draft.keyGeneration));
}

export interface FreshPayment {
  readonly request: VerifiedRequest;
  readonly authorisationHash: Bytes;
  /** Serial of the account that paid. */
  readonly account: number;
  readonly sequence: number;
  /** The entry before. */
  readonly previous: JournalHead;
  readonly decidedAtMs: number;
  readonly keyGeneration: number;
}

/** The receipt of a payment that was posted this moment: what `draftPaidReceipt` makes of the books ever after. */
export function draftFreshReceipt(rules: LedgerRules, payment: FreshPayment): ReceiptDraft {
  const { request, authorisationHash, account, sequence, previous, decidedAtMs, keyGeneration } = payment;
  const content: ReceiptContent = {
    programme: rules.programme,
    status: RECEIPT_STATUSES.paid,
    ...pickFields(request, request),
    requestHash: request.hash,
    authorisationHash,
    issuer: rules.participant,
    cardEnding: cardEndingOf(rules.participant, account),
    sequence,
    previousHash: previous.hash,
    decidedAtMs,
  };
  return { content, keyGeneration };
}

/** The receipt of a payment, from the books. */
export function draftPaidReceipt(sources: ReceiptSources, record: RequestRecord, paid: PaidRecord): ReceiptDraft {
  const { rules, shelf } = sources;
  const content: ReceiptContent = {
    programme: rules.programme,
    status: RECEIPT_STATUSES.paid,
    ...pickFields(shelf.terminal(record.certificate).content, record),
    requestHash: record.hash,
    authorisationHash: rebuildAuthorisationHash(shelf, record, paid),
    issuer: rules.participant,
    cardEnding: cardEndingOf(rules.participant, paid.account),
    sequence: paid.sequence,
    previousHash: loadPreviousHash(sources.sql, paid.sequence),
    decidedAtMs: paid.atMs,
  };
  return { content, keyGeneration: paid.keyGeneration };
}

/**
 * The receipt of a refused attempt, from the books. It names a card only where one was proven to the till as well.
 * @returns undefined for a cancellation, which proves none of the fields, and for what was refused without one long ago
 */
export function draftRefusedReceipt(sources: ReceiptSources, attempt: AttemptRecord): ReceiptDraft | undefined {
  const { rules, shelf } = sources;
  const { account, namesCard, keyGeneration } = attempt;
  if (keyGeneration === undefined) return undefined;
  const content: ReceiptContent = {
    programme: rules.programme,
    status: RECEIPT_STATUSES.refused,
    refusal: attempt.code,
    ...pickFields(shelf.terminal(attempt.certificate).content, attempt),
    requestHash: attempt.requestHash,
    authorisationHash: attempt.documentHash,
    issuer: rules.participant,
    ...(account !== undefined && namesCard !== false && { cardEnding: cardEndingOf(rules.participant, account) }),
    sequence: attempt.sequence,
    previousHash: loadPreviousHash(sources.sql, attempt.sequence),
    decidedAtMs: attempt.atMs,
  };
  return { content, keyGeneration };
}

type CertifiedFields = Pick<
  ReceiptContent,
  'merchantNo' | 'terminalId' | 'acquirer' | 'currency' | 'exponent' | 'shopName'
>;
type RequestedFields = Pick<ReceiptContent, 'operatorNo' | 'transType' | 'batchNo' | 'voucherNo' | 'amountMinor'>;

/** The eight fields of R1.1, with currency and shop: what the certificate says and what the request says. */
function pickFields(certified: CertifiedFields, requested: RequestedFields): CertifiedFields & RequestedFields {
  const { merchantNo, terminalId, acquirer, currency, exponent, shopName } = certified;
  const { operatorNo, transType, batchNo, voucherNo, amountMinor } = requested;
  return {
    merchantNo,
    terminalId,
    operatorNo,
    acquirer,
    transType,
    batchNo,
    voucherNo,
    amountMinor,
    currency,
    exponent,
    shopName,
  };
}

function loadPreviousHash(sql: SqlStorage, sequence: number): Bytes {
  const row = sql.exec<{ hash: ArrayBuffer }>('SELECT hash FROM journal WHERE sequence = ?', sequence - 1).one();
  return new Uint8Array(row.hash);
}
