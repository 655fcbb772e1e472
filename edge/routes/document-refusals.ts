/** What a document that a terminal signed may be refused for, whatever it says. */
export const OF_A_TERMINALS_DOCUMENT = [
  'document_malformed',
  'certificate_invalid',
  'certificate_expired',
  'programme_mismatch',
  'signature_invalid',
  'terminal_unknown',
] as const;

/** What a terminal's request may be refused for when it is handed in. */
export const OF_A_SUBMISSION = [
  ...OF_A_TERMINALS_DOCUMENT,
  'clock_off',
  'request_expired',
  'merchant_unknown',
  'merchant_closed',
  'terminal_closed',
  'operator_unknown',
  'trans_type_unsupported',
  'amount_out_of_bounds',
  'voucher_reused',
  'ledger_halted',
] as const;
