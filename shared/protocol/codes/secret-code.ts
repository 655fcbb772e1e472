import { encodeBase32 } from '../base32.ts';
import { createRandomBytes } from '../bytes.ts';

/**
 * One-time codes that people carry: activation of a till, enrolment of a cashier, claim of a card, setup of the console.
 * Twelve base32 characters, 60 random bits, shown in groups of four; single use, short-lived, tries limited.
 */
const CHARS = 12;

export function createSecretCode(): string {
  return encodeBase32(createRandomBytes(8)).slice(0, CHARS);
}

export function formatSecretCode(code: string): string {
  return code.match(/.{1,4}/g)?.join('-') ?? code;
}

/**
 * Reads what a person typed, or a link whose fragment carries the code (`#activate=…`, `#claim=…`). Forgives case, spaces,
 * dashes and the digits that the alphabet leaves out (0 for O, 1 for I, 8 for B).
 */
export function parseSecretCode(text: string): string | undefined {
  const fragment = /^https?:\/\/[^\s#]{1,300}#[a-z]+=([A-Za-z2-7-]+)$/.exec(text.trim());
  const typed = (fragment?.[1] ?? text).toUpperCase().replaceAll(/[\s-]/g, '');
  const code = typed.replaceAll('0', 'O').replaceAll('1', 'I').replaceAll('8', 'B');
  return /^[A-Z2-7]{12}$/.test(code) ? code : undefined;
}
