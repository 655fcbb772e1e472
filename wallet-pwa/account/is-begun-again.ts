import { type Bytes, decodeBase64url, isEqualBytes } from '../../shared/protocol/bytes.ts';
import { verifyCentreKeys } from '../../shared/protocol/centre-trust.ts';
import { CentreKey } from '../../shared/protocol/documents/centre-key.ts';
import { decodeDocument } from '../../shared/protocol/documents/document.ts';
import type { ProgrammeAnswer } from '../../shared/protocol/wire/programme.ts';

type Announced = Pick<ProgrammeAnswer, 'programme' | 'centreKeys'>;

/**
 * Whether the programme was begun again with keys of its own: nothing of before is known there. Keys that took turns all follow
 * from the first one, so the first says it. A chain that does not hold in itself says nothing.
 */
export async function isBegunAgain(known: Announced, heard: Announced): Promise<boolean> {
  const before = firstKeyOf(known);
  const now = firstKeyOf(heard);
  if (!before || !now || isEqualBytes(before, now)) return false;
  const announcements = heard.centreKeys.map((text) => decodeBase64url(text) ?? new Uint8Array());
  return (await verifyCentreKeys(announcements, heard.programme)).ok;
}

function firstKeyOf({ centreKeys: [first = ''] }: Announced): Bytes | undefined {
  const bytes = decodeBase64url(first);
  const announced = bytes && decodeDocument(CentreKey, bytes);
  return announced?.ok ? announced.value.content.publicKey : undefined;
}
