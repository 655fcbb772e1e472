import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bytes, concatBytes, encodeHex } from '../../../../shared/protocol/bytes.ts';
import { signDocument } from '../../../../shared/protocol/documents/document.ts';
import { RevocationList, type RevocationListContent } from '../../../../shared/protocol/documents/revocation-list.ts';
import type { ParticipantCode, ProgrammeId } from '../../../../shared/protocol/identifiers.ts';
import {
  addRevocations,
  type Revocations,
  verifyRevocationList,
} from '../../../../shared/protocol/offline/revocations.ts';
import { createSigningKey } from '../../../../shared/protocol/signing-key.ts';
import { createTestCentre } from '../../../support/test-centre.ts';

const NOW_SECONDS = 1_795_000_000;
const programme = 'test-programme' as ProgrammeId;
const participant = '100001' as ParticipantCode;

function serialOf(version: number): Bytes {
  const serial = new Uint8Array(8);
  new DataView(serial.buffer).setUint32(4, version);
  return serial;
}

/** What the centre signs of all that it has withdrawn, the serial of each being its version. */
function listOf(
  fromVersion: number,
  toVersion: number,
  issuedAtSeconds = NOW_SECONDS + toVersion,
): RevocationListContent {
  const serials = Array.from({ length: toVersion - fromVersion }, (_, index) => serialOf(fromVersion + index + 1));
  return { programme, fromVersion, toVersion, serials: concatBytes(...serials), issuedAtSeconds, participant };
}

function addAll(lists: readonly RevocationListContent[], known?: Revocations): Revocations | undefined {
  return lists.reduce(addRevocations, known);
}

describe('what a till knows of withdrawn allowances', () => {
  it('begins with a list from the first on', () => {
    expect(addAll([listOf(1, 3)])).toBeUndefined();
    expect(addAll([listOf(0, 3)])?.version).toBe(3);
    expect(addAll([listOf(0, 0)])).toMatchObject({ version: 0, issuedAtMs: NOW_SECONDS * 1000 });
  });

  it('grows by what joins, and has no gap', () => {
    const known = addAll([listOf(0, 3), listOf(3, 5)]);
    expect(known?.version).toBe(5);
    expect([...known!.serials]).toEqual([1, 2, 3, 4, 5].map((version) => encodeHex(serialOf(version))));
    expect(addAll([listOf(6, 9)], known)).toBe(known);
    expect(addAll([listOf(4, 9)], known)?.serials.size).toBe(9);
  });

  it('takes several lists of one answer, all signed in the same second', () => {
    const parts = [listOf(0, 200, NOW_SECONDS), listOf(200, 230, NOW_SECONDS)];
    expect(addAll(parts)).toMatchObject({ version: 230, issuedAtMs: NOW_SECONDS * 1000 });
  });

  it('never goes back, and forgets nothing', () => {
    const lists = fc.array(
      fc.record({ from: fc.nat(12), more: fc.nat(6), later: fc.nat(3) }).map(({ from, more, later }) => {
        const list = listOf(from, from + more);
        return { ...list, issuedAtSeconds: list.issuedAtSeconds * 2 + later };
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(lists, (all) => {
        let known: Revocations | undefined;
        for (const list of all) {
          const next = addRevocations(known, list);
          expect(next?.version ?? 0).toBeGreaterThanOrEqual(known?.version ?? 0);
          expect(next?.issuedAtMs ?? 0).toBeGreaterThanOrEqual(known?.issuedAtMs ?? 0);
          for (const serial of known?.serials ?? []) expect(next?.serials.has(serial)).toBe(true);
          // All up to the version, however they came: nothing between is missing.
          expect(next?.serials.size ?? 0).toBe(next?.version ?? 0);
          known = next;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is not made older or newer by an old list that is shown again', () => {
    const known = addAll([listOf(0, 5)]);
    expect(addRevocations(known, listOf(0, 3))).toBe(known);
    expect(addRevocations(known, listOf(0, 5))).toBe(known);
  });

  it('is fresher by a list that says nothing new', () => {
    const known = addAll([listOf(0, 5), listOf(5, 5, NOW_SECONDS + 100)]);
    expect(known).toMatchObject({ version: 5, issuedAtMs: (NOW_SECONDS + 100) * 1000 });
    expect(known?.serials.size).toBe(5);
  });

  it('keeps what a newer list leaves out, because it has ended', () => {
    const known = addAll([listOf(0, 3), { ...listOf(0, 5), serials: serialOf(5) }]);
    expect(known?.serials.size).toBe(4);
  });
});

describe('a list of withdrawn allowances', () => {
  it('is believed from the centre alone, and of the own programme', async () => {
    const centre = await createTestCentre({ nowMs: NOW_SECONDS * 1000 });
    const list = await signDocument(RevocationList, listOf(0, 3), centre.key);
    expect(await verifyRevocationList(list, centre.trust)).toMatchObject({ ok: true, value: { toVersion: 3 } });
    const forged = await signDocument(RevocationList, listOf(0, 3), await createSigningKey(false));
    expect(await verifyRevocationList(forged, centre.trust)).toEqual({ ok: false, code: 'certificate_invalid' });
    const content = { ...listOf(0, 3), programme: 'another' as ProgrammeId };
    const foreign = await signDocument(RevocationList, content, centre.key);
    expect(await verifyRevocationList(foreign, centre.trust)).toEqual({ ok: false, code: 'programme_mismatch' });
    // Each participant counts its own: by another's versions a till would miss what its own withdrew.
    expect(await verifyRevocationList(list, centre.trust, participant)).toMatchObject({ ok: true });
    const other = await verifyRevocationList(list, centre.trust, '100002' as ParticipantCode);
    expect(other).toEqual({ ok: false, code: 'programme_mismatch' });
    for (let cut = 0; cut < list.length; cut += 1) {
      expect((await verifyRevocationList(list.subarray(0, cut), centre.trust)).ok).toBe(false);
    }
  });
});
