import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { AccountNumber } from '../../shared/protocol/identifiers.ts';
import type { PartyStatus } from '../../shared/protocol/payment/lifecycle.ts';

/**
 * What the ledger asks the registry while it decides on a payment, inside its own transaction. It stands on the way of every
 * payment, so it comes as joins that the ledger's one load takes in, and what their columns mean.
 *
 * A certificate stands for the key in it, so a terminal activated anew, or a phone that was removed, closes what the
 * withdrawn key still signs.
 */
export interface RequestParties {
  readonly merchant: PartyStatus;
  readonly terminal: PartyStatus;
  readonly operator: PartyStatus;
  /** Whose payable account takes the merchant's sales; absent where the merchant is unknown. */
  readonly merchantAccount: AccountNumber | undefined;
}

export interface RequestPartiesRow extends Record<string, SqlStorageValue> {
  merchant_status: PartyStatus | null;
  merchant_account_number: string | null;
  terminal_status: PartyStatus | null;
  operator_status: PartyStatus | null;
  is_terminal_revoked: number;
}

export const REQUEST_PARTIES_COLUMNS = `
  m.status AS merchant_status, m.account_number AS merchant_account_number, t.status AS terminal_status,
  o.status AS operator_status, tc.revoked_at_ms IS NOT NULL AS is_terminal_revoked`;

/** @param serial the SQL parameter for that of the terminal certificate which the request was verified with */
export function joinRequestParties(serial: string, operatorNo: string): string {
  return `
  LEFT JOIN terminal_certificates tc ON tc.serial = ${serial}
  LEFT JOIN terminals t ON t.terminal_id = tc.terminal_id
  LEFT JOIN merchants m ON m.merchant_no = t.merchant_no
  LEFT JOIN operators o ON o.merchant_no = t.merchant_no AND o.operator_no = ${operatorNo}`;
}

export function decodeRequestParties(row: RequestPartiesRow): RequestParties {
  return {
    merchant: row.merchant_status ?? 'unknown',
    terminal: row.is_terminal_revoked ? 'closed' : (row.terminal_status ?? 'unknown'),
    operator: row.operator_status ?? 'unknown',
    merchantAccount: (row.merchant_account_number as AccountNumber | null) ?? undefined,
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

export interface PayingCardRow extends Record<string, SqlStorageValue> {
  card_account_number: string | null;
  is_wallet_revoked: number;
}

export const PAYING_CARD_COLUMNS = `
  k.account_number AS card_account_number, wc.revoked_at_ms IS NOT NULL AS is_wallet_revoked`;

/** The serial that stands between participant and check digit of the card's account number. */
export const PAYING_CARD_SERIAL = 'CAST(substr(k.account_number, 7, 9) AS INTEGER)';

/** @param serial the SQL parameter for that of the wallet certificate which the authorisation was verified with */
export function joinPayingCard(serial: string, accountToken: string): string {
  return `
  LEFT JOIN wallet_certificates wc ON wc.serial = ${serial}
  LEFT JOIN cards k ON k.account_number = wc.account_number AND k.account_token = ${accountToken}`;
}

/** The card whose certificate came with something, or undefined where there is no such card. */
export function loadPayingCard(sql: SqlStorage, serial: Bytes, accountToken: Bytes): PayingCard | undefined {
  const row = sql
    .exec<PayingCardRow>(
      `SELECT ${PAYING_CARD_COLUMNS} FROM (SELECT 1) ${joinPayingCard('?1', '?2')}`,
      serial,
      accountToken,
    )
    .one();
  return decodePayingCard(row);
}

export function decodePayingCard(row: PayingCardRow): PayingCard | undefined {
  if (row.card_account_number === null) return undefined;
  return { accountNumber: row.card_account_number as AccountNumber, isRevoked: row.is_wallet_revoked === 1 };
}
