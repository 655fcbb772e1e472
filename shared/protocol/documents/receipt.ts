import * as v from 'valibot';
import { AmountMinor } from '../amount.ts';
import { CurrencyCode } from '../currency.ts';
import {
  BatchNo,
  MerchantNo,
  OperatorNo,
  ParticipantCode,
  ProgrammeId,
  TerminalId,
  VoucherNo,
} from '../identifiers.ts';
import { REFUSAL_CODES, type RefusalCode } from '../refusals.ts';
import { TransTypeNumber } from '../trans-type.ts';
import { type DocumentContent, defineCentreDocument } from './document.ts';
import { CurrencyExponent, Hash, ShopName, TimeMs } from './fields.ts';

export const RECEIPT_STATUSES = { paid: 1, refused: 2 } as const;

/**
 * The centre's signed word on how a payment, or an attempt at one, ended. Whoever holds the centre's public key can check it.
 * It is made again from the books, byte for byte, whenever it is asked for.
 */
export const Receipt = defineCentreDocument('tandem/receipt/v1', {
  programme: [1, ProgrammeId],
  status: [2, v.picklist(Object.values(RECEIPT_STATUSES))],
  /** Why it was refused; absent when paid. */
  refusal: [3, v.optional(v.picklist(REFUSAL_CODES as [RefusalCode, ...RefusalCode[]]))],
  merchantNo: [4, MerchantNo],
  terminalId: [5, TerminalId],
  operatorNo: [6, OperatorNo],
  acquirer: [7, ParticipantCode],
  transType: [8, TransTypeNumber],
  batchNo: [9, BatchNo],
  voucherNo: [10, VoucherNo],
  amountMinor: [11, AmountMinor],
  currency: [12, CurrencyCode],
  exponent: [13, CurrencyExponent],
  shopName: [14, ShopName],
  requestHash: [15, Hash],
  authorisationHash: [16, Hash],
  issuer: [17, ParticipantCode],
  /** The last four digits of the card's account number; absent from a refusal where no card of the issuer was proven. */
  cardEnding: [18, v.optional(v.pipe(v.string(), v.regex(/^[0-9]{4}$/)))],
  /** Place in the issuer's journal, and the hash of the entry before it: two receipts prove their order. */
  sequence: [19, v.pipe(v.number(), v.safeInteger(), v.minValue(1))],
  previousHash: [20, Hash],
  decidedAtMs: [21, TimeMs],
});
export type ReceiptContent = DocumentContent<(typeof Receipt)['fields']>;
