import { encodeBase32 } from '../../../shared/protocol/base32.ts';
import type { Random } from './create-random.ts';

/** What is shown: how the payload is carried, and how much of it there is. */
export interface TwinKind {
  readonly mode: 'split' | 'cross-check';
  readonly payloadBytes: number;
  /** In each of the two codes. */
  readonly codeBytes: number;
}

/** Half of the sealed payload (16 bytes of seal), and what every half carries: share of the key, times, pair, format. */
export const split = (payloadBytes: number): TwinKind => ({
  mode: 'split',
  payloadBytes,
  codeBytes: Math.ceil((payloadBytes + 16) / 2) + 47,
});
/** The whole payload, with times and the check value. */
const crossCheck = (payloadBytes: number): TwinKind => ({
  mode: 'cross-check',
  payloadBytes,
  codeBytes: payloadBytes + 31,
});

export const TWIN_KINDS: readonly TwinKind[] = [split(120), split(350), split(700), crossCheck(120), crossCheck(350)];

export interface TwinTexts {
  readonly a: string;
  readonly b: string;
}

/** Codes are sealed or signed: as far as a reader is concerned they are random. */
export function createTwinTexts({ codeBytes }: TwinKind, random: Random): TwinTexts {
  return { a: encodeBase32(random.bytes(codeBytes)), b: encodeBase32(random.bytes(codeBytes)) };
}
