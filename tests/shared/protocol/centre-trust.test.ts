import { describe, expect, it } from 'vitest';
import { encodeHex } from '../../../shared/protocol/bytes.ts';
import { verifyCentreKeys } from '../../../shared/protocol/centre-trust.ts';
import { CentreKey } from '../../../shared/protocol/documents/centre-key.ts';
import { signDocument } from '../../../shared/protocol/documents/document.ts';
import type { ProgrammeId } from '../../../shared/protocol/identifiers.ts';
import { createSigningKey, type SigningKey } from '../../../shared/protocol/signing-key.ts';

const programme = 'demo-canteen' as ProgrammeId;
const [first, second, stranger] = await Promise.all([
  createSigningKey(false),
  createSigningKey(false),
  createSigningKey(false),
]);

function announce(key: SigningKey, generation: number, signer: SigningKey, name: string = programme) {
  const content = { programme: name as ProgrammeId, generation, publicKey: key.publicKey, validFromMs: 0 };
  return signDocument(CentreKey, content, signer);
}

const chain = [await announce(first, 1, first), await announce(second, 2, first)];

const BROKEN: readonly (readonly [string, Uint8Array[], string])[] = [
  ['a new key that the old one did not sign', [chain[0]!, await announce(stranger, 2, stranger)], 'signature_invalid'],
  ['a first key that somebody else signed', [await announce(first, 1, stranger)], 'signature_invalid'],
  ['a gap', [chain[0]!, await announce(second, 3, first)], 'document_malformed'],
  ['another programme', [await announce(first, 1, first, 'another-one')], 'programme_mismatch'],
  ['nothing', [], 'certificate_invalid'],
];

describe('the chain of centre keys', () => {
  it('is followed from the first to the newest', async () => {
    const trust = await verifyCentreKeys(chain, programme, first.publicKey);
    expect(trust.ok && [...trust.value.keys.keys()]).toEqual([encodeHex(first.keyId), encodeHex(second.keyId)]);
  });

  it.each(BROKEN)('is refused with %s', async (_what, announcements, code) => {
    expect(await verifyCentreKeys(announcements, programme)).toMatchObject({ ok: false, code });
  });

  it('is refused when it does not hold the key that was pinned', async () => {
    const other = [await announce(stranger, 1, stranger)];
    expect(await verifyCentreKeys(other, programme, first.publicKey)).toMatchObject({
      ok: false,
      code: 'certificate_invalid',
    });
  });
});
