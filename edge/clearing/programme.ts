import type { AmountMinor } from '../../shared/protocol/amount.ts';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { TwinMode } from '../../shared/protocol/codes/twin-code.ts';
import type { Currency, CurrencyCode } from '../../shared/protocol/currency.ts';
import type { ParticipantCode, ProgrammeId } from '../../shared/protocol/identifiers.ts';
import { DEFAULT_OFFLINE_SETTINGS, type OfflineSettings } from '../../shared/protocol/wire/offline.ts';
import { DEFAULT_PAY_CODE_SETTINGS, type PayCodeSettings } from '../../shared/protocol/wire/pay-codes.ts';

export interface Participant {
  readonly code: ParticipantCode;
  readonly name: string;
}

/** The programme as every part of the centre needs it. Nothing in it is secret. */
export interface ProgrammeView {
  readonly programme: ProgrammeId;
  readonly name: string;
  readonly currency: Currency;
  /** IANA name; the console's days begin by it. */
  readonly timeZone: string;
  /** Largest payment, minor units. */
  readonly amountMinorMax: number;
  readonly requestValidSeconds: number;
  readonly payCode: PayCodeSettings;
  readonly offline: OfflineSettings;
  /** In order of their code. */
  readonly participants: readonly Participant[];
  /** Announcements of the centre's keys, first to newest. */
  readonly announcements: readonly Bytes[];
}

export interface ProgrammeSettings {
  readonly name: string;
  readonly timeZone: string;
  readonly amountMinorMax: number;
  readonly requestValidSeconds: number;
  readonly payCode: PayCodeSettings;
  readonly offline: OfflineSettings;
}

export type ChangedSettings = Omit<ProgrammeSettings, 'payCode' | 'offline'> & {
  readonly payCode?: PayCodeSettings | undefined;
  readonly offline?: OfflineSettings | undefined;
};

/** In whole units of the currency. */
const STEP_UP_UNITS = 50;

/** As the protocol has them, with a step-up amount that means the same in any currency. */
export function defaultPayCodeSettings(exponent: number): PayCodeSettings {
  return { ...DEFAULT_PAY_CODE_SETTINGS, stepUpMinor: (STEP_UP_UNITS * 10 ** exponent) as AmountMinor };
}

/** The protocol has them for a currency with two decimals. */
export function defaultOfflineSettings(exponent: number): OfflineSettings {
  const scale = (amountMinor: number) => Math.round((amountMinor * 10 ** exponent) / 100) as AmountMinor;
  const { limitMinor, paymentMaxMinor, tillPerAllowanceMinor, tillTotalMinor } = DEFAULT_OFFLINE_SETTINGS;
  return {
    ...DEFAULT_OFFLINE_SETTINGS,
    limitMinor: scale(limitMinor),
    paymentMaxMinor: scale(paymentMaxMinor),
    tillPerAllowanceMinor: scale(tillPerAllowanceMinor),
    tillTotalMinor: scale(tillTotalMinor),
  };
}

/** 1,000 units where units have decimals, and never so little as that in a currency without: 100,000 yen. */
export function defaultAmountMinorMax(exponent: number): AmountMinor {
  return Math.max(1_000 * 10 ** exponent, 100_000) as AmountMinor;
}

interface ProgrammeRow extends Record<string, SqlStorageValue> {
  programme: string;
  name: string;
  currency: string;
  exponent: number;
  time_zone: string;
  amount_minor_max: number;
  request_valid_seconds: number;
  twin_mode: string;
  twin_window_ms: number;
  twin_tolerance_ms: number;
  twin_rhythm_ms: number;
  twin_regenerate_ms: number;
  step_up_minor: number;
  offline: string;
}

export function loadProgrammeView(sql: SqlStorage): ProgrammeView | undefined {
  const [row] = sql.exec<ProgrammeRow>('SELECT * FROM programme').toArray();
  if (!row) return undefined;
  return {
    programme: row.programme as ProgrammeId,
    name: row.name,
    currency: { code: row.currency as CurrencyCode, exponent: row.exponent },
    timeZone: row.time_zone,
    amountMinorMax: row.amount_minor_max,
    requestValidSeconds: row.request_valid_seconds,
    payCode: {
      mode: row.twin_mode as TwinMode,
      windowMs: row.twin_window_ms,
      toleranceMs: row.twin_tolerance_ms,
      rhythmMs: row.twin_rhythm_ms,
      regenerateMs: row.twin_regenerate_ms,
      stepUpMinor: row.step_up_minor as AmountMinor,
    },
    offline: JSON.parse(row.offline) as OfflineSettings,
    participants: loadParticipants(sql),
    announcements: sql
      .exec<{ announcement: ArrayBuffer }>('SELECT announcement FROM centre_keys ORDER BY generation')
      .toArray()
      .map(({ announcement }) => new Uint8Array(announcement)),
  };
}

function loadParticipants(sql: SqlStorage): Participant[] {
  return sql
    .exec<{ code: string; name: string }>('SELECT code, name FROM participants ORDER BY code')
    .toArray()
    .map(({ code, name }) => ({ code: code as ParticipantCode, name }));
}

export interface NewProgramme {
  readonly programme: ProgrammeId;
  readonly name: string;
  readonly currency: Currency;
  readonly settings: Omit<ProgrammeSettings, 'name'>;
  readonly participant: Participant;
}

export function insertProgramme(sql: SqlStorage, created: NewProgramme, nowMs: number): void {
  const { programme, name, currency, settings } = created;
  const { payCode } = settings;
  sql.exec(
    `INSERT INTO programme (only_row, programme, name, currency, exponent, time_zone, amount_minor_max,
       request_valid_seconds, twin_mode, twin_window_ms, twin_tolerance_ms, twin_rhythm_ms, twin_regenerate_ms,
       step_up_minor, offline, created_at_ms) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    programme,
    name,
    currency.code,
    currency.exponent,
    settings.timeZone,
    settings.amountMinorMax,
    settings.requestValidSeconds,
    payCode.mode,
    payCode.windowMs,
    payCode.toleranceMs,
    payCode.rhythmMs,
    payCode.regenerateMs,
    payCode.stepUpMinor,
    JSON.stringify(settings.offline),
    nowMs,
  );
  insertParticipant(sql, created.participant, nowMs);
}

/** @returns false when the code is taken */
export function insertParticipant(sql: SqlStorage, { code, name }: Participant, nowMs: number): boolean {
  const inserted = sql.exec(
    'INSERT INTO participants (code, name, created_at_ms) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    code,
    name,
    nowMs,
  );
  return inserted.rowsWritten > 0;
}

export function updateSettings(sql: SqlStorage, settings: ProgrammeSettings): void {
  const { payCode } = settings;
  sql.exec(
    `UPDATE programme SET name = ?, time_zone = ?, amount_minor_max = ?, request_valid_seconds = ?, twin_mode = ?,
       twin_window_ms = ?, twin_tolerance_ms = ?, twin_rhythm_ms = ?, twin_regenerate_ms = ?, step_up_minor = ?,
       offline = ?`,
    settings.name,
    settings.timeZone,
    settings.amountMinorMax,
    settings.requestValidSeconds,
    payCode.mode,
    payCode.windowMs,
    payCode.toleranceMs,
    payCode.rhythmMs,
    payCode.regenerateMs,
    payCode.stepUpMinor,
    JSON.stringify(settings.offline),
  );
  // Every ledger is to be told of them.
  sql.exec('UPDATE participants SET books_opened_at_ms = NULL');
}
