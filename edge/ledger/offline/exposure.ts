import { encodeHex } from '../../../shared/protocol/bytes.ts';
import type { AccountNumber, TerminalId, TraceKey } from '../../../shared/protocol/identifiers.ts';
import { accountNumberOf } from '../accounts.ts';
import { loadRequestById } from '../payments/requests.ts';
import type { LedgerRules } from '../rules.ts';
import { type AllowanceRecord, selectAllowances } from './allowances.ts';

/** `live`: its phone may pay from it · `ended`: nobody does, and what is left waits for late payments · `revoked`: withdrawn. */
export type AllowanceStatus = 'live' | 'ended' | 'revoked';

/** An allowance for which something is still set aside, or that its phone may still pay from. */
export interface OutstandingAllowance {
  /** Serial of the wallet certificate, hex. */
  readonly serial: string;
  readonly accountNumber: AccountNumber;
  readonly status: AllowanceStatus;
  /** Names the phone: the beginning of its key, hex. */
  readonly phone: string;
  readonly limitMinor: number;
  readonly reservedMinor: number;
  /** What was paid out of it so far. */
  readonly paidMinor: number;
  readonly payments: number;
  readonly grantedAtMs: number;
  readonly expiresAtMs: number;
  readonly claimUntilMs: number;
  readonly revokedInVersion?: number;
  /** Its wallet said its last word on it. */
  readonly isClosed: boolean;
}

const OUTSTANDING_MAX = 200;
/** Enough to tell a customer's phones apart. */
const PHONE_BYTES = 4;

/** Newest first. */
export function listOutstanding(
  sql: SqlStorage,
  rules: LedgerRules,
  nowMs: number,
  accountSerial?: number,
): OutstandingAllowance[] {
  const isOfAccount = accountSerial === undefined ? '' : 'AND account = ?3';
  const where = `WHERE (reserved_minor > 0 OR (ended_at_ms IS NULL AND expires_at_ms > ?1)) ${isOfAccount}
    ORDER BY id DESC LIMIT ?2`;
  const bindings = accountSerial === undefined ? [nowMs, OUTSTANDING_MAX] : [nowMs, OUTSTANDING_MAX, accountSerial];
  return selectAllowances(sql, where, ...bindings).map((allowance) => viewOf(sql, rules, allowance, nowMs));
}

function viewOf(sql: SqlStorage, rules: LedgerRules, allowance: AllowanceRecord, nowMs: number): OutstandingAllowance {
  const { limitMinor, reservedMinor, grantedAtMs, expiresAtMs, claimUntilMs, revokedInVersion } = allowance;
  const { paid, payments } = sql
    .exec<{ paid: number; payments: number }>(
      'SELECT coalesce(sum(amount_minor), 0) AS paid, count(*) AS payments FROM allowance_links WHERE allowance = ?',
      allowance.id,
    )
    .one();
  return {
    serial: encodeHex(allowance.serial),
    accountNumber: accountNumberOf(rules.participant, allowance.account),
    status: statusOf(allowance, nowMs),
    phone: encodeHex(allowance.devicePublicKey.subarray(0, PHONE_BYTES)),
    limitMinor,
    reservedMinor,
    paidMinor: paid,
    payments,
    grantedAtMs,
    expiresAtMs,
    claimUntilMs,
    ...(revokedInVersion !== undefined && { revokedInVersion }),
    isClosed: allowance.closing !== undefined,
  };
}

function statusOf({ revokedInVersion, endedAtMs, expiresAtMs }: AllowanceRecord, nowMs: number): AllowanceStatus {
  if (revokedInVersion !== undefined) return 'revoked';
  return endedAtMs === undefined && nowMs < expiresAtMs ? 'live' : 'ended';
}

/** What paying without network may cost, and has cost. Minor units. */
export interface Exposure {
  /** Set aside on customers' accounts: covers what comes in. */
  readonly reservedMinor: number;
  readonly liveAllowances: number;
  readonly liveLimitMinor: number;
  /** What the guarantee paid altogether, what customers owe it of that, and what it took back. */
  readonly guaranteedMinor: number;
  readonly owedMinor: number;
  readonly collectedMinor: number;
  readonly doubleSpends: number;
  readonly revocationVersion: number;
  /** What the guarantee paid by terminal, the most first. */
  readonly terminals: readonly { readonly terminalId: TerminalId; readonly guaranteedMinor: number }[];
  /** Failures of the alarm that gives reserves back, the newest; absent: none. */
  readonly alarmFailure?: { readonly atMs: number; readonly reason: string };
}

