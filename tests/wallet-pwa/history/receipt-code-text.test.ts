import { describe, expect, it } from 'vitest';
import { isReceiptText } from '../../../shared/browser/verify/judge-receipt.ts';
import { encodeBase64url } from '../../../shared/protocol/bytes.ts';
import { parseDocumentCode } from '../../../shared/protocol/codes/document-code.ts';
import { receiptCodeText } from '../../../wallet-pwa/history/receipt-code-text.ts';

describe('a receipt’s code as text', () => {
  it('is what the check of receipts takes, with the very document in it', () => {
    const document = Uint8Array.of(1, 2, 3, 4);
    const text = receiptCodeText(encodeBase64url(document)) ?? '';
    expect(isReceiptText(text)).toBe(true);
    expect(parseDocumentCode('receipt', text)).toEqual({ ok: true, value: document });
  });

  it('is nothing for what is no receipt', () => {
    expect(receiptCodeText('no receipt!')).toBeUndefined();
  });
});
