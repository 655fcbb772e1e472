import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, it, vi } from 'vitest';
import type { CentreSigner } from '../../../edge/clearing/centre-signer.ts';
import { SignedRevocations } from '../../../edge/ledger/offline/signed-revocations.ts';
import { createRandomBytes } from '../../../shared/protocol/bytes.ts';
import type { ParticipantCode, ProgrammeId } from '../../../shared/protocol/identifiers.ts';
import { createSigningKey } from '../../../shared/protocol/signing-key.ts';

const NOW_MS = 1_790_000_000_000;
const rules = { programme: 'campus' as ProgrammeId, participant: '100001' as ParticipantCode };

it('a list is signed once in a while, for however many, and at once when another allowance was withdrawn', async () => {
  await runInDurableObject(env.LEDGER.getByName('signed-lists'), async (_, { storage: { sql } }) => {
    const key = await createSigningKey(false);
    const newestKey = vi.fn(async () => key);
    const signed = new SignedRevocations({ newestKey } as unknown as CentreSigner);
    const sources = { sql, rules } as Parameters<SignedRevocations['lists']>[0];
    const ask = (since: number, nowMs: number) => signed.lists(sources, since, nowMs);
    const withdraw = (version: number) =>
      sql.exec(
        'INSERT INTO revocations (version, serial, expires_at_ms, revoked_at_ms, reason) VALUES (?, ?, ?, ?, ?)',
        version,
        createRandomBytes(8),
        NOW_MS * 2,
        NOW_MS,
        'Tried',
      );
    withdraw(1);
    const first = await ask(0, NOW_MS);
    const again = await Promise.all(Array.from({ length: 50 }, () => ask(0, NOW_MS + 9_999)));
    expect(newestKey).toHaveBeenCalledTimes(1);
    for (const lists of again) expect(lists).toEqual(first);
    // Whoever claims to have more than there is has all of it.
    await Promise.all([ask(1, NOW_MS), ask(7, NOW_MS), ask(1e14, NOW_MS)]);
    expect(newestKey).toHaveBeenCalledTimes(2);
    await ask(0, NOW_MS + 10_000);
    expect(newestKey).toHaveBeenCalledTimes(3);
    withdraw(2);
    expect(await ask(0, NOW_MS + 10_000)).not.toEqual(first);
    expect(newestKey).toHaveBeenCalledTimes(4);
  });
});

it('a list that could not be signed is signed for whoever asks next', async () => {
  await runInDurableObject(env.LEDGER.getByName('signed-lists'), async (_, { storage: { sql } }) => {
    const key = await createSigningKey(false);
    const newestKey = vi.fn(async () => key).mockRejectedValueOnce(new Error('not now'));
    const signed = new SignedRevocations({ newestKey } as unknown as CentreSigner);
    const sources = { sql, rules } as Parameters<SignedRevocations['lists']>[0];
    await expect(signed.lists(sources, 0, NOW_MS)).rejects.toThrow('not now');
    expect(await signed.lists(sources, 0, NOW_MS)).toHaveLength(1);
  });
});
