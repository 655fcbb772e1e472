import type { MerchantNo, TerminalId } from '../../../shared/protocol/identifiers.ts';
import type { RefusalCode } from '../../../shared/protocol/refusals.ts';
import type { CertificateShelf } from '../payments/certificates.ts';
import type { BookContext } from '../rules.ts';

/**
 * Tries to charge a pay code that were refused, against one account: after a handful of them each further one has to wait, and
 * the wait doubles with each. All of it is read from the books, so a restart forgives nothing.
 *
 * A try counts that could teach something of the customer's code or consent: for one of these reasons, of a pay code that
 * could still be charged, from a phone that was not withdrawn. What the shop did wrong is not the customer's, and a showing
 * of long ago, which a till may have kept, opens nothing however often it is handed in.
 */
const COUNTED: ReadonlySet<RefusalCode> = new Set([
  'code_unreadable',
  'code_tampered',
  'document_malformed',
  'twin_code_incomplete',
  'twin_code_mixed',
  'twin_code_window',
  'twin_code_stale',
  'check_value_invalid',
  'pay_code_cap_exceeded',
  'step_up_unreachable',
  'passkey_invalid',
  'user_not_verified',
  'insufficient_balance',
]);

export const TRIES_FREE = 5;
const WITHIN_MS = 10 * 60_000;
const FIRST_DELAY_MS = 2_000;
const DELAY_MS_MAX = 5 * 60_000;

/** More of them change nothing: the delay is the longest long before. */
const TRIES_READ = 16;

const NEWEST_THAT_SLOW = `
  SELECT a.terminal_id, a.certificate, j.at_ms FROM attempts a JOIN journal j ON j.sequence = a.sequence
  WHERE a.account = ? AND a.slows = 1 ORDER BY a.sequence DESC LIMIT ?`;

/** Whatever the reason: who keeps trying is shown to the console. What only came too soon taught nobody anything. */
const NEWEST_TRIES = `
  SELECT a.sequence, j.at_ms FROM attempts a JOIN journal j ON j.sequence = a.sequence
  WHERE a.kind = 'charge' AND a.account = ? AND a.code <> 'account_slowed' ORDER BY a.sequence DESC LIMIT ?`;

export function isCounted(code: RefusalCode): boolean {
  return COUNTED.has(code);
}

/** @param triesAtMs newest first */
export function decideSlowedUntilMs(triesAtMs: readonly number[], nowMs: number): number | undefined {
  const [newest] = triesAtMs;
  const tries = triesAtMs.filter((atMs) => atMs > nowMs - WITHIN_MS).length;
  if (newest === undefined || tries < TRIES_FREE) return undefined;
  return newest + Math.min(DELAY_MS_MAX, FIRST_DELAY_MS * 2 ** (tries - TRIES_FREE));
}

/** Where a try was made. */
export interface SlowingTry {
  readonly terminalId: TerminalId;
  readonly merchantNo: MerchantNo;
  readonly atMs: number;
}

/**
 * The tries that a terminal has to wait for: its own; or those against the whole account, of which no merchant has more than
 * would be free, so that one shop alone never slows its customers elsewhere.
 * @param tries newest first
 */
export function decideTerminalSlowedUntilMs(
  tries: readonly SlowingTry[],
  terminalId: TerminalId,
  nowMs: number,
): number | undefined {
  const ofMerchant = new Map<MerchantNo, number>();
  const ofAll = tries.filter(({ merchantNo }) => {
    const count = (ofMerchant.get(merchantNo) ?? 0) + 1;
    ofMerchant.set(merchantNo, count);
    return count < TRIES_FREE;
  });
  const ownOnes = tries.filter((known) => known.terminalId === terminalId);
  const untilMs = [ownOnes, ofAll].map((some) =>
    decideSlowedUntilMs(
      some.map(({ atMs }) => atMs),
      nowMs,
    ),
  );
  return untilMs.reduce((most, some) => (some !== undefined && (most === undefined || some > most) ? some : most));
}

/** Whether a try against the account comes too soon after others that were refused. */
export function isAccountSlowed(
  { sql, shelf, nowMs }: BookContext & { readonly shelf: CertificateShelf },
  account: number,
  terminalId: TerminalId,
): boolean {
  const tries = sql
    .exec<{ terminal_id: string; certificate: number; at_ms: number }>(NEWEST_THAT_SLOW, account, TRIES_READ)
    .toArray()
    .map(({ terminal_id, certificate, at_ms }) => ({
      terminalId: terminal_id as TerminalId,
      merchantNo: shelf.terminal(certificate).content.merchantNo,
      atMs: at_ms,
    }));
  const untilMs = decideTerminalSlowedUntilMs(tries, terminalId, nowMs);
  return untilMs !== undefined && nowMs < untilMs;
}

/** Raises a flag for the account where the try that was just written down is one too many. */
export function raiseFlag({ sql, nowMs }: BookContext, account: number): void {
  const recent = sql
    .exec<{ sequence: number; at_ms: number }>(NEWEST_TRIES, account, TRIES_READ)
    .toArray()
    .filter(({ at_ms }) => at_ms > nowMs - WITHIN_MS);
  const first = recent.at(-1);
  if (!first || recent.length < TRIES_FREE) return;
  // From the first that nobody has looked at yet.
  sql.exec(
    `INSERT INTO account_flags (account, from_sequence, raised_at_ms)
     SELECT ?1, max(?2, 1 + coalesce((SELECT max(seen_to_sequence) FROM account_flags WHERE account = ?1), 0)), ?3
     WHERE NOT EXISTS (SELECT 1 FROM account_flags WHERE account = ?1 AND seen_at_ms IS NULL)`,
    account,
    first.sequence,
    nowMs,
  );
}
