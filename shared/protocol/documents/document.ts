import * as v from 'valibot';
import type { Bytes } from '../bytes.ts';
import { type CborValue, decodeCbor, encodeCbor } from '../cbor.ts';
import { decodeCose, signCose, verifyCose } from '../cose-sign1.ts';
import { hashForPurpose } from '../hash.ts';
import { accept, type Result, refuse } from '../result.ts';
import { importVerifyingKey, type SigningKey } from '../signing-key.ts';

// biome-ignore lint/suspicious/noExplicitAny: a field may have any schema; its own type is kept by inference
type AnySchema = v.GenericSchema<any, any>;

/** Field name to [integer key in the CBOR map, schema]. Keys 0 to 23 take one byte each; a key is never reused. */
export type DocumentFields = Readonly<Record<string, readonly [key: number, schema: AnySchema]>>;

type RequiredNames<F extends DocumentFields> = {
  [K in keyof F]: undefined extends v.InferOutput<F[K][1]> ? never : K;
}[keyof F];

export type DocumentContent<F extends DocumentFields> = {
  readonly [K in RequiredNames<F>]: v.InferOutput<F[K][1]>;
} & {
  readonly [K in Exclude<keyof F, RequiredNames<F>>]?: v.InferOutput<F[K][1]>;
};

/** A kind of signed document: its type name (also the signature's external data) and its fields. */
export interface DocumentType<F extends DocumentFields> {
  readonly type: string;
  readonly fields: F;
  /** Whether the signer's key id travels along: in what the centre signs, whose keys rotate. */
  readonly hasKeyId: boolean;
}

/** A document that was taken apart but whose signature nobody has checked yet. */
export interface DecodedDocument<C> {
  readonly content: C;
  readonly contentBytes: Bytes;
  readonly keyId: Uint8Array | undefined;
  verify(key: CryptoKey): Promise<boolean>;
}

/** A kind of document that devices sign: whoever verifies takes the key from the device's certificate. */
export function defineDocument<const F extends DocumentFields>(type: string, fields: F): DocumentType<F> {
  return { type, fields, hasKeyId: false };
}

/** A kind of document that the centre signs, with the id of the key it used. */
export function defineCentreDocument<const F extends DocumentFields>(type: string, fields: F): DocumentType<F> {
  return { type, fields, hasKeyId: true };
}

/** The canonical bytes of a document's content. Throws when `content` breaks its own schema: that is a bug of the caller. */
export function encodeContent<F extends DocumentFields>(kind: DocumentType<F>, content: DocumentContent<F>): Bytes {
  const map = new Map<number, CborValue>();
  for (const [name, [key, schema]] of Object.entries(kind.fields)) {
    const value = v.parse(schema, (content as Record<string, unknown>)[name]);
    if (value !== undefined) map.set(key, value as CborValue);
  }
  return encodeCbor(map);
}

/**
 * @returns undefined for unknown fields, missing fields, values outside their schema, a value that its schema would have
 *   written otherwise (a name with blanks around it), or a non-canonical encoding
 */
export function decodeContent<F extends DocumentFields>(
  kind: DocumentType<F>,
  bytes: Uint8Array,
): DocumentContent<F> | undefined {
  const map = decodeCbor(bytes);
  if (!(map instanceof Map)) return undefined;
  const content: Record<string, unknown> = {};
  let knownCount = 0;
  for (const [name, [key, schema]] of Object.entries(kind.fields)) {
    const parsed = v.safeParse(schema, map.get(key));
    if (!parsed.success || parsed.output !== map.get(key)) return undefined;
    if (map.has(key)) knownCount += 1;
    if (parsed.output !== undefined) content[name] = parsed.output;
  }
  return knownCount === map.size ? (content as DocumentContent<F>) : undefined;
}

export async function signDocument<F extends DocumentFields>(
  kind: DocumentType<F>,
  content: DocumentContent<F>,
  key: SigningKey,
): Promise<Bytes> {
  return signCose(encodeContent(kind, content), kind.type, key.privateKey, kind.hasKeyId ? key.keyId : undefined);
}

/** Takes a document apart; refuses `document_malformed`. The content is not to be believed before `verify`. */
export function decodeDocument<F extends DocumentFields>(
  kind: DocumentType<F>,
  bytes: Uint8Array,
): Result<DecodedDocument<DocumentContent<F>>> {
  const cose = decodeCose(bytes);
  const content = cose && decodeContent(kind, cose.payload);
  if (!cose || !content || (cose.keyId !== undefined) !== kind.hasKeyId) return refuse('document_malformed');
  return accept({
    content,
    contentBytes: cose.payload,
    keyId: cose.keyId,
    verify: (key: CryptoKey) => verifyCose(cose, kind.type, key),
  });
}

/** Decodes and verifies with one known public key; refuses `document_malformed`, `signature_invalid`. */
export async function verifyDocument<F extends DocumentFields>(
  kind: DocumentType<F>,
  bytes: Uint8Array,
  publicKey: Uint8Array,
): Promise<Result<DecodedDocument<DocumentContent<F>>>> {
  const decoded = decodeDocument(kind, bytes);
  if (!decoded.ok) return decoded;
  const key = await importVerifyingKey(publicKey);
  return key && (await decoded.value.verify(key)) ? decoded : refuse('signature_invalid');
}

/** Identity of a document: the hash of its type and content, whatever signature it carries. */
export function hashContent<F extends DocumentFields>(kind: DocumentType<F>, contentBytes: Uint8Array): Promise<Bytes> {
  return hashForPurpose(kind.type, contentBytes);
}
