import { describe, expect, it } from 'vitest';
import { listDay, totalDay } from '../../../pos-pwa/payments/day-rows.ts';
import type { Sale, SaleState } from '../../../pos-pwa/sale/sale.ts';
import type { ReceiptContent } from '../../../shared/protocol/documents/receipt.ts';
import { formatTraceKey, type TerminalId, type TraceParts } from '../../../shared/protocol/identifiers.ts';

const terminalId = 'TILL0001' as TerminalId;

function parts(voucherNo: number): TraceParts {
  return { terminalId, batchNo: 1, voucherNo } as TraceParts;
}

function receipt(voucherNo: number, amountMinor: number): ReceiptContent {
  return {
    ...parts(voucherNo),
    amountMinor,
    operatorNo: '01',
    currency: 'EUR',
    exponent: 2,
    decidedAtMs: 5000,
  } as ReceiptContent;
}

function sale(voucherNo: number, state: SaleState, amountMinor = 100): Sale {
  return {
    ...parts(voucherNo),
    traceKey: formatTraceKey(parts(voucherNo)),
    amountMinor,
    operatorName: 'Alex',
    currency: { code: 'EUR', exponent: 2 },
    requestedAtMs: 1000,
    state,
  } as unknown as Sale;
}

const paid = (voucherNo: number, amountMinor = 100) =>
  sale(voucherNo, { status: 'paid', receipt: receipt(voucherNo, amountMinor) } as SaleState, amountMinor);

describe("the day's list", () => {
  it('shows the newest first, with how each stands', () => {
    const rows = listDay(
      [paid(1), sale(2, { status: 'not-paid', code: 'request_expired' }), sale(3, { status: 'made' })],
      [],
    );
    expect(rows.map(({ voucherNo, status }) => [voucherNo, status])).toEqual([
      [3, 'checking'],
      [2, 'not-paid'],
      [1, 'paid'],
    ]);
    expect(rows[1]).toMatchObject({ refusal: 'request_expired', atMs: 1000 });
    expect(rows[2]).toMatchObject({ atMs: 5000 });
  });

  it('adds what only the centre knows, and lists nothing twice', () => {
    const rows = listDay([paid(1)], [{ receipt: receipt(1, 100) }, { receipt: receipt(2, 250), paidAtMs: 4000 }]);
    expect(rows.map(({ voucherNo, isFromCentre, atMs }) => [voucherNo, isFromCentre, atMs])).toEqual([
      [2, true, 4000],
      [1, false, 5000],
    ]);
  });

  it('totals what is paid, and nothing else', () => {
    const rows = listDay(
      [
        paid(1, 1250),
        paid(2, 99),
        sale(3, { status: 'waiting' }, 5000),
        sale(4, { status: 'not-paid', code: 'request_cancelled' }, 7000),
      ],
      [{ receipt: receipt(5, 1) }],
    );
    expect(totalDay(rows)).toMatchObject({ paidCount: 3, paidMinor: 1350, openCount: 1 });
  });
});
