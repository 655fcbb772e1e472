import type { BatchNo, VoucherNo } from '../../shared/protocol/identifiers.ts';

const NUMBER_MAX = 999_999;

/** The till's place in its numbers. Kept on the disk: a number is written as used before it is used. */
export interface VoucherNumbers {
  readonly batchNo: BatchNo;
  /** The last voucher number taken in this batch; 0 before the first. */
  readonly lastVoucherNo: number;
  /** Local day on which the batch was begun, `2026-03-31`. */
  readonly openedOn: string;
}

export interface TakenVoucher {
  readonly batchNo: BatchNo;
  readonly voucherNo: VoucherNo;
  readonly next: VoucherNumbers;
}

/** A till that was just activated begins with the lowest batch the centre allows, so that no trace key is used twice. */
export function beginNumbers(batchNoMin: number, today: string): VoucherNumbers {
  return { batchNo: Math.max(1, batchNoMin) as BatchNo, lastVoucherNo: 0, openedOn: today };
}

/** @returns the next number and what to write before it is used; a full batch is followed by the next */
export function takeVoucher(numbers: VoucherNumbers, today: string): TakenVoucher {
  const open = numbers.lastVoucherNo >= NUMBER_MAX ? raiseBatch(numbers, today) : numbers;
  const voucherNo = (open.lastVoucherNo + 1) as VoucherNo;
  return { batchNo: open.batchNo, voucherNo, next: { ...open, lastVoucherNo: voucherNo } };
}

/** Ends the batch. An unused batch is kept and only gets today's date: numbers are not spent on quiet days. */
export function closeBatch(numbers: VoucherNumbers, today: string): VoucherNumbers {
  return numbers.lastVoucherNo === 0 ? { ...numbers, openedOn: today } : raiseBatch(numbers, today);
}

/** After the centre said that a number was used before (a copied or restored device): far from every number used here. */
export function leaveBatch(numbers: VoucherNumbers, batchNoMin: number, today: string): VoucherNumbers {
  const raised = raiseBatch(numbers, today);
  return { ...raised, batchNo: Math.max(raised.batchNo, batchNoMin) as BatchNo };
}

/** Whether the cashier should be asked to begin a new day. */
export function isFromEarlierDay(numbers: VoucherNumbers, today: string): boolean {
  return numbers.lastVoucherNo > 0 && numbers.openedOn !== today;
}

function raiseBatch({ batchNo }: VoucherNumbers, today: string): VoucherNumbers {
  if (batchNo >= NUMBER_MAX) throw new Error('This terminal has used all of its batch numbers.');
  return { batchNo: (batchNo + 1) as BatchNo, lastVoucherNo: 0, openedOn: today };
}
