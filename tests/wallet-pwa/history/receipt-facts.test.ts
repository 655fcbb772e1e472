import { describe, expect, it } from 'vitest';
import { decodeDocument } from '../../../shared/protocol/documents/document.ts';
import { Receipt } from '../../../shared/protocol/documents/receipt.ts';
import { receiptFacts } from '../../../wallet-pwa/history/receipt-facts.ts';
import { STATES, sampleIntent } from '../payment/sample-intent.ts';
import { createTestProgramme } from '../support/test-programme.ts';

describe('a receipt in words', () => {
  it('tells every field the centre signed', async () => {
    const programme = await createTestProgramme(Date.UTC(2026, 10, 21));
    const bytes = await programme.signReceipt(sampleIntent(STATES.signed), 'account_frozen');
    const decoded = decodeDocument(Receipt, bytes);
    if (!decoded.ok) throw new Error(decoded.code);
    const { main, all } = receiptFacts(decoded.value.content, 'today');
    const values = [...main, ...all].map(([, value]) => value);
    expect(values).toEqual([
      'today',
      '••••\u00a00012',
      '01',
      'TERM0001-000001-000001',
      'Sale',
      'MERCHANT0000001',
      'TERM0001',
      '000001',
      '000001',
      'EUR',
      '100001',
      '100001',
      '7',
      'account_frozen',
      '01'.repeat(32),
      '02'.repeat(32),
    ]);
  });

  it('says nothing of a card where the centre names none', async () => {
    const programme = await createTestProgramme(Date.UTC(2026, 10, 21));
    const bytes = await programme.signReceipt(sampleIntent(STATES.signed), 'account_unknown');
    const decoded = decodeDocument(Receipt, bytes);
    if (!decoded.ok) throw new Error(decoded.code);
    const { cardEnding: _, ...cardless } = decoded.value.content;
    const { main } = receiptFacts(cardless, 'today');
    expect(main.map(([, value]) => value)).toEqual(['today', '01', 'TERM0001-000001-000001']);
  });
});
