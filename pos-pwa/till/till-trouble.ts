import type { RefusalCode } from '../../shared/protocol/refusals.ts';

/** Codes that say that this till itself may not go on, whatever is tried. */
const TROUBLES: readonly RefusalCode[] = [
  'terminal_unknown',
  'terminal_closed',
  'merchant_closed',
  'certificate_invalid',
  'certificate_expired',
  'certificate_revoked',
  'programme_mismatch',
  'programme_missing',
];

/** Those after which only a new activation code helps; without a programme there is not even anyone yet to give it out. */
const LOSSES: readonly RefusalCode[] = [
  'terminal_unknown',
  'terminal_closed',
  'certificate_invalid',
  'certificate_revoked',
  'programme_mismatch',
  'programme_missing',
];

export function isTrouble(code: RefusalCode): boolean {
  return TROUBLES.includes(code);
}

/** The centre takes nothing of this till any more: it began again with other keys, or took the till off its books. */
export function isLost(trouble: RefusalCode | undefined): boolean {
  return trouble !== undefined && LOSSES.includes(trouble);
}
