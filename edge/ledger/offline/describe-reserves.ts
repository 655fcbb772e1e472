import { selectAllowances } from './allowances.ts';

/** What is set aside on an account for paying without network, as its holder sees it. Minor units. */
export interface Reserves {
  readonly reservedMinor: number;
  readonly releases: readonly { readonly amountMinor: number; readonly atMs: number }[];
}

export function describeReserves(sql: SqlStorage, account: number, nowMs: number): Reserves {
  const held = selectAllowances(sql, 'WHERE account = ? AND reserved_minor > 0 ORDER BY claim_until_ms', account);
  return {
    reservedMinor: held.reduce((sum, { reservedMinor }) => sum + reservedMinor, 0),
    releases: held
      .filter(({ endedAtMs, expiresAtMs }) => endedAtMs !== undefined || nowMs >= expiresAtMs)
      .map(({ reservedMinor, claimUntilMs }) => ({ amountMinor: reservedMinor, atMs: claimUntilMs })),
  };
}
