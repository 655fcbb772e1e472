import { createHash } from 'node:crypto';
import { type Bytes, isEqualBytes } from '../../shared/protocol/bytes.ts';
import type { DocumentFields, DocumentType } from '../../shared/protocol/documents/document.ts';
import { purposePreimage } from '../../shared/protocol/hash.ts';

/** SHA-256 at once: nothing may be awaited inside a transaction. */
export function sha256Now(bytes: Uint8Array): Bytes {
  // A copy: Node's digest may be a view into a larger pool.
  return new Uint8Array(createHash('sha256').update(bytes).digest());
}

/** `hashContent`, at once. */
export function hashContentNow<F extends DocumentFields>(kind: DocumentType<F>, contentBytes: Uint8Array): Bytes {
  return sha256Now(purposePreimage(kind.type, contentBytes));
}

export function isSameHash(left: ArrayBuffer | Uint8Array, right: Uint8Array): boolean {
  return isEqualBytes(left instanceof Uint8Array ? left : new Uint8Array(left), right);
}
