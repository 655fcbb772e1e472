import type { Bytes } from '../../../shared/protocol/bytes.ts';
import { decodeTraceKey, type TraceKey } from '../../../shared/protocol/identifiers.ts';
import type { PaymentState } from '../../../shared/protocol/payment/lifecycle.ts';
import { isRefusalCode, REFUSALS, type RefusalCode } from '../../../shared/protocol/refusals.ts';
import {
  decodePayingCard,
  decodeRequestParties,
  joinPayingCard,
  joinRequestParties,
  PAYING_CARD_COLUMNS,
  PAYING_CARD_SERIAL,
  type PayingCard,
  type PayingCardRow,
  REQUEST_PARTIES_COLUMNS,
  type RequestParties,
  type RequestPartiesRow,
} from '../../registry/parties.ts';
import type { AuthoriseCommand, SubmitCommand } from '../commands.ts';
import { decodePostingRow, HEAD, type LoadedPosting, POSTING_COLUMNS, type PostingRow } from '../journal/posting.ts';
import { EXPIRES_AT_SECONDS } from './requests.ts';

/** What a decision needs to know of a trace key, and nothing more: this is on the way of every payment. */
export interface TraceStanding {
  /** Row of the request; 0 where none was handed in. */
  readonly id: number;
  readonly status: 'none' | 'waiting' | 'paid' | 'cancelled';
  readonly requestHash: Bytes;
  readonly amountMinor: number;
  readonly expiresAtMs: number;
  /** The attempt by which this very document was refused for ever. */
  readonly finalRefusal?: { readonly sequence: number; readonly code: RefusalCode };
}

interface StandingRow extends Record<string, SqlStorageValue> {
  id: number | null;
  request_hash: ArrayBuffer;
  amount_minor: number;
  expires_at_seconds: number;
  paid: number;
  cancelled: number;
  refused_sequence: number | null;
  refused_code: string;
}

const STANDING_COLUMNS = `
  r.id, r.hash AS request_hash, r.amount_minor, ${EXPIRES_AT_SECONDS} AS expires_at_seconds,
  p.request IS NOT NULL AS paid, c.request IS NOT NULL AS cancelled,
  a.sequence AS refused_sequence, a.code AS refused_code`;

/** ?1 to ?3: the trace key. ?4: content hash of the document that is about to be decided on. */
const STANDING_JOINS = `
  LEFT JOIN requests r ON r.terminal_id = ?1 AND r.batch_no = ?2 AND r.voucher_no = ?3
  LEFT JOIN payments p ON p.request = r.id
  LEFT JOIN cancellations c ON c.request = r.id
  LEFT JOIN attempts a ON a.terminal_id = ?1 AND a.batch_no = ?2 AND a.voucher_no = ?3 AND a.document_hash = ?4`;

const LOAD_STANDING = `SELECT ${STANDING_COLUMNS} FROM (SELECT 1) ${STANDING_JOINS}`;

const LOAD_SUBMISSION = `
  SELECT ${STANDING_COLUMNS}, ${REQUEST_PARTIES_COLUMNS}, f.id AS filed
  FROM (SELECT 1) ${STANDING_JOINS} ${joinRequestParties('?5', '?6')}
  LEFT JOIN certificates f ON f.serial = ?5`;

const LOAD_CONSENT = `
  SELECT ${STANDING_COLUMNS}, ${PAYING_CARD_COLUMNS}, ${REQUEST_PARTIES_COLUMNS}, ${POSTING_COLUMNS}, f.id AS filed
  FROM ${HEAD} ${STANDING_JOINS} ${joinPayingCard('?5', '?6')} ${joinRequestParties('?7', 'r.operator_no')}
  LEFT JOIN accounts debit ON debit.serial = ${PAYING_CARD_SERIAL}
  LEFT JOIN accounts credit ON credit.serial = r.merchant_account
  LEFT JOIN certificates f ON f.serial = ?5`;

const NO_HASH: Bytes = new Uint8Array(32);

/** @param documentHash content hash of the document that is about to be decided on */
export function loadStanding(sql: SqlStorage, traceKey: TraceKey, documentHash: Bytes): TraceStanding {
  const { terminalId, batchNo, voucherNo } = decodeTraceKey(traceKey);
  return decodeStanding(sql.exec<StandingRow>(LOAD_STANDING, terminalId, batchNo, voucherNo, documentHash).toArray());
}

