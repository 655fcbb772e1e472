import { decodeHex, encodeHex } from '../../shared/protocol/bytes.ts';

/** JSON of the vectors: byte strings as `{ "hex": "…" }`. */
export function formatVector(value: unknown): string {
  return `${JSON.stringify(value, (_key, member) => (member instanceof Uint8Array ? { hex: encodeHex(member) } : member), 2)}\n`;
}

// biome-ignore lint/suspicious/noExplicitAny: a vector has the shape of its own file
export function parseVector(text: string): any {
  return JSON.parse(text, (_key, member) =>
    typeof member === 'object' && member !== null && typeof member.hex === 'string' ? decodeHex(member.hex) : member,
  );
}
