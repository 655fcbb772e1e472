import { BOUNDS } from '../../shared/protocol/bounds.ts';
import { decodeBase64url } from '../../shared/protocol/bytes.ts';
import {
  type DocumentContent,
  type DocumentFields,
  type DocumentType,
  decodeDocument,
} from '../../shared/protocol/documents/document.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import { importVerifyingKey } from '../../shared/protocol/signing-key.ts';

/**
 * Takes a document that carries the key it is signed with: whoever handed it in holds that key.
 * Refuses `document_malformed`, `signature_invalid`.
 */
export async function takeProofOfPossession<F extends DocumentFields>(
  kind: DocumentType<F>,
  text: string,
): Promise<Result<DocumentContent<F>>> {
  const document = decodeBase64url(text);
  const decoded = document ? decodeDocument(kind, document) : refuse('document_malformed');
  if (!decoded.ok) return decoded;
  const { content, verify } = decoded.value;
  const key = await importVerifyingKey((content as unknown as { publicKey: Uint8Array }).publicKey);
  return key && (await verify(key)) ? accept(content) : refuse('signature_invalid');
}

/** A device says the time in what it signs for a session; too far off, it may have been signed for another day. */
export function isFresh(atMs: number, nowMs: number): boolean {
  return Math.abs(nowMs - atMs) <= BOUNDS.clockToleranceSeconds * 1000;
}
