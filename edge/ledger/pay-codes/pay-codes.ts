import type { Bytes } from '../../../shared/protocol/bytes.ts';
import { decodeTraceKey, type TraceKey } from '../../../shared/protocol/identifiers.ts';
import type { PayCodeState } from '../../../shared/protocol/payment/decide-charge.ts';
import type { ChargeCommand } from '../commands.ts';

export type PayCodeOutcome = 'paid' | 'asked';

/** A pay code that was charged: its one use. */
export interface ChargedPayCode {
  readonly outcome: PayCodeOutcome;
  /** Row of the request it was charged to. */
  readonly request: number;
  /** Serial of the account it is of. */
  readonly account: number;
}

/** What stands in the way of a charge, or says that it was made before. */
export interface PayCodeStanding {
  readonly state: PayCodeState;
  /** Whether the showing was accepted before, of whatever pay code of the account. */
  readonly isPairSpent: boolean;
}

interface StandingRow extends Record<string, SqlStorageValue> {
  request_hash: ArrayBuffer | null;
  is_cancelled: number;
  is_pair_spent: number;
}

/** All that a decision needs to know of a pay code, in one statement. @param account serial, where its card is known */
export function loadPayCodeStanding(
  sql: SqlStorage,
  { hash, pairId }: { readonly hash: Bytes; readonly pairId?: Bytes | undefined },
  account: number | undefined,
): PayCodeStanding {
  const row = sql
    .exec<StandingRow>(
      `SELECT r.hash AS request_hash, c.hash IS NOT NULL AS is_cancelled, s.hash IS NOT NULL AS is_pair_spent
       FROM (SELECT 1)
       LEFT JOIN pay_codes p ON p.hash = ?1
       LEFT JOIN requests r ON r.id = p.request
       LEFT JOIN pay_code_cancellations c ON c.hash = ?1
       LEFT JOIN pay_codes s ON s.account = ?2 AND s.pair_id = ?3`,
      hash,
      account ?? null,
      pairId ?? null,
    )
    .one();
  return { state: stateOf(row), isPairSpent: row.is_pair_spent === 1 };
}

/** A charged one stays so, though its customer declined afterwards what it did not cover. */
function stateOf({ request_hash: requestHash, is_cancelled }: StandingRow): PayCodeState {
  if (requestHash) return { status: 'charged', requestHash: new Uint8Array(requestHash) };
  return { status: is_cancelled ? 'cancelled' : 'unseen' };
}

/** To be called after the decision: hash and pair of the account are new, or the books contradict themselves. */
export function insertPayCode(
  sql: SqlStorage,
  command: ChargeCommand,
  charged: ChargedPayCode,
  walletCertificate: number,
): void {
  const { payCode, capture, rules } = command;
  sql.exec(
    `INSERT INTO pay_codes
       (hash, outcome, request, account, charged_at_ms, pair_id, capture_hash, content, showing, assertion,
        wallet_certificate, capture, window_ms, tolerance_ms, step_up_minor)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    payCode.hash,
    charged.outcome,
    charged.request,
    charged.account,
    capture.chargedAtMs,
    payCode.pairId,
    capture.hash,
    payCode.content,
    command.showing,
    command.assertion,
    walletCertificate,
    command.captureDocument,
    rules.windowMs,
    rules.toleranceMs,
    rules.stepUpMinor,
  );
}

export function loadChargedPayCode(sql: SqlStorage, hash: Bytes): ChargedPayCode | undefined {
  return select(sql, 'WHERE hash = ?', hash)[0];
}

/** By the content hash of the terminal's capture. */
export function loadChargeOf(sql: SqlStorage, captureHash: Bytes): ChargedPayCode | undefined {
  return select(sql, 'WHERE capture_hash = ?', captureHash)[0];
}

/** Of a request: the one that paid it, or those whose customers were asked to. */
export function loadPayCodesOf(sql: SqlStorage, traceKey: TraceKey): Bytes[] {
  const { terminalId, batchNo, voucherNo } = decodeTraceKey(traceKey);
  return sql
    .exec<{ hash: ArrayBuffer }>(
      `SELECT p.hash FROM requests r JOIN pay_codes p ON p.request = r.id
       WHERE r.terminal_id = ? AND r.batch_no = ? AND r.voucher_no = ?`,
      terminalId,
      batchNo,
      voucherNo,
    )
    .toArray()
    .map(({ hash }) => new Uint8Array(hash));
}

/** Whether a customer was asked for the passkey on a request, and has not declined. */
export function isCustomerAsked(sql: SqlStorage, request: number): boolean {
  const asked = `SELECT 1 FROM pay_codes p WHERE p.request = ? AND p.outcome = 'asked'
    AND NOT EXISTS (SELECT 1 FROM pay_code_cancellations c WHERE c.hash = p.hash)`;
  return sql.exec(asked, request).toArray().length > 0;
}

/** @returns whose it is, for a pay code that its customer took back */
export function loadCancelledAccount(sql: SqlStorage, hash: Bytes): number | undefined {
  const [row] = sql
    .exec<{ account: number }>('SELECT account FROM pay_code_cancellations WHERE hash = ?', hash)
    .toArray();
  return row?.account;
}

export function insertPayCodeCancellation(
  sql: SqlStorage,
  { hash, content }: { readonly hash: Bytes; readonly content: Bytes },
  account: number,
  nowMs: number,
): void {
  sql.exec(
    'INSERT INTO pay_code_cancellations (hash, account, cancelled_at_ms, content) VALUES (?, ?, ?, ?)',
    hash,
    account,
    nowMs,
    content,
  );
}

function select(sql: SqlStorage, where: string, key: Bytes): ChargedPayCode[] {
  return sql
    .exec<{ outcome: string; request: number; account: number }>(
      `SELECT outcome, request, account FROM pay_codes ${where}`,
      key,
    )
    .toArray()
    .map(({ outcome, request, account }) => ({ outcome: outcome as PayCodeOutcome, request, account }));
}
