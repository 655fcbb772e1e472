import { type Bytes, isEqualBytes } from '../../../shared/protocol/bytes.ts';
import { hides, type VerifiedClosing } from '../../../shared/protocol/offline/closing.ts';
import { accept, type Result, refuse } from '../../../shared/protocol/result.ts';
import type { CarriedClosing } from '../commands.ts';
import { assertBooks } from '../contradiction.ts';
import type { CertificateShelf } from '../payments/certificates.ts';
import { rebuildEvidence } from '../payments/evidence.ts';
import { loadRequestById } from '../payments/requests.ts';
import type { BookContext } from '../rules.ts';
import { type AllowanceRecord, endAllowance, type KeptClosing, loadAllowanceById } from './allowances.ts';
import { recordDoubleSpend, selectDoubleSpends } from './double-spends.ts';
import { loadLinks, type SettledLink } from './links.ts';
import { releaseReserve } from './reserve.ts';

/**
 * Takes a wallet's last word on an allowance: what was never given is free again; what was given and has not come in yet stays set
 * aside until the claim window ends. A statement that hides a payment in the books proves a double spending, and frees nothing.
 * The same statement again changes nothing. Refuses `closing_mismatch`.
 */
export function closeAllowance(
  context: BookContext & { readonly shelf: CertificateShelf },
  allowance: AllowanceRecord,
  closing: CarriedClosing,
): Result<true> {
  const { sql, nowMs } = context;
  if (allowance.closing) {
    return isSameStatement(allowance.closing, closing)
      ? accept(true)
      : refuse('closing_mismatch', 'The allowance was closed with another statement.');
  }
  endAllowance(sql, allowance.id, nowMs);
  sql.exec('UPDATE allowances SET closed_at_ms = ?, closing = ? WHERE id = ?', nowMs, closing.document, allowance.id);
  const links = loadLinks(sql, allowance);
  const closed = loadAllowanceById(sql, allowance.id);
  const hidden = links.filter((link) => hides(closing, link));
  for (const link of hidden) proveHidden(context, closed, link);
  // Of a wallet that was copied no word frees anything: what its copies gave may still come in.
  const isDoubted = selectDoubleSpends(sql, 'WHERE allowance = ? LIMIT 1', allowance.id).length > 0;
  if (!isDoubted) releaseReserve(context, closed, outstandingMinor(closing, links));
  return accept(true);
}

/** Given out of the allowance, and not paid yet, minor units. */
function outstandingMinor({ given, cumulativeMinor }: VerifiedClosing, links: readonly SettledLink[]): number {
  const settledMinor = links
    .filter(({ hash }) => given.some((named) => isEqualBytes(named, hash)))
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return Math.max(0, cumulativeMinor - settledMinor);
}

function isSameStatement(known: KeptClosing, said: VerifiedClosing): boolean {
  return (
    known.cumulativeMinor === said.cumulativeMinor &&
    known.counter === said.counter &&
    isEqualBytes(known.head, said.head) &&
    known.given.length === said.given.length &&
    known.given.every((hash, index) => isEqualBytes(hash, said.given[index] as Bytes))
  );
}

function proveHidden(
  context: BookContext & { readonly shelf: CertificateShelf },
  allowance: AllowanceRecord,
  link: SettledLink,
): void {
  const record = loadRequestById(context.sql, link.request);
  const { authorisation } = rebuildEvidence(context.shelf, record);
  assertBooks(record.paid !== undefined && authorisation !== undefined, `link ${link.request} is of a payment`);
  recordDoubleSpend(context, {
    contradiction: 'not-given',
    against: undefined,
    allowance,
    link,
    request: link.request,
    authorisation,
    assertion: record.paid.assertion,
    walletCertificate: record.paid.walletCertificate,
  });
}
