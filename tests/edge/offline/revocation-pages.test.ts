import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import { draftRevocationLists } from '../../../edge/ledger/offline/revocations.ts';
import { BOUNDS } from '../../../shared/protocol/bounds.ts';
import { createRandomBytes } from '../../../shared/protocol/bytes.ts';
import type { ParticipantCode, ProgrammeId } from '../../../shared/protocol/identifiers.ts';

const NOW_MS = 1_790_000_000_000;
const RULES = { programme: 'campus' as ProgrammeId, participant: '100001' as ParticipantCode };

it('a page that others follow is no fresher than its last entry, for whoever carries it alone', async () => {
  await runInDurableObject(env.LEDGER.getByName('pages'), (_, { storage: { sql } }) => {
    const count = BOUNDS.revocationsPerListMax + 1;
    for (let version = 1; version <= count; version += 1)
      sql.exec(
        'INSERT INTO revocations (version, serial, expires_at_ms, revoked_at_ms, reason) VALUES (?, ?, ?, ?, ?)',
        version,
        createRandomBytes(8),
        NOW_MS + 1,
        NOW_MS - (count - version + 1) * 60_000,
        'Tried',
      );
    const [first, last, ...more] = draftRevocationLists(sql, RULES, 0, NOW_MS);
    expect(more).toEqual([]);
    expect(first).toMatchObject({ fromVersion: 0, toVersion: count - 1, issuedAtSeconds: NOW_MS / 1000 - 120 });
    expect(last).toMatchObject({ fromVersion: count - 1, toVersion: count, issuedAtSeconds: NOW_MS / 1000 });
  });
});
