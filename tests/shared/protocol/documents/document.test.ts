import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bytes } from '../../../../shared/protocol/bytes.ts';
import { encodeCbor } from '../../../../shared/protocol/cbor.ts';
import { signCose } from '../../../../shared/protocol/cose-sign1.ts';
import {
  decodeContent,
  decodeDocument,
  encodeContent,
  hashContent,
  signDocument,
  verifyDocument,
} from '../../../../shared/protocol/documents/document.ts';
import { Receipt } from '../../../../shared/protocol/documents/receipt.ts';
import { PaymentRequest } from '../../../../shared/protocol/documents/request.ts';
import { TerminalCertificate } from '../../../../shared/protocol/documents/terminal-certificate.ts';
import { VECTOR_DOCUMENTS, vectorKeys } from '../../../vectors/vector-documents.ts';
import { parseVector } from '../../../vectors/vector-json.ts';

const vectors = parseVector(readFileSync(resolve(import.meta.dirname, '../../../vectors/documents.json'), 'utf8'));
const rows = VECTOR_DOCUMENTS.map((row) => ({ ...row, type: row.kind.type }));

describe('signed documents', () => {
  it('have a vector for every kind there is', () => {
    const folder = resolve(import.meta.dirname, '../../../../shared/protocol/documents');
    const sources = readdirSync(folder).map((name) => readFileSync(resolve(folder, name), 'utf8'));
    const defined = sources.flatMap((text) =>
      [...text.matchAll(/define(?:Centre)?Document\('([^']+)'/g)].map((match) => match[1]),
    );
    expect(rows.map(({ type }) => type).toSorted()).toEqual(defined.toSorted());
  });

  it.each(rows)(
    '$type encodes, hashes and signs to the bytes of its vector',
    async ({ kind, signer, content, type }) => {
      const vector = vectors.documents.find((entry: { type: string }) => entry.type === type);
      expect(vector.content).toEqual(content);
      expect(encodeContent(kind, content)).toEqual(vector.contentBytes);
      expect(await hashContent(kind, vector.contentBytes)).toEqual(vector.hash);
      expect(await signDocument(kind, content, vectorKeys[signer])).toEqual(vector.document);
    },
  );

  it.each(rows)('$type decodes to what was encoded, and verifies', async ({ kind, signer, content }) => {
    const document = await signDocument(kind, content, vectorKeys[signer]);
    const verified = await verifyDocument(kind, document, vectorKeys[signer].publicKey);
    expect(verified).toMatchObject({ ok: true, value: { content } });
  });

  it.each(rows)('$type is refused with any one bit turned', async ({ kind, signer, content }) => {
    const document = await signDocument(kind, content, vectorKeys[signer]);
    for (let bit = 0; bit < document.length * 8; bit += 1) {
      const turned = document.slice();
      turned[bit >> 3]! ^= 1 << (bit & 7);
      const result = await verifyDocument(kind, turned, vectorKeys[signer].publicKey);
      expect(result.ok, `bit ${bit}`).toBe(false);
    }
  });

  it.each(rows)("$type is refused under every other type's name", async ({ kind, signer, content, type }) => {
    const document = await signDocument(kind, content, vectorKeys[signer]);
    for (const other of rows) {
      if (other.type === type) continue;
      const asOther = await verifyDocument(other.kind, document, vectorKeys[signer].publicKey);
      expect(asOther.ok, other.type).toBe(false);
      // Even with exactly the same fields: the type is under the signature.
      const renamed = await verifyDocument({ ...kind, type: other.type }, document, vectorKeys[signer].publicKey);
      expect(renamed).toEqual({ ok: false, code: 'signature_invalid' });
    }
  });

  it.each(rows)("$type is refused with another key's signature", async ({ kind, content, signer }) => {
    const document = await signDocument(kind, content, vectorKeys[signer]);
    const stranger = signer === 'centre' ? vectorKeys.device : vectorKeys.centre;
    expect(await verifyDocument(kind, document, stranger.publicKey)).toEqual({ ok: false, code: 'signature_invalid' });
  });

  it('refuse a field that the type does not have, and one that is missing', () => {
    const { content } = rows.find(({ type }) => type === PaymentRequest.type)!;
    const bytes = encodeContent(PaymentRequest, content as never);
    expect(decodeContent(PaymentRequest, bytes)).toEqual(content);
    const entries = Object.entries(PaymentRequest.fields).map(([name, [key]]) => [key, content[name]] as const);
    const more = encodeCbor(new Map([...entries, [20, 1]] as [number, never][]));
    const fewer = encodeCbor(new Map(entries.slice(1) as [number, never][]));
    expect(decodeContent(PaymentRequest, more)).toBeUndefined();
    expect(decodeContent(PaymentRequest, fewer)).toBeUndefined();
  });

  it.each([0, -1, 1.5, 100_000_001, 2 ** 53, '1250', true])(
    'refuse a request over the amount %s, though signed',
    async (amountMinor) => {
      const { content } = rows.find(({ type }) => type === PaymentRequest.type)!;
      const entries = Object.entries(PaymentRequest.fields).map(
        ([name, [key]]) => [key, name === 'amountMinor' ? amountMinor : content[name]] as const,
      );
      const payload = encodeCbor(new Map(entries as [number, never][]));
      const document = await signCose(payload, PaymentRequest.type, vectorKeys.terminal.privateKey);
      expect(decodeDocument(PaymentRequest, document)).toMatchObject({ ok: false, code: 'document_malformed' });
    },
  );

  it('have one encoding: a name is refused with the blanks that writing it would have trimmed', () => {
    const { content } = rows.find(({ type }) => type === TerminalCertificate.type)!;
    const write = (shopName: string) => {
      const fields = Object.entries(TerminalCertificate.fields).map(([name, [key]]) => [key, content[name]] as const);
      return encodeCbor(new Map([...fields, [TerminalCertificate.fields.shopName[0], shopName]] as [number, never][]));
    };
    expect(decodeContent(TerminalCertificate, write('Corner'))?.shopName).toBe('Corner');
    expect(decodeContent(TerminalCertificate, write(' Corner'))).toBeUndefined();
  });

  it('of a refusal need not name a card, and are then another document', async () => {
    const { content } = rows.find(({ type }) => type === Receipt.type)!;
    const { cardEnding: _, ...cardless } = content;
    const document = await signDocument(Receipt, cardless as never, vectorKeys.centre);
    const verified = await verifyDocument(Receipt, document, vectorKeys.centre.publicKey);
    expect(verified).toMatchObject({ ok: true, value: { content: cardless } });
    expect(verified.ok && 'cardEnding' in verified.value.content).toBe(false);
    expect(encodeContent(Receipt, cardless as never)).not.toEqual(encodeContent(Receipt, content as never));
  });

  it('never throw on bytes from a stranger', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
        for (const { kind } of rows) expect(decodeDocument(kind, bytes as Bytes).ok).toBe(false);
      }),
    );
  });

  it('keep every amount to the unit', () => {
    const { content } = rows.find(({ type }) => type === PaymentRequest.type)!;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000_000 }), (amountMinor) => {
        const bytes = encodeContent(PaymentRequest, { ...content, amountMinor } as never);
        expect(decodeContent(PaymentRequest, bytes)?.amountMinor).toBe(amountMinor);
      }),
    );
  });
});
