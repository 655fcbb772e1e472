import type { RefusalCode } from '../../protocol/refusals.ts';

/** What happened in one sentence, what to do in another. A customer's words; a cashier's where they differ. */
export interface RefusalMessage {
  readonly text: string;
  readonly next: string;
  readonly cashier?: { readonly text: string; readonly next: string };
}

/**
 * Words for every refusal, plain enough to be read out by a child. Total over the table of codes: a new code does not
 * compile until it has words. None of them may leave open whether money has moved: a refusal has moved none.
 */
export const REFUSAL_MESSAGES_EN: Readonly<Record<RefusalCode, RefusalMessage>> = {
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

  // Without network on either side
  offline_not_agreed: {
    text: 'This shop takes nothing without a network.',
    next: 'Pay another way, or wait for the network.',
    cashier: { text: 'There is no network, and selling without one is off.', next: 'Switch it on in the settings.' },
  },
  allowance_missing: {
    text: 'Nothing is set aside on this phone for paying without a network.',
    next: 'Go online once and switch it on in the settings.',
    cashier: { text: 'This phone cannot pay without a network.', next: 'Wait for the network, or take another way.' },
  },
  allowance_expired: {
    text: 'What you set aside for paying without a network has run out.',
    next: 'Go online once.',
    cashier: { text: 'The customer’s phone has been offline for too long.', next: 'Take another way.' },
  },
  allowance_exceeded: {
    text: 'That is more than you can pay without a network.',
    next: 'Pay less, or go online.',
    cashier: { text: 'That is more than this customer can pay without a network.', next: 'Take less, or another way.' },
  },
  allowance_revoked: {
    text: 'Paying without a network was switched off for this phone.',
    next: 'Ask the programme.',
    cashier: { text: 'The programme has blocked this phone.', next: 'Do not hand over the goods. Take another way.' },
  },
  chain_broken: {
    text: 'This phone’s payments do not fit together.',
    next: 'Go online once.',
    cashier: {
      text: 'This phone’s payments do not fit together.',
      next: 'Do not hand over the goods. Take another way.',
    },
  },
  revocations_stale: {
    text: 'This till has been offline for too long.',
    next: 'Pay another way.',
    cashier: { text: 'This till has been offline for too long.', next: 'Go online once.' },
  },
  till_limit_reached: {
    text: 'This till can take no more without a network.',
    next: 'Pay less, or another way.',
    cashier: { text: 'This till can take no more without a network.', next: 'Go online once, or take less.' },
  },
  acceptance_mismatch: { text: 'This code is for another payment.', next: 'Scan the code on the till again.' },
  double_spent: {
    text: 'The same money was spent twice.',
    next: 'Ask the programme.',
    cashier: { text: 'The customer’s phone spent the same money twice.', next: 'Ask the programme.' },
  },
  claim_late: {
    text: 'The shop handed this payment in too late.',
    next: 'Nothing was taken from your card.',
    cashier: { text: 'This payment was handed in too late.', next: 'Ask the programme.' },
  },
  allowance_unknown: { text: 'This phone’s allowance is not known.', next: 'Go online once.' },
  closing_mismatch: { text: 'This phone’s payments do not fit together.', next: 'Ask the programme.' },
  rehearsal_missing: {
    text: 'This phone has not tried yet to confirm without a network.',
    next: 'Switch on paying without a network in the settings.',
  },
  terms_mismatch: {
    text: 'The terms have changed.',
    next: 'Close the app, open it again, and switch on paying without a network anew.',
  },
  allowance_unaffordable: { text: 'There is too little on your card to set any aside.', next: 'Top up your card.' },
  evidence_insufficient: { text: 'These documents prove nothing.', next: 'Check the file.' },

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
