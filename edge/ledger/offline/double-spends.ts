import type { Bytes } from '../../../shared/protocol/bytes.ts';
import type { ChainLink, Contradiction } from '../../../shared/protocol/offline/chain.ts';
import { setAccountStatus } from '../account-status.ts';
import { accountNumberOf, loadAccount } from '../accounts.ts';
import type { BookContext } from '../rules.ts';
import type { AllowanceRecord } from './allowances.ts';
import type { FoundContradiction } from './links.ts';
import { revokeAllowance } from './revocations.ts';

export interface NewDoubleSpend extends FoundContradiction {
  readonly allowance: AllowanceRecord;
  readonly link: ChainLink;
  /** Row of the request that the consent was given to. */
  readonly request: number;
  /** COSE_Sign1 of the authorisation, and the passkey's assertion, as they came. */
  readonly authorisation: Bytes;
  readonly assertion: Bytes;
  /** Row of the wallet certificate. */
  readonly walletCertificate: number;
}

const REASON = 'Double spending is proven: see the evidence.';
/** Who froze an account that nobody froze. */
const BY_THE_BOOKS = 'ledger';

/**
 * Two consents of one wallet contradict each other: keeps what proves it, once for the same consent; withdraws the allowance, so
 * that tills hear of it; and freezes the account.
 */
export function recordDoubleSpend(context: BookContext, found: NewDoubleSpend): void {
  const { sql, rules, nowMs } = context;
  const { allowance, link, contradiction, against } = found;
  sql.exec(
    `INSERT INTO double_spends (allowance, request, authorisation_hash, authorisation, assertion, wallet_certificate,
       amount_minor, contradiction, against, found_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (authorisation_hash) DO NOTHING`,
    allowance.id,
    found.request,
    link.hash,
    found.authorisation,
    found.assertion,
    found.walletCertificate,
    link.amountMinor,
    contradiction,
    against ?? null,
    nowMs,
  );
  revokeAllowance(sql, allowance, REASON, nowMs);
  if (loadAccount(sql, allowance.account)?.status !== 'open') return;
  const accountNumber = accountNumberOf(rules.participant, allowance.account);
  setAccountStatus(context, { accountNumber, status: 'frozen', reason: REASON, by: BY_THE_BOOKS });
}

/** What is known of a double spending, and what proves it. */
export interface DoubleSpendRecord {
  readonly id: number;
  readonly allowance: number;
  readonly request: number;
  readonly authorisation: Bytes;
  readonly assertion: Bytes;
  readonly walletCertificate: number;
  readonly amountMinor: number;
  readonly contradiction: Contradiction | 'not-given';
  readonly against: number | undefined;
  readonly foundAtMs: number;
}

interface DoubleSpendRow extends Record<string, SqlStorageValue> {
  id: number;
  allowance: number;
  request: number;
  authorisation: ArrayBuffer;
  assertion: ArrayBuffer;
  wallet_certificate: number;
  amount_minor: number;
  contradiction: string;
  against: number | null;
  found_at_ms: number;
}

/** Newest first. @param where after `FROM double_spends` */
export function selectDoubleSpends(
  sql: SqlStorage,
  where: string,
  ...bindings: SqlStorageValue[]
): DoubleSpendRecord[] {
  return sql
    .exec<DoubleSpendRow>(`SELECT * FROM double_spends ${where}`, ...bindings)
    .toArray()
    .map((row) => ({
      id: row.id,
      allowance: row.allowance,
      request: row.request,
      authorisation: new Uint8Array(row.authorisation),
      assertion: new Uint8Array(row.assertion),
      walletCertificate: row.wallet_certificate,
      amountMinor: row.amount_minor,
      contradiction: row.contradiction as DoubleSpendRecord['contradiction'],
      against: row.against ?? undefined,
      foundAtMs: row.found_at_ms,
    }));
}
