import { BOUNDS } from '../../shared/protocol/bounds.ts';
import type { CurrencyCode } from '../../shared/protocol/currency.ts';
import type { ParticipantCode, ProgrammeId } from '../../shared/protocol/identifiers.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import { SYSTEM_ACCOUNTS } from './accounts.ts';
import type { OpenCommand } from './commands.ts';
import { openJournal } from './journal/journal.ts';

/** Whose books these are and what the programme allows. Only the limits may change after the opening. */
export interface LedgerRules {
  readonly participant: ParticipantCode;
  readonly programme: ProgrammeId;
  readonly currency: CurrencyCode;
  readonly exponent: number;
  readonly amountMinorMax: number;
  /** How long a request may be paid at most, whatever it claims. */
  readonly requestValidSeconds: number;
}

/** What every decision works with: the tables, the rules, and the time passed in. */
export interface BookContext {
  readonly sql: SqlStorage;
  readonly rules: LedgerRules;
  readonly nowMs: number;
}

interface ProgrammeRow extends Record<string, SqlStorageValue> {
  participant: string;
  programme: string;
  currency: string;
  exponent: number;
  amount_minor_max: number;
  request_valid_seconds: number | null;
}

/** @returns undefined before the books were opened */
export function loadRules(sql: SqlStorage): LedgerRules | undefined {
  const [row] = sql.exec<ProgrammeRow>('SELECT * FROM programme').toArray();
  return (
    row && {
      participant: row.participant as ParticipantCode,
      programme: row.programme as ProgrammeId,
      currency: row.currency as CurrencyCode,
      exponent: row.exponent,
      amountMinorMax: row.amount_minor_max,
      requestValidSeconds: row.request_valid_seconds ?? BOUNDS.requestValidSecondsMax,
    }
  );
}

/**
 * Opens the books: the rules, the programme's own accounts, and entry 0 of the journal, to which all others are chained.
 * Again with the same content it changes nothing but the limits. Refuses `already_exists` for other books.
 */
export function openBooks(sql: SqlStorage, command: OpenCommand, nowMs: number): Result<true> {
  const opened = loadRules(sql);
  const { participant, programme, currency, exponent, amountMinorMax, requestValidSeconds } = command;
  if (opened) {
    if (!isSameProgramme(opened, command)) return refuse('already_exists', 'These books belong to another programme.');
    const limits = 'UPDATE programme SET amount_minor_max = ?, request_valid_seconds = ?';
    sql.exec(limits, amountMinorMax, requestValidSeconds);
    return accept(true);
  }
  sql.exec(
    `INSERT INTO programme (id, participant, programme, currency, exponent, amount_minor_max, request_valid_seconds)
     VALUES (1, ?, ?, ?, ?, ?, ?)`,
    participant,
    programme,
    currency,
    exponent,
    amountMinorMax,
    requestValidSeconds,
  );
  for (const [kind, serial] of Object.entries(SYSTEM_ACCOUNTS)) {
    sql.exec(`INSERT INTO accounts (serial, kind, status, opened_at_ms) VALUES (?, ?, 'open', ?)`, serial, kind, nowMs);
  }
  openJournal(sql, describeOpening(command), nowMs);
  return accept(true);
}

/** What entry 0 says of the books; the chain begins with it. */
export function describeOpening(
  books: Pick<OpenCommand, 'programme' | 'participant' | 'currency' | 'exponent'>,
): string {
  return `${books.programme} ${books.participant} ${books.currency} ${books.exponent}`;
}

function isSameProgramme(rules: LedgerRules, command: OpenCommand): boolean {
  return (
    rules.participant === command.participant &&
    rules.programme === command.programme &&
    rules.currency === command.currency &&
    rules.exponent === command.exponent
  );
}
