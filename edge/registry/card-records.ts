import { type Bytes, createRandomBytes } from '../../shared/protocol/bytes.ts';
import type { AccountNumber } from '../../shared/protocol/identifiers.ts';

const TOKEN_BYTES = 16;

export interface CardRecord {
  readonly accountNumber: AccountNumber;
  readonly accountToken: Bytes;
  /** None while its claim code waits for someone. */
  readonly customerId: Bytes | undefined;
  readonly label: string;
  readonly createdAtMs: number;
}

interface CardRow extends Record<string, SqlStorageValue> {
  account_number: string;
  account_token: ArrayBuffer;
  customer_id: ArrayBuffer | null;
  label: string;
  created_at_ms: number;
}

/** The token, not the number, stands in documents: who reads a code learns no account. */
export function insertCard(
  sql: SqlStorage,
  accountNumber: AccountNumber,
  customerId: Bytes | undefined,
  label: string,
  nowMs: number,
): CardRecord {
  const accountToken = createRandomBytes(TOKEN_BYTES);
  sql.exec(
    'INSERT INTO cards (account_number, account_token, customer_id, label, created_at_ms) VALUES (?, ?, ?, ?, ?)',
    accountNumber,
    accountToken,
    customerId ?? null,
    label,
    nowMs,
  );
  return { accountNumber, accountToken, customerId, label, createdAtMs: nowMs };
}

/** In the order they were added. */
export function cardsOfCustomer(sql: SqlStorage, customerId: Bytes): CardRecord[] {
  return sql
    .exec<CardRow>('SELECT * FROM cards WHERE customer_id = ? ORDER BY created_at_ms, account_number', customerId)
    .toArray()
    .map(toRecord);
}

export function findCard(sql: SqlStorage, accountNumber: AccountNumber): CardRecord | undefined {
  const [row] = sql.exec<CardRow>('SELECT * FROM cards WHERE account_number = ?', accountNumber).toArray();
  return row && toRecord(row);
}

export function giveCard(sql: SqlStorage, accountNumber: AccountNumber, customerId: Bytes): void {
  sql.exec('UPDATE cards SET customer_id = ? WHERE account_number = ?', customerId, accountNumber);
}

function toRecord(row: CardRow): CardRecord {
  return {
    accountNumber: row.account_number as AccountNumber,
    accountToken: new Uint8Array(row.account_token),
    customerId: row.customer_id ? new Uint8Array(row.customer_id) : undefined,
    label: row.label,
    createdAtMs: row.created_at_ms,
  };
}
