import { randomBytes, randomInt } from 'node:crypto';

/** Capital letters and digits that no one confuses, read aloud or typed: no I, L, O, U, 0, 1. */
const setupCodeAlphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Creates the secret under which the centre's private keys are wrapped: 32 random bytes, as base64url. */
export function createKeySecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Creates the one-time code that claims the console. 12 characters of 30 are 58 bits; the worker counts attempts besides. */
export function createSetupCode(): string {
  const group = () => Array.from({ length: 4 }, () => setupCodeAlphabet[randomInt(setupCodeAlphabet.length)]).join('');
  return [group(), group(), group()].join('-');
}
