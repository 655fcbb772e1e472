import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { formatMoment } from '../../../pos-pwa/parts/format-time.ts';
import { listReceiptLines } from '../../../pos-pwa/receipt/receipt-lines.ts';
import { Receipt, type ReceiptContent } from '../../../shared/protocol/documents/receipt.ts';
import { VECTOR_DOCUMENTS } from '../../vectors/vector-documents.ts';

const receipt = VECTOR_DOCUMENTS.find(({ kind }) => kind.type === Receipt.type)!.content as unknown as ReceiptContent;

beforeAll(() => {
  vi.stubGlobal('document', { documentElement: { lang: 'en' } });
});
afterAll(() => {
  vi.unstubAllGlobals();
});

describe('the lines of a receipt', () => {
  it('name the card by its last four digits', () => {
    const values = listReceiptLines({ receipt }, 'en').map(({ value }) => value);
    expect(values).toContain('•••• 4242');
    expect(values).toContain('T0000001');
  });

  it('leave the card out where the centre names none', () => {
    const { cardEnding: _, ...cardless } = receipt;
    const [lines, without] = [listReceiptLines({ receipt }, 'en'), listReceiptLines({ receipt: cardless }, 'en')];
    expect(without).toHaveLength(lines.length - 1);
    expect(without.map(({ value }) => value).join()).not.toMatch(/••••|undefined/);
  });

  it('say when it was paid, and last when it was settled, where that was later', () => {
    const paidAtMs = receipt.decidedAtMs - 3_600_000;
    const [lines, later] = [listReceiptLines({ receipt }, 'en'), listReceiptLines({ receipt, paidAtMs }, 'en')];
    expect(later.find(({ label }) => label === 'Time')?.value).toBe(formatMoment(paidAtMs));
    expect(later.at(-1)).toEqual({ label: 'Settled', value: formatMoment(receipt.decidedAtMs) });
    expect(lines.map(({ label }) => label)).not.toContain('Settled');
  });
});
