import { encodeHex, isEqualBytes } from './bytes.ts';
import { CentreKey, type CentreKeyContent } from './documents/centre-key.ts';
import {
  type DecodedDocument,
  type DocumentContent,
  type DocumentFields,
  type DocumentType,
  decodeDocument,
} from './documents/document.ts';
import type { ProgrammeId } from './identifiers.ts';
import { accept, type Result, refuse } from './result.ts';
import { computeKeyId, importVerifyingKey } from './signing-key.ts';

/** The centre keys a device or the edge believes, by key id in hex. */
export interface CentreTrust {
  readonly programme: ProgrammeId;
  readonly keys: ReadonlyMap<string, CryptoKey>;
}

/**
 * Follows the chain of key announcements from the first to the newest: each is signed by the one before.
 * @param pinnedPublicKey a key believed already: the chain must contain it. Without it the first is taken on trust
 *   (at enrolment, over HTTPS).
 * Refuses `document_malformed`, `signature_invalid`, `programme_mismatch`, `certificate_invalid` (pinned key not in the chain).
 */
export async function verifyCentreKeys(
  announcements: readonly Uint8Array[],
  programme: ProgrammeId,
  pinnedPublicKey?: Uint8Array,
): Promise<Result<CentreTrust>> {
  const keys = new Map<string, CryptoKey>();
  let signer: CryptoKey | undefined;
  let generation = 0;
  let isPinnedSeen = pinnedPublicKey === undefined;
  for (const bytes of announcements) {
    const announced = decodeDocument(CentreKey, bytes);
    if (!announced.ok) return announced;
    const content: CentreKeyContent = announced.value.content;
    if (content.programme !== programme) return refuse('programme_mismatch');
    const key = await importVerifyingKey(content.publicKey);
    generation += 1;
    if (!key || content.generation !== generation) return refuse('document_malformed');
    if (!(await announced.value.verify(signer ?? key))) return refuse('signature_invalid');
    keys.set(encodeHex(await computeKeyId(content.publicKey)), key);
    if (pinnedPublicKey && isEqualBytes(content.publicKey, pinnedPublicKey)) isPinnedSeen = true;
    signer = key;
  }
  if (keys.size === 0 || !isPinnedSeen) return refuse('certificate_invalid');
  return accept({ programme, keys });
}

/** Decodes and verifies a document signed by the centre; refuses `document_malformed`, `certificate_invalid`, `programme_mismatch`. */
export async function verifyCentreDocument<F extends DocumentFields>(
  kind: DocumentType<F>,
  bytes: Uint8Array,
  trust: CentreTrust,
): Promise<Result<DecodedDocument<DocumentContent<F>>>> {
  const decoded = decodeDocument(kind, bytes);
  if (!decoded.ok) return decoded;
  const key = decoded.value.keyId && trust.keys.get(encodeHex(decoded.value.keyId));
  if (!key || !(await decoded.value.verify(key))) return refuse('certificate_invalid');
  if ((decoded.value.content as { programme?: unknown }).programme !== trust.programme)
    return refuse('programme_mismatch');
  return decoded;
}
