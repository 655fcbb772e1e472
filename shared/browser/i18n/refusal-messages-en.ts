import type { RefusalCode } from '../../protocol/refusals.ts';
import { CODE_REFUSALS_EN } from './code-refusals-en.ts';
import { OFFLINE_REFUSALS_EN } from './offline-refusals-en.ts';
import type { RefusalMessage } from './refusal-message.ts';

/**
 * Words for every refusal, plain enough to be read out by a child. Total over the table of codes: a new code does not
 * compile until it has words. None of them may leave open whether money has moved: a refusal has moved none.
 */
export const REFUSAL_MESSAGES_EN: Readonly<Record<RefusalCode, RefusalMessage>> = {
  ...CODE_REFUSALS_EN,
  ...OFFLINE_REFUSALS_EN,

  // The call itself
  malformed: { text: 'Something was not filled in right.', next: 'Check it and try again.' },
  body_too_large: { text: 'That is too much at once.', next: 'Try with less.' },
  media_type_unsupported: { text: 'This app is too old.', next: 'Close it and open it again.' },
  not_found: { text: 'We could not find that.', next: 'Go back and try again.' },
  method_not_allowed: { text: 'This app is too old.', next: 'Close it and open it again.' },
  not_signed_in: { text: 'You are signed out.', next: 'Sign in and try again.' },
  forbidden: { text: 'You may not do this.', next: 'Ask someone who may.' },
  origin_refused: { text: 'This came from another web site.', next: 'Open the app itself and try again.' },
  rate_limited: { text: 'Too many tries.', next: 'Wait a minute, then try again.' },
  unavailable: { text: 'The centre is busy.', next: 'Try again. It is safe.' },
  programme_missing: {
    text: 'This programme is not set up yet.',
    next: 'Try again later.',
    cashier: { text: 'This programme is not set up yet.', next: 'Whoever runs it sets it up in the console first.' },
  },
  internal: { text: 'Something went wrong on our side.', next: 'Try again. It is safe.' },

  // The terminal's request
  request_expired: {
    text: 'This code is too old.',
    next: 'Ask for a new one.',
    cashier: { text: 'The customer’s time ran out.', next: 'Start again with a new code.' },
  },
  clock_off: { text: 'The clock of this device is wrong.', next: 'Go online, then try again.' },
  trans_type_unsupported: { text: 'This cannot be done here.', next: 'Choose something else.' },
  amount_out_of_bounds: {
    text: 'This is more than one payment may be.',
    next: 'Ask for a smaller amount.',
    cashier: { text: 'This is more than one payment may be.', next: 'Key a smaller amount.' },
  },
  currency_mismatch: { text: 'This is in other money.', next: 'Ask the shop.' },
  merchant_unknown: {
    text: 'This shop is not known.',
    next: 'Do not pay with this code.',
    cashier: { text: 'This shop is not known to the programme.', next: 'Ask the programme.' },
  },
  merchant_closed: {
    text: 'This shop cannot take payments now.',
    next: 'Ask the shop.',
    cashier: { text: 'This shop cannot take payments now.', next: 'Ask the programme.' },
  },
  terminal_unknown: {
    text: 'This till is not known.',
    next: 'Do not pay with this code.',
    cashier: { text: 'This till is no longer known here.', next: 'Set it up again.' },
  },
  terminal_closed: {
    text: 'This till has been switched off.',
    next: 'Ask for another till.',
    cashier: { text: 'This till has been switched off.', next: 'Ask for a new activation code.' },
  },
  operator_unknown: {
    text: 'This cashier is not known.',
    next: 'Ask the shop.',
    cashier: { text: 'You are not a cashier of this shop.', next: 'Sign in again.' },
  },
  voucher_reused: {
    text: 'This code was used before.',
    next: 'Ask for a new one.',
    cashier: { text: 'This number was used before.', next: 'Start again with a new code.' },
  },

  // The payer's authorisation
  request_unknown: { text: 'The till is not ready yet.', next: 'Wait a moment and try again.' },
  request_mismatch: {
    text: 'The till asked for something else.',
    next: 'Ask for a new code.',
    cashier: { text: 'The code did not fit this sale.', next: 'Start again with a new code.' },
  },
  request_cancelled: {
    text: 'The shop stopped this payment.',
    next: 'Ask for a new code.',
    cashier: { text: 'This sale was stopped.', next: 'Start again.' },
  },
  already_paid: {
    text: 'Someone has paid this already.',
    next: 'You have not been charged.',
    cashier: { text: 'This was paid already.', next: 'Look at its receipt.' },
  },
  amount_mismatch: {
    text: 'The amount has changed.',
    next: 'Ask for a new code.',
    cashier: { text: 'The amount has changed.', next: 'Start again with a new code.' },
  },
  authorisation_expired: {
    text: 'That took too long.',
    next: 'Scan the code again.',
    cashier: { text: 'The customer’s time ran out.', next: 'Start again with a new code.' },
  },
  passkey_invalid: { text: 'Your passkey did not fit this payment.', next: 'Try once more.' },
  user_not_verified: { text: 'Your phone did not check that it is you.', next: 'Set a screen lock, then try again.' },
  account_unknown: {
    text: 'This card is not known.',
    next: 'Use another card.',
    cashier: { text: 'The customer’s card is not known.', next: 'Ask for another card.' },
  },
  account_frozen: {
    text: 'This card is stopped.',
    next: 'Use another card, or ask the programme.',
    cashier: { text: 'The customer’s card is stopped.', next: 'Ask for another card.' },
  },
  insufficient_balance: {
    text: 'Not enough money on this card.',
    next: 'Add money, or use another card.',
    cashier: { text: 'Not enough money on the customer’s card.', next: 'Ask for another card.' },
  },
  ledger_halted: { text: 'Payments are stopped for a check.', next: 'Ask the programme.' },

  // Enrolment and sign-in
  activation_code_invalid: { text: 'This activation code does not work.', next: 'Check it, or ask for a new one.' },
  enrolment_code_invalid: { text: 'This cashier code does not work.', next: 'Check it, or ask for a new one.' },
  claim_code_invalid: { text: 'This card code does not work.', next: 'Check it, or ask for a new one.' },
  setup_code_invalid: { text: 'This setup code is not right.', next: 'Use the one shown at the start.' },
  already_claimed: { text: 'This has an owner already.', next: 'Sign in instead.' },
  ceremony_expired: { text: 'That took too long.', next: 'Start again.' },
  passkey_unknown: {
    text: 'This passkey is not known here.',
    next: 'Use another one, or sign up.',
    cashier: { text: 'This passkey is not known here.', next: 'Use another one, or make one on this till.' },
  },
  passkey_exists: { text: 'You have a passkey here already.', next: 'Sign in with it.' },
  already_exists: { text: 'That is there already.', next: 'Choose another name or number.' },
  limit_reached: { text: 'You have as many of these as you may.', next: 'Remove one first.' },

  // On the device
  passkey_cancelled: { text: 'You did not confirm.', next: 'Try again when you are ready.' },
  passkey_unavailable: {
    text: 'This device has no passkey to use here.',
    next: 'Set a screen lock, or use another device.',
  },
  passkey_timeout: { text: 'That took too long.', next: 'Try again.' },
  no_network: { text: 'No network.', next: 'Try again in a moment. It is safe.' },
  storage_failed: { text: 'This device could not save it.', next: 'Free some space, then try again.' },
  camera_denied: {
    text: 'The camera is not allowed.',
    next: 'Allow it in your browser’s settings, or use another way below.',
  },
  camera_missing: { text: 'There is no camera here.', next: 'Use another way below.' },
  camera_busy: { text: 'Another app is using the camera.', next: 'Close it and try again, or use another way below.' },
  screen_denied: { text: 'The screen could not be read.', next: 'Try again, or use another way below.' },
  image_without_code: { text: 'There is no code in this picture.', next: 'Choose another, or come closer.' },
  not_activated: { text: 'This till is not set up yet.', next: 'Enter its activation code.' },
};
