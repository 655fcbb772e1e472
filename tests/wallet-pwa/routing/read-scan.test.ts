import { describe, expect, it } from 'vitest';
import { isScanLink, readScan } from '../../../wallet-pwa/routing/read-scan.ts';

describe('a scanned text', () => {
  it('is a card’s code when it is such a link, of whatever host', () => {
    expect(readScan(' https://pay.example.org/wallet/#claim=ABCD-EFGH-IJKL ')).toEqual({
      kind: 'claim',
      code: 'ABCD-EFGH-IJKL',
    });
  });

  it.each(['https://pay.example.org/wallet/p/#CEAAB7', 'CEAAB7', 'javascript:alert(1)', 'WIFI:S:cafe;;', ''])(
    'is taken for a payment otherwise, which says what is wrong with it: %s',
    (text) => expect(readScan(text)).toEqual({ kind: 'payment', text }),
  );
});

describe('a text on the clipboard', () => {
  it.each(['https://pay.example.org/wallet/p/#CEAAB7AA', ' https://pay.example.org/wallet/#claim=ABCD-EFGH-IJKL '])(
    'is opened at once when it is a link of ours: %s',
    (text) => expect(isScanLink(text)).toBe(true),
  );

  it.each(['', 'HELLO', 'https://example.org/menu', 'WIFI:S:cafe;;', '+44 20 7946 0000'])(
    'waits in the box otherwise: %s',
    (text) => expect(isScanLink(text)).toBe(false),
  );
});
