import { type Bytes, isEqualBytes } from '../../../shared/protocol/bytes.ts';
import type { Reserves } from '../../registry/books.ts';
import { type AllowanceRecord, selectAllowances } from './allowances.ts';

/** What is set aside on an account for paying without network, as its holder sees it on one phone. */
export function describeReserves(sql: SqlStorage, account: number, devicePublicKey: Bytes, nowMs: number): Reserves {
  const held = selectAllowances(sql, 'WHERE account = ? AND reserved_minor > 0 ORDER BY claim_until_ms', account);
  return {
    reservedMinor: held.reduce((sum, { reservedMinor }) => sum + reservedMinor, 0),
    releases: held.flatMap((allowance) => {
      const release = { amountMinor: allowance.reservedMinor, atMs: allowance.claimUntilMs };
      if (!isLive(allowance, nowMs)) return release;
      // What this phone may pay from is in its certificate. What another may, that phone alone can give back before.
      return isEqualBytes(allowance.devicePublicKey, devicePublicKey) ? [] : { ...release, isElsewhere: true };
    }),
  };
}

function isLive({ endedAtMs, expiresAtMs }: AllowanceRecord, nowMs: number): boolean {
  return endedAtMs === undefined && nowMs < expiresAtMs;
}
