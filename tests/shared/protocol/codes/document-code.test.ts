import fc from 'fast-check';
import QRCode from 'qrcode';
import { describe, expect, it } from 'vitest';
import { createDocumentCode, parseDocumentCode } from '../../../../shared/protocol/codes/document-code.ts';
import { signDocument } from '../../../../shared/protocol/documents/document.ts';
import { Receipt } from '../../../../shared/protocol/documents/receipt.ts';
import { VECTOR_DOCUMENTS, vectorKeys } from '../../../vectors/vector-documents.ts';

describe('a receipt as a code', () => {
  it('comes back byte for byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 600 }), (receipt) => {
        expect(parseDocumentCode('receipt', ` ${createDocumentCode('receipt', receipt)}\n`)).toEqual({
          ok: true,
          value: receipt,
        });
      }),
    );
  });

  it('stays within QR version 15 at level L with the longest names', async () => {
    const row = VECTOR_DOCUMENTS.find(({ kind }) => kind.type === Receipt.type)!;
    const content = {
      ...row.content,
      programme: 'a'.repeat(16),
      shopName: 'x'.repeat(32),
      operatorNo: '9999',
      batchNo: 999_999,
      voucherNo: 999_999,
      amountMinor: 100_000_000,
      sequence: 4_000_000_000,
    };
    const receipt = await signDocument(Receipt, content as never, vectorKeys.centre);
    const text = createDocumentCode('receipt', receipt);
    expect(QRCode.create(text, { errorCorrectionLevel: 'L' }).version).toBeLessThanOrEqual(15);
  });

  it.each([
    '',
    '#',
    'https://pay.example.org/wallet/p/#GEZDGNBV',
    'https://pay.example.org/verify?x#GEZDGNBV',
    'javascript:alert(1)',
    'MZXW6YTB',
    'A'.repeat(5_000),
  ])('is not taken for %j', (text) => {
    expect(parseDocumentCode('receipt', text)).toEqual({ ok: false, code: 'code_unreadable' });
  });
});
