import { encodeBase64url, encodeHex } from '../../../shared/protocol/bytes.ts';
import type { AccountNumber, TraceKey } from '../../../shared/protocol/identifiers.ts';
import type { Contradiction } from '../../../shared/protocol/offline/chain.ts';
import type { EvidenceFile } from '../../../shared/protocol/wire/offline-evidence.ts';
import { accountNumberOf } from '../accounts.ts';
import { assertBooks } from '../contradiction.ts';
import type { CertificateShelf } from '../payments/certificates.ts';
import { rebuildEvidence } from '../payments/evidence.ts';
import { loadRequestById } from '../payments/requests.ts';
import type { LedgerRules } from '../rules.ts';
import { loadAllowanceById } from './allowances.ts';
import { type DoubleSpendRecord, selectDoubleSpends } from './double-spends.ts';

/** A double spending as the console lists it. */
export interface DoubleSpendView {
  readonly id: number;
  readonly accountNumber: AccountNumber;
  /** Serial of the wallet certificate that granted the allowance, hex. */
  readonly allowance: string;
  readonly contradiction: Contradiction | 'not-given';
  readonly amountMinor: number;
  /** The payment that the second consent was for, and the one it contradicts. */
  readonly traceKey: TraceKey;
  readonly againstTraceKey?: TraceKey;
  readonly foundAtMs: number;
  /** Who bears it: what was set aside had paid it before; the programme; or the shop, which broke a rule or has not spoken yet. */
  readonly outcome: 'reserve' | 'available' | 'guarantee' | 'refused';
}

const LISTED_MAX = 200;

/** Newest first. */
export function listDoubleSpends(sql: SqlStorage, rules: LedgerRules): DoubleSpendView[] {
  return selectDoubleSpends(sql, 'ORDER BY id DESC LIMIT ?', LISTED_MAX).map((found) => viewOf(sql, rules, found));
}

function viewOf(sql: SqlStorage, { participant }: LedgerRules, found: DoubleSpendRecord): DoubleSpendView {
  const allowance = loadAllowanceById(sql, found.allowance);
  const [link] = sql
    .exec<{ settled_from: string }>('SELECT settled_from FROM allowance_links WHERE request = ?', found.request)
    .toArray();
  return {
    id: found.id,
    accountNumber: accountNumberOf(participant, allowance.account),
    allowance: encodeHex(allowance.serial),
    contradiction: found.contradiction,
    amountMinor: found.amountMinor,
    traceKey: loadRequestById(sql, found.request).traceKey,
    ...(found.against !== undefined && { againstTraceKey: loadRequestById(sql, found.against).traceKey }),
    foundAtMs: found.foundAtMs,
    outcome: (link?.settled_from ?? 'refused') as DoubleSpendView['outcome'],
  };
}

/** The documents of a file of evidence; keys and origins are the centre's to add. */
export type EvidenceDocuments = Pick<EvidenceFile, 'walletCertificate' | 'consents' | 'closing'>;

/** @returns undefined where there is none of this number */
export function loadEvidenceDocuments(
  sql: SqlStorage,
  shelf: CertificateShelf,
  id: number,
): EvidenceDocuments | undefined {
  const [found] = selectDoubleSpends(sql, 'WHERE id = ?', id);
  if (!found) return undefined;
  const walletCertificate = encodeBase64url(shelf.wallet(found.walletCertificate).document);
  const consent = { authorisation: encodeBase64url(found.authorisation), assertion: encodeBase64url(found.assertion) };
  if (found.against === undefined) {
    const { closing } = loadAllowanceById(sql, found.allowance);
    assertBooks(closing !== undefined, `allowance ${found.allowance} was closed`);
    return { walletCertificate, consents: [consent], closing: encodeBase64url(closing.document) };
  }
  const { authorisation, assertion } = rebuildEvidence(shelf, loadRequestById(sql, found.against));
  assertBooks(authorisation !== undefined && assertion !== undefined, `request ${found.against} was paid`);
  const against = { authorisation: encodeBase64url(authorisation), assertion: encodeBase64url(assertion) };
  return { walletCertificate, consents: [against, consent] };
}
