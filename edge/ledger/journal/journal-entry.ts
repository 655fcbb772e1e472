import { type Bytes, encodeUtf8 } from '../../../shared/protocol/bytes.ts';
import { sha256Now } from '../sha256.ts';

/**
 * What can happen to the books. `payment`, `top-up` and `adjustment` move money at once; `hold` sets it aside until a `post`
 * or a `void` ends the hold. The rest move nothing and are in the chain so that nobody can take them out of it.
 */
export const ENTRY_KINDS = {
  opening: 0,
  payment: 1,
  'top-up': 2,
  adjustment: 3,
  hold: 4,
  post: 5,
  void: 6,
  refusal: 7,
  cancellation: 8,
  status: 9,
} as const;
export type EntryKind = keyof typeof ENTRY_KINDS;

const KIND_NAMES = Object.keys(ENTRY_KINDS) as readonly EntryKind[];

export function nameOfEntryKind(value: number): EntryKind {
  const name = KIND_NAMES[value];
  if (!name) throw new RangeError(`The journal knows no entry of kind ${value}.`);
  return name;
}

export interface JournalEntry {
  readonly sequence: number;
  readonly kind: EntryKind;
  readonly atMs: number;
  /** The transfer; absent from entries that move nothing. */
  readonly transfer?: EntryTransfer | undefined;
  /** The request of a payment or cancellation (row number), the hold of a post or void (sequence). */
  readonly subject?: number | undefined;
}

export interface EntryTransfer {
  readonly debit: number;
  readonly credit: number;
  readonly amountMinor: number;
  /** The entry before on each account; 0 before the first. */
  readonly debitPrevious: number;
  readonly creditPrevious: number;
}

const DOMAIN = encodeUtf8('tandem/journal/v1\0');
const HASH_BYTES = 32;
const NUMBERS = 9;

export const GENESIS_HASH: Bytes = new Uint8Array(HASH_BYTES);

/**
 * The bytes whose SHA-256 is the entry's hash: name, hash of the entry before, nine numbers of 64 bits big-endian (absent
 * ones are 0), then what the entry is about, in the form its kind has. One encoding, so one hash.
 */
export function encodeEntry(entry: JournalEntry, previousHash: Uint8Array, detail: Uint8Array): Bytes {
  const bytes = new Uint8Array(DOMAIN.length + HASH_BYTES + 8 * NUMBERS + detail.length);
  bytes.set(DOMAIN);
  bytes.set(previousHash, DOMAIN.length);
  const view = new DataView(bytes.buffer);
  let offset = DOMAIN.length + HASH_BYTES;
  const { transfer } = entry;
  const put = (value: number) => {
    view.setUint32(offset, Math.floor(value / 0x1_0000_0000));
    view.setUint32(offset + 4, value >>> 0);
    offset += 8;
  };
  put(entry.sequence);
  put(ENTRY_KINDS[entry.kind]);
  put(entry.atMs);
  put(transfer?.debit ?? 0);
  put(transfer?.credit ?? 0);
  put(transfer?.amountMinor ?? 0);
  put(transfer?.debitPrevious ?? 0);
  put(transfer?.creditPrevious ?? 0);
  put(entry.subject ?? 0);
  bytes.set(detail, offset);
  return bytes;
}

export function hashEntry(entry: JournalEntry, previousHash: Uint8Array, detail: Uint8Array): Bytes {
  return sha256Now(encodeEntry(entry, previousHash, detail));
}
