import { describe, expect, it } from 'vitest';
import {
  beginNumbers,
  closeBatch,
  isFromEarlierDay,
  leaveBatch,
  takeVoucher,
  type VoucherNumbers,
} from '../../../pos-pwa/sale/voucher-numbers.ts';

const TODAY = '2026-03-31';
const TOMORROW = '2026-04-01';

function numbers(batchNo: number, lastVoucherNo: number): VoucherNumbers {
  return { batchNo, lastVoucherNo, openedOn: TODAY } as VoucherNumbers;
}

describe('voucher numbers', () => {
  it('begin with the lowest batch the centre allows', () => {
    expect(beginNumbers(7, TODAY)).toEqual(numbers(7, 0));
    expect(beginNumbers(0, TODAY)).toEqual(numbers(1, 0));
  });

  it('count up and are never given twice', () => {
    const first = takeVoucher(numbers(1, 0), TODAY);
    const second = takeVoucher(first.next, TODAY);
    expect([first.voucherNo, second.voucherNo]).toEqual([1, 2]);
    expect(second.next).toEqual(numbers(1, 2));
  });

  it('go on in the next batch when one is full', () => {
    const taken = takeVoucher(numbers(4, 999_999), TOMORROW);
    expect(taken).toMatchObject({ batchNo: 5, voucherNo: 1, next: { openedOn: TOMORROW } });
  });

  it('close a used batch, and keep an unused one', () => {
    expect(closeBatch(numbers(4, 12), TOMORROW)).toEqual({ batchNo: 5, lastVoucherNo: 0, openedOn: TOMORROW });
    expect(closeBatch(numbers(4, 0), TOMORROW)).toEqual({ batchNo: 4, lastVoucherNo: 0, openedOn: TOMORROW });
  });

  it('leave a batch whose numbers were used elsewhere, at least as far as the centre says', () => {
    expect(leaveBatch(numbers(4, 1), 9, TODAY)).toEqual(numbers(9, 0));
    expect(leaveBatch(numbers(4, 1), 2, TODAY)).toEqual(numbers(5, 0));
  });

  it('belong to an earlier day only when something was sold', () => {
    expect(isFromEarlierDay(numbers(4, 1), TOMORROW)).toBe(true);
    expect(isFromEarlierDay(numbers(4, 1), TODAY)).toBe(false);
    expect(isFromEarlierDay(numbers(4, 0), TOMORROW)).toBe(false);
  });
});
