import { REFUSALS, type RefusalCode } from '../../shared/protocol/refusals.ts';

/**
 * What a refused charge means for the sale.
 * - try-again: the same may be answered otherwise next time
 * - scan-is-over: these two codes will not pay this; the sale stands
 * - sale-is-over: the request itself can not be paid by anyone
 */
export type ChargeRefusalMeaning = 'try-again' | 'scan-is-over' | 'sale-is-over';

/**
 * Codes that are about the request, whoever pays it. Those that may as well be about the customer's documents (a signature, a
 * certificate, a clock) are not among them: should they be about the request, handing it in alone will say so.
 */
const ABOUT_THE_REQUEST: readonly RefusalCode[] = [
  'request_expired',
  'request_cancelled',
  'request_mismatch',
  'already_paid',
  'trans_type_unsupported',
  'amount_out_of_bounds',
  'merchant_unknown',
  'merchant_closed',
  'terminal_unknown',
  'terminal_closed',
  'operator_unknown',
  'voucher_reused',
];

export function judgeChargeRefusal(code: RefusalCode): ChargeRefusalMeaning {
  // The customer's card has to rest; trying the same again and again would only keep it from resting.
  if (code === 'account_slowed') return 'scan-is-over';
  if (!REFUSALS[code].isFinal) return 'try-again';
  return ABOUT_THE_REQUEST.includes(code) ? 'sale-is-over' : 'scan-is-over';
}

/** Codes that are about what was scanned and how, and say nothing to who pays the same sale in another way. */
const ABOUT_THE_SCAN: readonly RefusalCode[] = [
  'code_unreadable',
  'code_tampered',
  'twin_code_incomplete',
  'twin_code_mixed',
  'twin_code_window',
  'twin_code_stale',
  'twin_code_spent',
  'check_value_invalid',
  'capture_mismatch',
  'pay_code_used',
  'pay_code_cancelled',
  'pay_code_expired',
  'pay_code_cap_exceeded',
  'step_up_unreachable',
];

export function isAboutTheScan(code: RefusalCode): boolean {
  return ABOUT_THE_SCAN.includes(code);
}
