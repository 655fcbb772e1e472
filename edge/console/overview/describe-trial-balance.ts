import type { AccountKind } from '../../ledger/accounts.ts';
import type { TrialBalance } from '../../ledger/audit/trial-balance.ts';
import { countOf } from '../parts/figures.ts';
import type { TrialBalanceFacts, TrialBalanceLine } from './trial-balance.tsx';

const NAMES: Readonly<Record<AccountKind, string>> = {
  issuance: 'Money paid in',
  customer: 'Customers’ balances',
  merchant: 'Owed to merchants',
  guarantee: 'Guarantee',
};

const NOT_OPENED: Omit<TrialBalanceFacts, 'readAtMs'> = {
  lines: [],
  debitMinor: 0,
  creditMinor: 0,
  faults: ['These books were never opened.'],
  entries: 0,
  checkedEntries: 0,
};

/** In the order in which money goes through them. */
const ORDER: readonly AccountKind[] = ['issuance', 'customer', 'merchant', 'guarantee'];

/**
 * The books as accountants read them: of each kind of account what is on it, on the side where it is. Both columns add up to
 * the same, or the books are wrong.
 */
export function describeTrialBalance(balance: TrialBalance | undefined, nowMs: number): TrialBalanceFacts {
  if (!balance) return { ...NOT_OPENED, readAtMs: nowMs };
  const lines = ORDER.flatMap((kind): TrialBalanceLine[] => {
    const line = balance.lines.find((one) => one.kind === kind);
    if (!line || line.accounts === 0) return [];
    const onItMinor = line.creditsMinor - line.debitsMinor;
    // What never had anything on it only takes room.
    if (kind === 'guarantee' && line.creditsMinor === 0 && line.debitsMinor === 0) return [];
    const note = noteOf(kind, line.accounts);
    const heldMinor = balance.heldMinor + balance.reservedMinor;
    return [
      {
        name: NAMES[kind],
        debitMinor: Math.max(0, -onItMinor),
        creditMinor: Math.max(0, onItMinor),
        ...(kind === 'customer' && heldMinor > 0 && { heldMinor }),
        ...(note && { note }),
      },
    ];
  });
  const sum = (pick: (line: TrialBalanceLine) => number) => lines.reduce((total, line) => total + pick(line), 0);
  return {
    lines,
    debitMinor: sum(({ debitMinor }) => debitMinor),
    creditMinor: sum(({ creditMinor }) => creditMinor),
    faults: balance.faults,
    entries: balance.entries,
    checkedEntries: balance.checkedEntries,
    readAtMs: balance.readAtMs,
  };
}

function noteOf(kind: AccountKind, accounts: number): string | undefined {
  if (kind === 'customer') return countOf(accounts, 'account');
  if (kind === 'merchant') return countOf(accounts, 'shop');
  return undefined;
}
