import type { RefusalCode } from '../../protocol/refusals.ts';
import type { RefusalMessage } from './refusal-message.ts';

/** What may be wrong with what was scanned: documents, codes, pairs of codes. */
export const CODE_REFUSALS_EN = {
  // Documents
  document_malformed: {
    text: 'This payment could not be read.',
    next: 'Ask for a new code.',
    cashier: { text: 'This payment could not be read.', next: 'Start again with a new code.' },
  },
  signature_invalid: {
    text: 'This code was not made by a real till.',
    next: 'Do not pay. Ask for a new code.',
    cashier: { text: 'The proof of this payment is not right.', next: 'Start again with a new code.' },
  },
  certificate_invalid: {
    text: 'This shop could not be checked.',
    next: 'Do not pay with this code.',
    cashier: { text: 'This till is no longer known here.', next: 'Set it up again.' },
  },
  certificate_expired: { text: 'This device has been offline for too long.', next: 'Go online once, then try again.' },
  certificate_revoked: { text: 'This device has been switched off by the programme.', next: 'Ask the programme.' },
  programme_mismatch: {
    text: 'This code belongs to another programme.',
    next: 'Use the app of that programme.',
    cashier: { text: 'This customer’s card is of another programme.', next: 'Ask for a card of this programme.' },
  },

  // Codes
  code_unreadable: {
    text: 'This is not a payment code.',
    next: 'Scan the code on the till.',
    cashier: { text: 'This is not a customer’s code.', next: 'Scan the code in the customer’s wallet.' },
  },
  code_tampered: { text: 'Someone changed this code.', next: 'Do not pay. Ask for a new code.' },
  content_key_unknown: { text: 'This device has been offline for too long.', next: 'Go online once, then scan again.' },

  // Twin codes and pay codes
  twin_code_incomplete: {
    text: 'The shop saw only one of your two codes.',
    next: 'Hold your phone still and let them scan again.',
    cashier: { text: 'Only one of the two codes was seen.', next: 'Hold the camera on it until both are in.' },
  },
  twin_code_mixed: {
    text: 'The shop saw two codes that do not belong together.',
    next: 'Let them scan again.',
    cashier: { text: 'These two codes do not belong together.', next: 'Scan the customer’s phone again.' },
  },
  twin_code_window: {
    text: 'The two codes were made too far apart.',
    next: 'Show a fresh code.',
    cashier: { text: 'These two codes do not belong together.', next: 'Ask the customer for a fresh code.' },
  },
  twin_code_stale: {
    text: 'That code was too old.',
    next: 'Show a fresh code.',
    cashier: { text: 'This code is old, like a picture of one.', next: 'Scan the code that is on the phone now.' },
  },
  twin_code_spent: {
    text: 'That code was taken already.',
    next: 'Show a fresh code.',
    cashier: { text: 'This code was taken already.', next: 'Ask the customer for a fresh code.' },
  },
  check_value_invalid: {
    text: 'Your code could not be checked.',
    next: 'Show a fresh code.',
    cashier: { text: 'This code was not made by a real wallet.', next: 'Do not take it. Ask for a fresh code.' },
  },
  capture_mismatch: {
    text: 'The shop scanned something else.',
    next: 'Let them scan again.',
    cashier: { text: 'That scan was for another sale.', next: 'Scan the customer’s phone again.' },
  },
  pay_code_used: {
    text: 'That code has paid already.',
    next: 'Show a fresh code.',
    cashier: { text: 'This code has paid for something already.', next: 'Ask the customer for a fresh code.' },
  },
  pay_code_cancelled: {
    text: 'You took that code back.',
    next: 'Show a fresh code.',
    cashier: { text: 'The customer took this code back.', next: 'Ask the customer for a fresh code.' },
  },
  pay_code_expired: {
    text: 'That code was too old.',
    next: 'Show a fresh code.',
    cashier: { text: 'This code is too old.', next: 'Ask the customer for a fresh code.' },
  },
  pay_code_cap_exceeded: {
    text: 'This was more than you allowed.',
    next: 'Show a code for a higher amount.',
    cashier: {
      text: 'This is more than the customer allowed.',
      next: 'Ask for a code with a higher limit, or let them scan yours.',
    },
  },
  step_up_unreachable: {
    text: 'An amount like this needs you to confirm it.',
    next: 'Scan the code on the till.',
    cashier: { text: 'The customer must confirm this amount.', next: 'Show your code and let them scan it.' },
  },
  account_slowed: {
    text: 'Too many failed tries with this card.',
    next: 'Wait a little, then try again.',
    cashier: { text: 'Too many failed tries with this card.', next: 'Wait a little, then try again.' },
  },
} as const satisfies Partial<Record<RefusalCode, RefusalMessage>>;