export interface LoadedSubmission {
  readonly standing: TraceStanding;
  readonly parties: RequestParties;
  /** Row of the terminal certificate, if it came before. */
  readonly filed: number | undefined;
}

/** All that deciding on a submission takes, in one statement. */
export function loadSubmission(sql: SqlStorage, { request, terminalCertificate }: SubmitCommand): LoadedSubmission {
  const rows = sql
    .exec<StandingRow & RequestPartiesRow & { filed: number | null }>(
      LOAD_SUBMISSION,
      request.terminalId,
      request.batchNo,
      request.voucherNo,
      request.hash,
      terminalCertificate.serial,
      request.operatorNo,
    )
    .toArray();
  const row = rows[0]!;
  return { standing: decodeStanding(rows), parties: decodeRequestParties(row), filed: row.filed ?? undefined };
}

export interface LoadedConsent {
  readonly standing: TraceStanding;
  readonly card: PayingCard | undefined;
  /** As they are now, not as they were when the request was handed in. */
  readonly parties: RequestParties;
  /** From the card's account to the shop's. */
  readonly posting: LoadedPosting;
  /** Row of the wallet certificate, if it came before. */
  readonly filed: number | undefined;
}

/** What names a consent and what it is for; `hash` is that of the document to be decided on. */
type ConsentKeys = Pick<AuthoriseCommand, 'request' | 'walletCertificate' | 'terminalCertificate'> & {
  readonly authorisation: Pick<AuthoriseCommand['authorisation'], 'hash' | 'accountToken'>;
};

/** All that deciding on a consent takes, in one statement. */
export function loadConsent(
  sql: SqlStorage,
  { request, authorisation, walletCertificate, terminalCertificate }: ConsentKeys,
): LoadedConsent {
  const rows = sql
    .exec<StandingRow & PayingCardRow & RequestPartiesRow & PostingRow & { filed: number | null }>(
      LOAD_CONSENT,
      request.terminalId,
      request.batchNo,
      request.voucherNo,
      authorisation.hash,
      walletCertificate.serial,
      authorisation.accountToken,
      terminalCertificate.serial,
    )
    .toArray();
  const row = rows[0]!;
  return {
    standing: decodeStanding(rows),
    card: decodePayingCard(row),
    parties: decodeRequestParties(row),
    posting: decodePostingRow(row),
    filed: row.filed ?? undefined,
  };
}

/** @param rows one, or one for each time that this very document was refused */
function decodeStanding(rows: readonly StandingRow[]): TraceStanding {
  const row = rows[0]!;
  const { id, amount_minor: amountMinor, expires_at_seconds: expiresAtSeconds } = row;
  // The newest: a consent that was refused for ever is decided on once more when its till's word comes.
  const final = rows
    .filter(({ refused_sequence, refused_code }) => refused_sequence !== null && isFinal(refused_code))
    .reduce<StandingRow | undefined>((newest, found) => (isLater(found, newest) ? found : newest), undefined);
  return {
    id: id ?? 0,
    status: id === null ? 'none' : row.paid ? 'paid' : row.cancelled ? 'cancelled' : 'waiting',
    requestHash: id === null ? NO_HASH : new Uint8Array(row.request_hash),
    amountMinor,
    expiresAtMs: expiresAtSeconds * 1000,
    ...(final && {
      finalRefusal: { sequence: final.refused_sequence as number, code: final.refused_code as RefusalCode },
    }),
  };
}

function isLater(row: StandingRow, than: StandingRow | undefined): boolean {
  return (row.refused_sequence ?? 0) > (than?.refused_sequence ?? 0);
}

function isFinal(code: string): boolean {
  return isRefusalCode(code) && REFUSALS[code].isFinal;
}

/** @param loadAuthorisationHash asked only of what is paid */
export function stateOf(standing: TraceStanding, loadAuthorisationHash: () => Bytes): PaymentState {
  const { status, requestHash, amountMinor, expiresAtMs } = standing;
  switch (status) {
    case 'none':
      return { status };
    case 'waiting':
      return { status, requestHash, amountMinor, expiresAtMs };
    case 'cancelled':
      return { status, requestHash };
    case 'paid':
      return { status, requestHash, authorisationHash: loadAuthorisationHash() };
  }
}