export function loadExposure(sql: SqlStorage, nowMs: number): Exposure {
  const one = sql
    .exec<Record<string, number>>(
      `SELECT
         (SELECT coalesce(sum(reserved_minor), 0) FROM allowances WHERE reserved_minor > 0) AS reserved,
         (SELECT count(*) FROM allowances WHERE ended_at_ms IS NULL AND expires_at_ms > ?1) AS live,
         (SELECT coalesce(sum(limit_minor), 0) FROM allowances WHERE ended_at_ms IS NULL AND expires_at_ms > ?1) AS live_limit,
         (SELECT coalesce(sum(amount_minor), 0) FROM debts) AS booked,
         (SELECT coalesce(sum(amount_minor), 0) FROM debt_collections) AS collected,
         (SELECT count(*) FROM double_spends) AS double_spends,
         (SELECT coalesce(max(version), 0) FROM revocations) AS version`,
      nowMs,
    )
    .one();
  const [failure] = sql
    .exec<{ at_ms: number; reason: string }>('SELECT at_ms, reason FROM alarm_failures ORDER BY id DESC LIMIT 1')
    .toArray();
  return {
    reservedMinor: one.reserved!,
    liveAllowances: one.live!,
    liveLimitMinor: one.live_limit!,
    guaranteedMinor: one.booked!,
    owedMinor: one.booked! - one.collected!,
    collectedMinor: one.collected!,
    doubleSpends: one.double_spends!,
    revocationVersion: one.version!,
    terminals: sql
      .exec<{ terminal_id: string; guaranteed: number }>(
        `SELECT r.terminal_id, sum(l.amount_minor) AS guaranteed FROM allowance_links l JOIN requests r ON r.id = l.request
         WHERE l.settled_from = 'guarantee' GROUP BY r.terminal_id ORDER BY guaranteed DESC LIMIT 50`,
      )
      .toArray()
      .map(({ terminal_id, guaranteed }) => ({ terminalId: terminal_id as TerminalId, guaranteedMinor: guaranteed })),
    ...(failure && { alarmFailure: { atMs: failure.at_ms, reason: failure.reason } }),
  };
}

/** A payment that came in after its request's end. */
export interface LateArrival {
  readonly traceKey: TraceKey;
  readonly terminalId: TerminalId;
  readonly accountNumber: AccountNumber;
  readonly amountMinor: number;
  readonly consentedAtMs: number;
  readonly settledAtMs: number;
  /** After the request's end. */
  readonly lateByMs: number;
  readonly handedInBy: 'till' | 'wallet';
  readonly settledFrom: 'reserve' | 'available' | 'guarantee';
  /** The till took it on its own and said so. */
  readonly hasAcceptance: boolean;
}

interface LateRow extends Record<string, SqlStorageValue> {
  request: number;
  settled_at_ms: number;
  handed_in_by: string;
  settled_from: string;
  accepted: number;
}

const LATE_SCAN_MAX = 2_000;

/** Newest first, of the newest payments out of allowances. */
export function listLateArrivals(sql: SqlStorage, { participant }: LedgerRules, limit: number): LateArrival[] {
  return sql
    .exec<LateRow>(
      `SELECT l.request, l.settled_at_ms, l.handed_in_by, l.settled_from, a.authorisation_hash IS NOT NULL AS accepted
       FROM (SELECT * FROM allowance_links ORDER BY settled_at_ms DESC LIMIT ?1) l
       JOIN requests r ON r.id = l.request LEFT JOIN acceptances a ON a.authorisation_hash = l.hash
       WHERE l.settled_at_ms > (r.requested_at_seconds + coalesce(r.lasts_seconds, r.valid_for_seconds)) * 1000
       ORDER BY l.settled_at_ms DESC LIMIT ?2`,
      LATE_SCAN_MAX,
      limit,
    )
    .toArray()
    .map((row) => {
      const { traceKey, terminalId, amountMinor, expiresAtMs, paid } = loadRequestById(sql, row.request);
      return {
        traceKey,
        terminalId,
        accountNumber: accountNumberOf(participant, paid!.account),
        amountMinor,
        consentedAtMs: paid!.authorisedAtMs,
        settledAtMs: row.settled_at_ms,
        lateByMs: row.settled_at_ms - expiresAtMs,
        handedInBy: row.handed_in_by as LateArrival['handedInBy'],
        settledFrom: row.settled_from as LateArrival['settledFrom'],
        hasAcceptance: row.accepted === 1,
      };
    });
}
