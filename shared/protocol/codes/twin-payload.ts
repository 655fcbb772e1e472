import type { Bytes } from '../bytes.ts';
import { decodeCbor, encodeCbor } from '../cbor.ts';
import { accept, type Result, refuse } from '../result.ts';

/** What a twin code may carry: each kind is a list of three byte strings behind its number, or of four. */
const KINDS = { 'pay-code': 1, authorisation: 2 } as const;
export type TwinPayloadKind = keyof typeof KINDS;

/** The fourth is for an authorisation alone, and may be missing. */
export type TwinPayloadParts = readonly [Bytes, Bytes, Bytes, Bytes?];

export function encodeTwinPayload(kind: TwinPayloadKind, parts: TwinPayloadParts): Bytes {
  return encodeCbor([KINDS[kind], ...(parts as readonly Bytes[])]);
}

/** Which kind it says it is; undefined for none of them. */
export function peekTwinPayloadKind(payload: Uint8Array): TwinPayloadKind | undefined {
  const value = decodeCbor(payload);
  const kind = Array.isArray(value) ? value[0] : undefined;
  return (Object.keys(KINDS) as TwinPayloadKind[]).find((known) => KINDS[known] === kind);
}

/** Nothing in it is verified yet. Refuses `code_tampered`, for another kind too. */
export function decodeTwinPayload(kind: TwinPayloadKind, payload: Uint8Array): Result<TwinPayloadParts> {
  const value = decodeCbor(payload);
  const lengthMax = kind === 'authorisation' ? 5 : 4;
  if (!Array.isArray(value) || value.length < 4 || value.length > lengthMax) return refuse('code_tampered');
  if (value[0] !== KINDS[kind]) return refuse('code_tampered');
  const [, ...parts] = value;
  const isWhole = parts.every((part) => part instanceof Uint8Array);
  return isWhole ? accept(parts as unknown as TwinPayloadParts) : refuse('code_tampered');
}
