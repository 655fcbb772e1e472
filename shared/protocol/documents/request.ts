import * as v from 'valibot';
import { AmountMinor } from '../amount.ts';
import { BOUNDS } from '../bounds.ts';
import { BatchNo, OperatorNo, VoucherNo } from '../identifiers.ts';
import { TransTypeNumber } from '../trans-type.ts';
import { defineDocument } from './document.ts';
import { bytesOf, Hash, Nonce, TimeMs, TimeSeconds } from './fields.ts';

/**
 * What a terminal asks for. Merchant, terminal, acquirer, programme and currency are those of its certificate, to which
 * the request is bound by `certificate`; together they are the eight fields of R1.1.
 */
export const PaymentRequest = defineDocument('tandem/request/v1', {
  /** The first 16 bytes of the terminal certificate's content hash. */
  certificate: [1, bytesOf(16)],
  operatorNo: [2, OperatorNo],
  transType: [3, TransTypeNumber],
  batchNo: [4, BatchNo],
  voucherNo: [5, VoucherNo],
  amountMinor: [6, AmountMinor],
  requestedAtSeconds: [7, TimeSeconds],
  validForSeconds: [8, v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(BOUNDS.requestValidSecondsMax))],
  /** Makes the payer's passkey challenge fresh; chosen by the payee's side, remembered until used. */
  nonce: [9, Nonce],
});

/** The terminal takes its request back: from then on it cannot be paid. */
export const RequestCancellation = defineDocument('tandem/request-cancellation/v1', {
  requestHash: [1, Hash],
  batchNo: [2, BatchNo],
  voucherNo: [3, VoucherNo],
  cancelledAtMs: [4, TimeMs],
});
