import * as v from 'valibot';

/** The kinds of transaction, and their number in documents. */
export const TRANS_TYPES = { sale: 1, refund: 2, void: 3, 'top-up': 4, payout: 5 } as const;
export type TransType = keyof typeof TRANS_TYPES;

export const TransTypeNumber = v.picklist(Object.values(TRANS_TYPES));
export type TransTypeNumber = v.InferOutput<typeof TransTypeNumber>;

export function nameOfTransType(value: TransTypeNumber): TransType {
  return (Object.keys(TRANS_TYPES) as TransType[]).find((name) => TRANS_TYPES[name] === value)!;
}
