import type { AccountNumber } from '../../shared/protocol/identifiers.ts';
import type { PartyStatus } from '../../shared/protocol/payment/lifecycle.ts';

/**
 * What the ledger asks the registry while it decides on a payment, inside its own transaction: synchronous reads.
 * A certificate stands for the key in it, so a terminal activated anew, or a phone that was removed, closes what the
 * withdrawn key still signs.
 */
export interface RequestParties {
  readonly merchant: PartyStatus;
  readonly terminal: PartyStatus;
  readonly operator: PartyStatus;
}

interface RequestPartiesRow extends Record<string, SqlStorageValue> {
  merchant: PartyStatus | null;
  terminal: PartyStatus | null;
  operator: PartyStatus | null;
  revoked: number;
}

const REQUEST_PARTIES = `
  SELECT m.status AS merchant, t.status AS terminal, o.status AS operator, c.revoked_at_ms IS NOT NULL AS revoked
  FROM terminal_certificates c
  JOIN terminals t ON t.terminal_id = c.terminal_id
  JOIN merchants m ON m.merchant_no = t.merchant_no
  LEFT JOIN operators o ON o.merchant_no = t.merchant_no AND o.operator_no = ?2
  WHERE c.serial = ?1`;

/** @param serial of the terminal certificate that the request was verified with */
export function loadRequestParties(sql: SqlStorage, serial: Uint8Array, operatorNo: string): RequestParties {
  const [row] = sql.exec<RequestPartiesRow>(REQUEST_PARTIES, serial as Uint8Array<ArrayBuffer>, operatorNo).toArray();
  if (!row) return { merchant: 'unknown', terminal: 'unknown', operator: 'unknown' };
  return {
    merchant: row.merchant ?? 'unknown',
    terminal: row.revoked ? 'closed' : (row.terminal ?? 'unknown'),
    operator: row.operator ?? 'unknown',
  };
}

/** Whose payable account takes a merchant's sales. */
export function loadMerchantAccount(sql: SqlStorage, merchantNo: string): AccountNumber | undefined {
  const [row] = sql
    .exec<{ account_number: string }>('SELECT account_number FROM merchants WHERE merchant_no = ?', merchantNo)
    .toArray();
  return row?.account_number as AccountNumber | undefined;
}

export interface PayingCard {
  readonly accountNumber: AccountNumber;
  /** The wallet certificate was withdrawn: its phone or passkey may no longer spend from the card. */
  readonly isRevoked: boolean;
}

/** @param serial of the wallet certificate that the authorisation was verified with */
export function loadPayingCard(sql: SqlStorage, serial: Uint8Array, accountToken: Uint8Array): PayingCard | undefined {
  const [row] = sql
    .exec<{ account_number: string; revoked: number }>(
      `SELECT k.account_number, c.revoked_at_ms IS NOT NULL AS revoked
       FROM wallet_certificates c JOIN cards k ON k.account_number = c.account_number
       WHERE c.serial = ?1 AND k.account_token = ?2`,
      serial as Uint8Array<ArrayBuffer>,
      accountToken as Uint8Array<ArrayBuffer>,
    )
    .toArray();
  return row && { accountNumber: row.account_number as AccountNumber, isRevoked: row.revoked === 1 };
}
