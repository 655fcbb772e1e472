import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import QRCode from 'qrcode';
import { describe, expect, it } from 'vitest';
import { decodeBase32, encodeBase32 } from '../../../../shared/protocol/base32.ts';
import type { Bytes } from '../../../../shared/protocol/bytes.ts';
import { parseCodeLink } from '../../../../shared/protocol/codes/code-link.ts';
import { contentDayOf, importContentKey } from '../../../../shared/protocol/codes/content-seal.ts';
import { createPosCode, openPosCode } from '../../../../shared/protocol/codes/pos-code.ts';
import { signDocument } from '../../../../shared/protocol/documents/document.ts';
import { PaymentRequest } from '../../../../shared/protocol/documents/request.ts';
import { TerminalCertificate } from '../../../../shared/protocol/documents/terminal-certificate.ts';
import { VECTOR_DOCUMENTS, vectorKeys } from '../../../vectors/vector-documents.ts';
import { parseVector } from '../../../vectors/vector-json.ts';

const { posCode } = parseVector(readFileSync(resolve(import.meta.dirname, '../../../vectors/codes.json'), 'utf8'));
const key = await importContentKey(posCode.day, posCode.key);
const otherKey = await importContentKey(posCode.day, new Uint8Array(32));
const nextDayKey = await importContentKey(posCode.day + 1, posCode.key);
const [link, payloadText] = posCode.text.split('#') as [string, string];
const payload = decodeBase32(payloadText)!;

function withPayload(bytes: Uint8Array): string {
  return `${link}#${encodeBase32(bytes)}`;
}

describe("the till's code", () => {
  it('opens to the documents of its vector', async () => {
    const { request, terminalCertificate } = posCode;
    expect(await openPosCode(posCode.text, [key])).toEqual({ ok: true, value: { request, terminalCertificate } });
  });

  it('opens as a bare payload too, for who types or pastes it', async () => {
    expect((await openPosCode(` ${payloadText}\n`, [nextDayKey, key])).ok).toBe(true);
  });

  it('looks different each time, so that nothing can be learned by comparing', async () => {
    const again = await createPosCode(posCode, key, 'https://pay.example.org');
    expect(again).not.toBe(posCode.text);
    expect(again).toHaveLength(posCode.text.length);
  });

  it('says which day\'s key is missing rather than "broken"', async () => {
    expect(await openPosCode(posCode.text, [nextDayKey])).toEqual({ ok: false, code: 'content_key_unknown' });
  });

  it('does not open with another key of that day', async () => {
    expect(await openPosCode(posCode.text, [otherKey])).toEqual({ ok: false, code: 'code_tampered' });
  });

  it('is refused with any one bit turned', async () => {
    for (let bit = 0; bit < payload.length * 8; bit += 1) {
      const turned = payload.slice();
      turned[bit >> 3]! ^= 1 << (bit & 7);
      const result = await openPosCode(withPayload(turned as Bytes), [key]);
      expect(result.ok, `bit ${bit}`).toBe(false);
    }
  });

  it('is refused at any length but its own', async () => {
    for (let length = 0; length < payload.length; length += 1) {
      expect((await openPosCode(withPayload(payload.slice(0, length)), [key])).ok).toBe(false);
    }
    expect((await openPosCode(`${posCode.text}AA`, [key])).ok).toBe(false);
  });

  it("says nothing of shop or amount to a stranger's scanner", () => {
    const readable = new TextDecoder('latin1').decode(payload);
    expect(readable).not.toContain('Corner');
    expect(readable).not.toContain('T0000001');
    expect(readable).not.toContain('demo-canteen');
  });

  it.each([
    'javascript:alert(1)#MZXW6',
    'https://evil.example/wallet/p/?x#MZXW6',
    'https://evil.example/other#MZXW6YTB',
    'ftp://pay.example.org/wallet/p/#MZXW6YTB',
    'upi://pay?pa=x',
    'WIFI:T:WPA;S:x;;',
    '',
    '#',
    'mzxw6ytb',
    'A'.repeat(5000),
  ])('is not taken for %j', (text) => {
    expect(parseCodeLink(text)).toEqual({ ok: false, code: 'code_unreadable' });
  });

  it('never throws on a text from a stranger, and never opens', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.uint8Array({ maxLength: 600 }).map(withPayload)), async (text) => {
        expect((await openPosCode(text, [key])).ok).toBe(false);
      }),
    );
  });

  it('stays within QR version 15 at level L with the longest names and an origin of 36 characters', async () => {
    const contentOf = (type: string) => VECTOR_DOCUMENTS.find(({ kind }) => kind.type === type)!.content as never;
    const certificate = {
      ...(contentOf(TerminalCertificate.type) as object),
      programme: 'a'.repeat(16),
      shopName: 'x'.repeat(32),
    };
    const request = {
      ...(contentOf(PaymentRequest.type) as object),
      operatorNo: '9999',
      amountMinor: 100_000_000,
      batchNo: 999_999,
      voucherNo: 999_999,
      validForSeconds: 600,
    };
    const longest = {
      terminalCertificate: await signDocument(TerminalCertificate, certificate as never, vectorKeys.centre),
      request: await signDocument(PaymentRequest, request as never, vectorKeys.terminal),
    };
    const origin = 'https://'.padEnd(36, 'w');
    const text = await createPosCode(longest, await importContentKey(contentDayOf(Date.now()), posCode.key), origin);
    expect(QRCode.create(text, { errorCorrectionLevel: 'L' }).version).toBeLessThanOrEqual(15);
  });
});
