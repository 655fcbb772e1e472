import { isEqualBytes } from '../../../shared/protocol/bytes.ts';
import { Authorisation } from '../../../shared/protocol/documents/authorisation.ts';
import { decodeDocument } from '../../../shared/protocol/documents/document.ts';
import { findContradiction } from '../../../shared/protocol/offline/chain.ts';
import { hides } from '../../../shared/protocol/offline/closing.ts';
import { loadAllowanceById, selectAllowances } from '../offline/allowances.ts';
import { type DoubleSpendRecord, selectDoubleSpends } from '../offline/double-spends.ts';
import { loadLinks } from '../offline/links.ts';
import { hashContentNow } from '../sha256.ts';

/**
 * What is set aside is held, what was paid out of it is one path, and what the guarantee paid has its evidence and its debt. Each
 * query selects what breaks its rule.
 */
const RULES: readonly { readonly says: string; readonly query: string }[] = [
  {
    says: 'what an allowance has left is an open hold of as much on its account',
    query: `
      SELECT a.id AS at FROM allowances a
      LEFT JOIN journal h ON h.sequence = a.hold_sequence
      LEFT JOIN journal e ON e.subject = a.hold_sequence AND e.kind IN (5, 6)
      WHERE a.reserved_minor > 0 AND (h.kind IS NOT 4 OR h.debit IS NOT a.account OR h.credit IS NOT 2
        OR h.amount_minor IS NOT a.reserved_minor OR e.sequence IS NOT NULL)`,
  },
  {
    says: 'an allowance’s limit was paid, given back, or is left',
    query: `
      SELECT a.id AS at FROM allowances a
      WHERE a.limit_minor <> a.reserved_minor + a.released_minor + (SELECT coalesce(sum(l.amount_minor), 0)
        FROM allowance_links l WHERE l.allowance = a.id AND l.settled_from = 'reserve')`,
  },
  {
    says: 'a consent out of an allowance has its payment, from the account that it says',
    query: `
      SELECT l.request AS at FROM allowance_links l
      JOIN allowances a ON a.id = l.allowance
      LEFT JOIN payments p ON p.request = l.request
      LEFT JOIN journal j ON j.sequence = p.sequence
      WHERE j.amount_minor IS NOT l.amount_minor
        OR j.debit IS NOT iif(l.settled_from = 'guarantee', 2, a.account)`,
  },
  {
    says: 'what the guarantee paid has its evidence, and its debt of as much',
    query: `
      SELECT j.sequence AS at FROM journal j
      LEFT JOIN allowance_links l ON l.request = j.subject AND l.settled_from = 'guarantee'
      LEFT JOIN double_spends s ON s.authorisation_hash = l.hash
      LEFT JOIN debts d ON d.request = l.request
      WHERE j.kind = 1 AND j.debit = 2 AND (s.id IS NULL OR d.amount_minor IS NOT j.amount_minor)
      UNION ALL
      SELECT d.request FROM debts d LEFT JOIN allowance_links l ON l.request = d.request
      WHERE l.settled_from IS NOT 'guarantee'`,
  },
  {
    says: 'no more was collected than is owed, each with its entry',
    query: `
      SELECT c.account AS at FROM debt_collections c GROUP BY c.account
      HAVING sum(c.amount_minor) > (SELECT coalesce(sum(d.amount_minor), 0) FROM debts d WHERE d.account = c.account)
      UNION ALL
      SELECT c.sequence FROM debt_collections c LEFT JOIN journal j ON j.sequence = c.sequence
      WHERE j.kind IS NOT 3 OR j.debit IS NOT c.account OR j.credit IS NOT 2 OR j.amount_minor IS NOT c.amount_minor`,
  },
  {
    says: 'withdrawn allowances are those of the list, whose versions have no gap',
    query: `
      SELECT r.version AS at FROM revocations r LEFT JOIN allowances a ON a.serial = r.serial
      WHERE a.revoked_in_version IS NOT r.version
      UNION ALL
      SELECT a.id FROM allowances a LEFT JOIN revocations r ON r.version = a.revoked_in_version
      WHERE a.revoked_in_version IS NOT NULL AND r.serial IS NOT a.serial
      UNION ALL
      SELECT max(version) FROM revocations HAVING max(version) <> count(*)`,
  },
  {
    says: 'whose wallet contradicts itself is withdrawn',
    query: `
      SELECT s.id AS at FROM double_spends s JOIN allowances a ON a.id = s.allowance
      WHERE a.revoked_in_version IS NULL`,
  },
];

/** @returns what is wrong, in words */
export function checkAllowances(sql: SqlStorage): string[] {
  const broken = RULES.flatMap(({ says, query }) =>
    sql
      .exec<{ at: number }>(`${query} LIMIT 5`)
      .toArray()
      .map(({ at }) => `Not true at ${at}: ${says}.`),
  );
  return [...broken, ...checkPaths(sql), ...checkDoubleSpends(sql)];
}

/** The newest are looked at link by link. */
const PATHS_MAX = 2_000;

/** What an allowance paid is one path: no two consents on it contradict each other. */
function checkPaths(sql: SqlStorage): string[] {
  const paid = 'WHERE id IN (SELECT allowance FROM allowance_links) ORDER BY id DESC LIMIT ?';
  return selectAllowances(sql, paid, PATHS_MAX).flatMap((allowance) => {
    const path = loadLinks(sql, allowance).filter(({ settledFrom }) => settledFrom !== 'guarantee');
    const isOne = path.every((link, index) => path.slice(index + 1).every((later) => !findContradiction(link, later)));
    return isOne ? [] : [`Allowance ${allowance.id} paid two consents that contradict each other.`];
  });
}

/** What is kept as evidence contradicts what it says it contradicts. Its signatures anyone checks from the file. */
function checkDoubleSpends(sql: SqlStorage): string[] {
  return selectDoubleSpends(sql, 'ORDER BY id DESC LIMIT ?', PATHS_MAX)
    .filter((found) => !isProof(sql, found))
    .map(({ id }) => `Double spending ${id} is not proven by what is kept of it.`);
}

function isProof(sql: SqlStorage, found: DoubleSpendRecord): boolean {
  const decoded = decodeDocument(Authorisation, found.authorisation);
  if (!decoded.ok) return false;
  const { allowance: serial, counter, previous, cumulativeMinor, amountMinor } = decoded.value.content;
  if (!serial || counter === undefined || !previous || cumulativeMinor === undefined) return false;
  const hash = hashContentNow(Authorisation, decoded.value.contentBytes);
  const link = { allowance: serial, counter, previous, cumulativeMinor, amountMinor, hash };
  const allowance = loadAllowanceById(sql, found.allowance);
  if (!isEqualBytes(serial, allowance.serial)) return false;
  if (found.against === undefined) return allowance.closing !== undefined && hides(allowance.closing, link);
  const against = loadLinks(sql, allowance).find(({ request }) => request === found.against);
  return against !== undefined && findContradiction(against, link) === found.contradiction;
}
