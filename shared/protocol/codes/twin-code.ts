import { encodeBase32 } from '../base32.ts';
import { type Bytes, concatBytes, createRandomBytes } from '../bytes.ts';
import { accept, type Result, refuse } from '../result.ts';
import { parseCodeLink } from './code-link.ts';

/**
 * A twin code: one payload as two different codes, A and B, shown in turn; both are needed (R2.1). This file knows what the
 * two modes have in common: the head of a code. `split-code.ts` and `cross-check-code.ts` know the rest.
 *
 * Head: kind (1: mode and side), pair (8, random, the same in A and B of one showing), time of making (6, milliseconds since
 * 1970, big-endian). Codes are bare upper-case base32, not links: only a till's scanner has a use for them, and the room
 * of the link holds 40 bytes more.
 */
export const TWIN_MODES = ['split', 'cross-check'] as const;
export type TwinMode = (typeof TWIN_MODES)[number];
export type TwinSide = 'A' | 'B';

/** One of the two codes, taken apart; nothing in it is proven. */
export interface TwinHalf {
  readonly mode: TwinMode;
  readonly side: TwinSide;
  readonly pairId: Bytes;
  readonly madeAtMs: number;
  /** The head's bytes, which seals and check values cover. */
  readonly head: Bytes;
  readonly body: Bytes;
}

/** What names one showing: it is made first, so that the payload can be signed together with it. */
export interface Showing {
  readonly pairId: Bytes;
  /** Of A and of B: each is the moment from which that code is shown. */
  readonly madeAtMs: readonly [number, number];
}

/** Both texts of one showing, to be drawn as QR codes in alphanumeric mode. */
export interface TwinCode {
  readonly a: string;
  readonly b: string;
}

export const PAIR_ID_BYTES = 8;
const TIME_BYTES = 6;
const HEAD_BYTES = 1 + PAIR_ID_BYTES + TIME_BYTES;

const KINDS: readonly { readonly kind: number; readonly mode: TwinMode; readonly side: TwinSide }[] = [
  { kind: 0x21, mode: 'split', side: 'A' },
  { kind: 0x22, mode: 'split', side: 'B' },
  { kind: 0x23, mode: 'cross-check', side: 'A' },
  { kind: 0x24, mode: 'cross-check', side: 'B' },
];

/** @param rhythmMs how long A is shown before B */
export function createShowing(nowMs: number, rhythmMs: number): Showing {
  return { pairId: createRandomBytes(PAIR_ID_BYTES), madeAtMs: [nowMs, nowMs + rhythmMs] };
}

/** @param mode with `side`: the kind of code; @param madeAtMs of this code */
export function encodeTwinHead(mode: TwinMode, side: TwinSide, pairId: Uint8Array, madeAtMs: number): Bytes {
  const { kind } = KINDS.find((known) => known.mode === mode && known.side === side)!;
  const time = new Uint8Array(8);
  new DataView(time.buffer).setBigUint64(0, BigInt(madeAtMs));
  return concatBytes(Uint8Array.of(kind), pairId, time.subarray(8 - TIME_BYTES));
}

/** The text of one code: what is drawn. */
export function formatTwinHalf(head: Uint8Array, body: Uint8Array): string {
  return encodeBase32(concatBytes(head, body));
}

/** Takes a scanned text apart; refuses `code_unreadable` for anything that is no half of a twin code. */
export function parseTwinHalf(text: string): Result<TwinHalf> {
  const payload = parseCodeLink(text);
  if (!payload.ok) return payload;
  const bytes = payload.value;
  const known = KINDS.find(({ kind }) => kind === bytes[0]);
  if (!known || bytes.length <= HEAD_BYTES) return refuse('code_unreadable');
  const { mode, side } = known;
  const time = new Uint8Array(8);
  time.set(bytes.subarray(1 + PAIR_ID_BYTES, HEAD_BYTES), 8 - TIME_BYTES);
  return accept({
    mode,
    side,
    pairId: bytes.slice(1, 1 + PAIR_ID_BYTES),
    madeAtMs: Number(new DataView(time.buffer).getBigUint64(0)),
    head: bytes.slice(0, HEAD_BYTES),
    body: bytes.slice(HEAD_BYTES),
  });
}
