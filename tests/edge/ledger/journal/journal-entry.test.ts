import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ENTRY_KINDS,
  encodeEntry,
  hashEntry,
  type JournalEntry,
  nameOfEntryKind,
} from '../../../../edge/ledger/journal/journal-entry.ts';
import { encodeHex } from '../../../../shared/protocol/bytes.ts';

const number = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const transfer = fc.record({
  debit: fc.integer({ min: 1, max: 999_999_999 }),
  credit: fc.integer({ min: 1, max: 999_999_999 }),
  amountMinor: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  debitPrevious: number,
  creditPrevious: number,
});
const entry: fc.Arbitrary<JournalEntry> = fc.record({
  sequence: number,
  kind: fc.constantFrom(...Object.values(ENTRY_KINDS).map(nameOfEntryKind)),
  atMs: number,
  transfer: fc.option(transfer, { nil: undefined }),
  subject: fc.option(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), { nil: undefined }),
});
const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
const detail = fc.uint8Array({ maxLength: 80 });

describe('a journal entry', () => {
  it('hashes to what it always hashed to', () => {
    const payment: JournalEntry = {
      sequence: 4_294_967_297,
      kind: 'payment',
      atMs: 1_795_000_000_000,
      transfer: { debit: 100_000_001, credit: 1_000, amountMinor: 450, debitPrevious: 7, creditPrevious: 9 },
      subject: 3,
    };
    const hashed = hashEntry(payment, new Uint8Array(32).fill(1), new Uint8Array(64).fill(2));
    expect(encodeHex(hashed)).toBe('bd5c54bf3db2454ce1ac066bbce2cbc3a676cba4d2158c7708a24681a4fc1ff3');
  });

  it('encodes two different entries differently', () => {
    fc.assert(
      fc.property(entry, hash, detail, entry, hash, detail, (a, aHash, aDetail, b, bHash, bDetail) => {
        const isSame = JSON.stringify([a, [...aHash], [...aDetail]]) === JSON.stringify([b, [...bHash], [...bDetail]]);
        const isEncodedSame = encodeHex(encodeEntry(a, aHash, aDetail)) === encodeHex(encodeEntry(b, bHash, bDetail));
        expect(isEncodedSame).toBe(isSame);
      }),
    );
  });

  it('changes its hash with any one of its numbers', () => {
    fc.assert(
      fc.property(entry, transfer, hash, detail, (base, moved, previous, about) => {
        const whole = { ...base, transfer: moved };
        const before = encodeHex(hashEntry(whole, previous, about));
        const changed: JournalEntry[] = [
          { ...whole, sequence: whole.sequence ^ 1 },
          { ...whole, atMs: whole.atMs ^ 1 },
          { ...whole, transfer: { ...moved, amountMinor: moved.amountMinor === 1 ? 2 : moved.amountMinor - 1 } },
          {
            ...whole,
            transfer: { ...moved, debit: moved.credit, credit: moved.debit, amountMinor: moved.amountMinor },
          },
        ];
        for (const other of changed) {
          if (JSON.stringify(other) !== JSON.stringify(whole))
            expect(encodeHex(hashEntry(other, previous, about))).not.toBe(before);
        }
      }),
    );
  });
});
