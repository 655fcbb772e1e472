import { createRandomBytes } from '../../../shared/protocol/bytes.ts';

/*
 * Numbers that forms suggest. They stand in the form itself, so that the same form sent twice names the same thing.
 */

/** Letters and digits that no one confuses when a terminal id is read out: no I, L, O, U, 0, 1. */
const TERMINAL_ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

export function suggestTerminalId(): string {
  return [...createRandomBytes(8)].map((byte) => TERMINAL_ALPHABET[byte % TERMINAL_ALPHABET.length]).join('');
}

/** Participant and nine digits. */
export function suggestMerchantNo(participantCode: string): string {
  const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
  return participantCode + String(drawn % 1_000_000_000).padStart(9, '0');
}

/** The next free one of two digits; of four past them. */
export function suggestOperatorNo(taken: readonly string[]): string {
  for (let number = 1; number < 10_000; number++) {
    const operatorNo = String(number).padStart(2, '0');
    if (!taken.includes(operatorNo)) return operatorNo;
  }
  return '';
}

/** The next free one above those there are. */
export function suggestParticipantCode(taken: readonly string[]): string {
  const highest = Math.max(100_000, ...taken.map(Number));
  return highest < 999_999 ? String(highest + 1) : '';
}
