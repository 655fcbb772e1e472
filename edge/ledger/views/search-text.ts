/** What someone looking for a payment typed. */
export type SearchText =
  /** Four digits: the end of the card's number. */
  | { readonly kind: 'card-ending'; readonly ending: string }
  /** A trace key or its beginning, down to a piece of a terminal id. */
  | {
      readonly kind: 'trace-key';
      readonly terminalIdPrefix: string;
      /** Inclusive bounds; the whole range where nothing was typed. */
      readonly batchNos: readonly [number, number];
      readonly voucherNos: readonly [number, number];
    };

const CARD_ENDING = /^[0-9]{4}$/;
const TRACE_KEY_START = /^([A-Z0-9]{1,8})(?:-([0-9]{0,6}))?(?:-([0-9]{0,6}))?$/;

/** @returns undefined for what can be neither */
export function parseSearchText(typed: string): SearchText | undefined {
  const text = typed.trim().toUpperCase();
  if (CARD_ENDING.test(text)) return { kind: 'card-ending', ending: text };
  const match = TRACE_KEY_START.exec(text);
  if (!match) return undefined;
  const [, terminalIdPrefix = '', batchNo = '', voucherNo = ''] = match;
  // Only a whole terminal id has a batch behind it, only a whole batch number a voucher.
  if (match[2] !== undefined && terminalIdPrefix.length !== 8) return undefined;
  if (match[3] !== undefined && batchNo.length !== 6) return undefined;
  return { kind: 'trace-key', terminalIdPrefix, batchNos: spanOf(batchNo), voucherNos: spanOf(voucherNo) };
}

/** `0012` stands for all six-digit numbers that begin so: 1200 to 1299. */
function spanOf(digits: string): [number, number] {
  return [Number(digits.padEnd(6, '0')), Number(digits.padEnd(6, '9'))];
}
