import { type AccountNumber, createAccountNumber, type ParticipantCode } from '../../shared/protocol/identifiers.ts';

export const ACCOUNT_KINDS = ['customer', 'merchant', 'issuance', 'guarantee'] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];
export type AccountStatus = 'open' | 'frozen' | 'closed';

/** The programme's own accounts, there from the opening. `issuance`: the money that came in for what was issued. */
export const SYSTEM_ACCOUNTS = { issuance: 1, guarantee: 2 } as const;

/** Merchants count up from here; customers are drawn at random above, so that no number tells of a neighbour. */
const MERCHANT_SERIAL_MIN = 1_000;
const CUSTOMER_SERIAL_MIN = 100_000_000;
const CUSTOMER_SERIALS = 900_000_000;

/** Debits and credits as they stand; pending: held, not yet moved. */
export interface Account {
  readonly serial: number;
  readonly kind: AccountKind;
  readonly status: AccountStatus;
  readonly debitsPending: number;
  readonly debitsPosted: number;
  readonly creditsPending: number;
  readonly creditsPosted: number;
  /** The account's newest journal entry; 0 before the first. */
  readonly lastSequence: number;
}

export interface AccountRow extends Record<string, SqlStorageValue> {
  serial: number;
  kind: string;
  status: string;
  debits_pending: number;
  debits_posted: number;
  credits_pending: number;
  credits_posted: number;
  last_sequence: number;
  opened_at_ms: number;
}

export function decodeAccountRow(row: AccountRow): Account {
  return {
    serial: row.serial,
    kind: row.kind as AccountKind,
    status: row.status as AccountStatus,
    debitsPending: row.debits_pending,
    debitsPosted: row.debits_posted,
    creditsPending: row.credits_pending,
    creditsPosted: row.credits_posted,
    lastSequence: row.last_sequence,
  };
}

/** What a customer's account or a merchant's has on it: the programme owes it to them. */
export function balanceMinor(account: Account): number {
  return account.creditsPosted - account.debitsPosted;
}

/** Posted balance less holds: what may be spent. */
export function availableMinor(account: Account): number {
  return balanceMinor(account) - account.debitsPending;
}

export function loadAccount(sql: SqlStorage, serial: number): Account | undefined {
  const [row] = sql.exec<AccountRow>('SELECT * FROM accounts WHERE serial = ?', serial).toArray();
  return row && decodeAccountRow(row);
}

export function openMerchantAccount(sql: SqlStorage, nowMs: number): number {
  const { newest } = sql
    .exec<{ newest: number | null }>('SELECT max(serial) AS newest FROM accounts WHERE serial < ?', CUSTOMER_SERIAL_MIN)
    .one();
  const serial = Math.max(MERCHANT_SERIAL_MIN, (newest ?? 0) + 1);
  insertAccount(sql, serial, 'merchant', nowMs);
  return serial;
}

/** @param random whole numbers from 0 to 2^32 - 1, evenly */
export function openCustomerAccount(sql: SqlStorage, nowMs: number, random: () => number): number {
  for (;;) {
    const serial = CUSTOMER_SERIAL_MIN + (random() % CUSTOMER_SERIALS);
    if (loadAccount(sql, serial)) continue;
    insertAccount(sql, serial, 'customer', nowMs);
    return serial;
  }
}

function insertAccount(sql: SqlStorage, serial: number, kind: AccountKind, nowMs: number): void {
  sql.exec(`INSERT INTO accounts (serial, kind, status, opened_at_ms) VALUES (?, ?, 'open', ?)`, serial, kind, nowMs);
}

/** The nine digits between participant and check digit. */
export function serialOf(accountNumber: AccountNumber): number {
  return Number(accountNumber.slice(6, 15));
}

/** @returns undefined for an account of another participant */
export function ownSerialOf(accountNumber: AccountNumber, participant: ParticipantCode): number | undefined {
  return accountNumber.startsWith(participant) ? serialOf(accountNumber) : undefined;
}

export function accountNumberOf(participant: ParticipantCode, serial: number): AccountNumber {
  return createAccountNumber(participant, serial);
}

/** As on a card slip: the last four digits. */
export function cardEndingOf(participant: ParticipantCode, serial: number): string {
  return accountNumberOf(participant, serial).slice(-4);
}
