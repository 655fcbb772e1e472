import * as v from 'valibot';
import { computeLuhnDigit, hasLuhnDigit } from './luhn.ts';

/**
 * The field's identifiers as schemas: what one may look like is said here and nowhere else.
 * Forms follow ISO 8583 (fields 41, 42, 37) and ISO/IEC 7812 for numbers.
 */

/** An institution of the programme; six digits, as an issuer identification number. */
export const ParticipantCode = v.pipe(v.string(), v.regex(/^[0-9]{6}$/), v.brand('ParticipantCode'));
export type ParticipantCode = v.InferOutput<typeof ParticipantCode>;

/** Participant code + 9 digits + Luhn check digit: 16 digits, like a PAN; routes without a look-up. */
export const AccountNumber = v.pipe(
  v.string(),
  v.regex(/^[0-9]{16}$/),
  v.check((digits) => hasLuhnDigit(digits), 'check digit'),
  v.brand('AccountNumber'),
);
export type AccountNumber = v.InferOutput<typeof AccountNumber>;

/** ISO 8583 field 42. */
export const MerchantNo = v.pipe(v.string(), v.regex(/^[A-Z0-9]{15}$/), v.brand('MerchantNo'));
export type MerchantNo = v.InferOutput<typeof MerchantNo>;

/** ISO 8583 field 41. */
export const TerminalId = v.pipe(v.string(), v.regex(/^[A-Z0-9]{8}$/), v.brand('TerminalId'));
export type TerminalId = v.InferOutput<typeof TerminalId>;

/** The cashier. */
export const OperatorNo = v.pipe(v.string(), v.regex(/^[0-9]{2,4}$/), v.brand('OperatorNo'));
export type OperatorNo = v.InferOutput<typeof OperatorNo>;

const sixDigits = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(999_999));

/** Runs from one batch close to the next. */
export const BatchNo = v.pipe(sixDigits, v.brand('BatchNo'));
export type BatchNo = v.InferOutput<typeof BatchNo>;

/** Counts up inside a batch. */
export const VoucherNo = v.pipe(sixDigits, v.brand('VoucherNo'));
export type VoucherNo = v.InferOutput<typeof VoucherNo>;

/** `terminal-batch-voucher`: names one payment for ever; the centre matches on it. */
export const TraceKey = v.pipe(
  v.string(),
  v.regex(/^[A-Z0-9]{8}-(?!000000)[0-9]{6}-(?!000000)[0-9]{6}$/),
  v.brand('TraceKey'),
);
export type TraceKey = v.InferOutput<typeof TraceKey>;

/** The programme's short name inside documents: documents of another programme are refused. */
export const ProgrammeId = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{2,15}$/), v.brand('ProgrammeId'));
export type ProgrammeId = v.InferOutput<typeof ProgrammeId>;

export interface TraceParts {
  readonly terminalId: TerminalId;
  readonly batchNo: BatchNo;
  readonly voucherNo: VoucherNo;
}

export function formatTraceKey({ terminalId, batchNo, voucherNo }: TraceParts): TraceKey {
  return `${terminalId}-${formatSixDigits(batchNo)}-${formatSixDigits(voucherNo)}` as TraceKey;
}

export function decodeTraceKey(traceKey: TraceKey): TraceParts {
  const [terminalId, batchNo, voucherNo] = traceKey.split('-');
  return {
    terminalId: terminalId as TerminalId,
    batchNo: Number(batchNo) as BatchNo,
    voucherNo: Number(voucherNo) as VoucherNo,
  };
}

/** Batch and voucher numbers as printed: six digits. */
export function formatSixDigits(value: number): string {
  return String(value).padStart(6, '0');
}

/** @param serial 0 to 999,999,999, unique within the participant */
export function createAccountNumber(participant: ParticipantCode, serial: number): AccountNumber {
  const body = participant + String(serial).padStart(9, '0');
  return (body + computeLuhnDigit(body)) as AccountNumber;
}

export function participantOf(account: AccountNumber): ParticipantCode {
  return account.slice(0, 6) as ParticipantCode;
}

/** For screens and receipts: only the last four digits, as on any card slip. */
export function maskAccountNumber(account: string): string {
  return `•••• ${account.slice(-4)}`;
}
