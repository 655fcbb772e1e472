/**
 * The one table of refusals. A code is for ever: apps, receipts, support and tests name it. A new code does not
 * compile until it has a row here and words in `shared/browser/i18n`.
 *
 * - `raisedBy`: who says it
 * - `meaning`: what happened, for developers and support
 * - `next`: what to do
 * - `status`: HTTP status, RFC 9457 problem
 * - `isFinal`: the same document will get this same answer for ever; otherwise it may be handed in again
 *
 * Whatever the code: a refusal has moved no money.
 */
interface RefusalRow {
  readonly raisedBy: 'edge' | 'ledger' | 'app' | 'any';
  readonly meaning: string;
  readonly next: string;
  readonly status: number;
  readonly isFinal: boolean;
}

function row(
  raisedBy: RefusalRow['raisedBy'],
  status: number,
  isFinal: boolean,
  meaning: string,
  next: string,
): RefusalRow {
  return { raisedBy, status, isFinal, meaning, next };
}

export const REFUSALS = {
  // The call itself
  malformed: row('edge', 400, false, 'The body is not what this address takes.', 'Correct the call; see the API page.'),
  body_too_large: row('edge', 413, false, 'The body is larger than any honest one.', 'Send less.'),
  media_type_unsupported: row('edge', 415, false, 'The body is not JSON.', 'Send application/json.'),
  not_found: row('edge', 404, false, 'Nothing is there, or it is not yours to see.', 'Check the address.'),
  method_not_allowed: row('edge', 405, false, 'The address does not take this method.', 'See the API page.'),
  not_signed_in: row('edge', 401, false, 'No valid session.', 'Sign in.'),
  forbidden: row('edge', 403, false, 'The session may not do this.', 'Ask who may.'),
  origin_refused: row('edge', 403, false, 'The call came from another web site.', 'Open the app itself.'),
  rate_limited: row('edge', 429, false, 'Too many tries.', 'Wait a minute.'),
  unavailable: row('edge', 503, false, 'The centre cannot answer now.', 'Try the same again; it is safe.'),
  programme_missing: row('edge', 503, false, 'No programme has been set up here yet.', 'Set it up in the console.'),
  internal: row('edge', 500, false, 'A fault of the centre.', 'Try the same again; it is safe.'),

  // Documents
  document_malformed: row('any', 400, true, 'Not a well-formed document in canonical form.', 'Make it anew.'),
  signature_invalid: row('any', 422, true, 'A signature does not verify.', 'Make it anew.'),
  certificate_invalid: row('any', 422, true, 'A certificate is not signed by this centre.', 'Renew it online.'),
  certificate_expired: row('any', 422, true, 'A certificate is outside its validity.', 'Renew it online.'),
  certificate_revoked: row('any', 422, true, 'A certificate was withdrawn.', 'Ask the programme.'),
  programme_mismatch: row('any', 422, true, 'The document belongs to another programme.', 'Use the right app.'),

  // Codes
  code_unreadable: row('app', 422, true, 'The text is not a code of this system.', 'Scan the code on the till.'),
  code_tampered: row('app', 422, true, 'The seal of the code is broken.', 'Ask for a new code.'),
  content_key_unknown: row('app', 422, false, 'The key of the day is not on this device.', 'Go online once.'),

  // Twin codes and pay codes
  twin_code_incomplete: row('any', 422, true, 'Only one of the two codes was seen.', 'Scan until both were seen.'),
  twin_code_mixed: row('any', 422, true, 'The two codes are of different showings.', 'Scan again.'),
  twin_code_window: row('any', 422, true, 'The two codes were made too far apart.', 'Show a fresh code.'),
  twin_code_stale: row('any', 422, true, 'A code was captured too long after it was made.', 'Show a fresh code.'),
  twin_code_spent: row('ledger', 409, true, 'This showing was accepted already.', 'Show a fresh code.'),
  check_value_invalid: row('any', 422, true, 'The check values of the codes do not hold.', 'Show a fresh code.'),
  capture_mismatch: row('edge', 422, true, 'The terminal signed for another pair of codes.', 'Scan again.'),
  pay_code_used: row('ledger', 409, true, 'The pay code paid something else already.', 'Show a fresh code.'),
  pay_code_cancelled: row('ledger', 409, true, 'The customer took the pay code back.', 'Show a fresh code.'),
  pay_code_expired: row('any', 409, true, 'The pay code is older than it may be.', 'Show a fresh code.'),
  pay_code_cap_exceeded: row(
    'ledger',
    422,
    true,
    "The amount is above the pay code's cap, and the wallet is not online to be asked.",
    'Raise the cap, or scan the code on the till.',
  ),
  step_up_unreachable: row(
    'ledger',
    422,
    true,
    'The amount needs the passkey on it, and the wallet is not online to be asked.',
    'Scan the code on the till.',
  ),
  account_slowed: row('ledger', 429, false, 'Too many refused tries against this account.', 'Wait, then try again.'),

  // The terminal's request
  request_expired: row('any', 409, true, 'The request is older than it may be.', 'Ask for a new code.'),
  clock_off: row(
    'any',
    422,
    true,
    "The time in the document is too far from the centre's.",
    'Go online to set the clock.',
  ),
  trans_type_unsupported: row('ledger', 422, true, 'This kind of transaction is not offered.', 'Use another.'),
  amount_out_of_bounds: row('any', 422, true, 'The amount is above what the programme allows.', 'Split or lower it.'),
  currency_mismatch: row('any', 422, true, 'The document is in another currency.', 'Renew the certificate.'),
  merchant_unknown: row('ledger', 422, true, 'The merchant is not of this participant.', 'Ask the programme.'),
  merchant_closed: row('ledger', 422, true, 'The merchant is closed.', 'Ask the programme.'),
  terminal_unknown: row('ledger', 422, true, 'The terminal is not enrolled.', 'Activate the till.'),
  terminal_closed: row('ledger', 422, true, 'The terminal was closed or replaced.', 'Activate the till anew.'),
  operator_unknown: row('ledger', 422, true, 'The operator is not known at this merchant.', 'Sign in as a cashier.'),
  voucher_reused: row(
    'ledger',
    409,
    true,
    'The trace key was used with other content.',
    'Take the next voucher number.',
  ),

  // The payer's authorisation
  request_unknown: row(
    'ledger',
    409,
    false,
    'The till has not handed this request in.',
    'Wait a moment and try again.',
  ),
  request_mismatch: row(
    'ledger',
    409,
    true,
    'The request differs from what the till handed in.',
    'Ask for a new code.',
  ),
  request_cancelled: row('ledger', 409, true, 'The shop withdrew the request.', 'Ask for a new code.'),
  already_paid: row(
    'ledger',
    409,
    true,
    'The request is paid already, by another authorisation.',
    'Look at the receipt.',
  ),
  amount_mismatch: row('any', 422, true, 'The amount authorised is not the amount requested.', 'Ask for a new code.'),
  authorisation_expired: row('any', 409, true, 'The authorisation came too late.', 'Scan again.'),
  passkey_invalid: row('any', 422, true, "The passkey's signature does not fit the payment.", 'Confirm again.'),
  user_not_verified: row(
    'any',
    422,
    true,
    'The passkey did not verify the person.',
    'Set up a screen lock or biometrics.',
  ),
  account_unknown: row('ledger', 422, true, 'The account is not of this participant.', 'Ask the programme.'),
  account_frozen: row('ledger', 422, true, 'The account is frozen.', 'Ask the programme.'),
  insufficient_balance: row(
    'ledger',
    422,
    true,
    'There is not enough money on the account.',
    'Top up or use another card.',
  ),
  ledger_halted: row('ledger', 503, false, 'The books failed a check and take no postings.', 'Ask the programme.'),

  // Without network on either side
  offline_not_agreed: row(
    'app',
    409,
    false,
    'The shop has not switched on payments without network.',
    'Go online, or use another way.',
  ),
  allowance_missing: row(
    'any',
    422,
    true,
    'The phone has set nothing aside for paying without network.',
    'Go online, or use another way.',
  ),
  allowance_expired: row(
    'any',
    409,
    true,
    'The allowance had ended when the consent was given.',
    'Go online to renew it.',
  ),
  allowance_exceeded: row(
    'any',
    422,
    true,
    'The payment is above what the allowance has left, or allows at once.',
    'Go online, or pay less.',
  ),
  allowance_revoked: row('any', 422, true, 'The allowance was withdrawn.', 'Ask the programme.'),
  chain_broken: row(
    'any',
    422,
    true,
    'The consent does not go on from those given before.',
    'Go online, or use another way.',
  ),
  revocations_stale: row('app', 409, false, 'The till has been without network for too long.', 'Go online once.'),
  till_limit_reached: row(
    'app',
    409,
    false,
    'The till has taken as much without network as it may.',
    'Go online once.',
  ),
  acceptance_mismatch: row('any', 422, true, "The till's acceptance is for another consent.", 'Scan the right code.'),
  double_spent: row(
    'ledger',
    409,
    false,
    'The same place of the allowance was spent twice, and no guarantee covers this payment.',
    'Ask the programme.',
  ),
  claim_late: row(
    'ledger',
    409,
    true,
    'The payment came in after the claim window, and the account does not cover it.',
    'Ask the programme.',
  ),
  allowance_unknown: row('ledger', 422, true, 'No such allowance was granted.', 'Go online to renew it.'),
  closing_mismatch: row('ledger', 409, true, 'The allowance was closed with another statement.', 'Ask the programme.'),
  rehearsal_missing: row(
    'edge',
    409,
    false,
    'The phone has not shown yet that it can sign without a network.',
    'Switch on offline payments in the settings.',
  ),
  terms_mismatch: row(
    'edge',
    409,
    false,
    'The document names another edition of the terms than the one in force.',
    'Open the app anew, and agree again.',
  ),
  allowance_unaffordable: row(
    'ledger',
    409,
    false,
    'There is not enough money on the account to set any aside.',
    'Top up.',
  ),
  evidence_insufficient: row('any', 422, true, 'The documents prove no double spending.', 'Check the file.'),

  // Enrolment and sign-in
  activation_code_invalid: row(
    'edge',
    422,
    false,
    'The activation code is wrong, used or too old.',
    'Ask for a new one.',
  ),
  enrolment_code_invalid: row(
    'edge',
    422,
    false,
    "The cashier's code is wrong, used or too old.",
    'Ask for a new one.',
  ),
  claim_code_invalid: row('edge', 422, false, "The card's code is wrong, used or too old.", 'Ask for a new one.'),
  setup_code_invalid: row('edge', 422, false, 'The setup code is wrong.', 'Take the one printed at start.'),
  already_claimed: row('edge', 409, false, 'The console has an owner already.', 'Sign in.'),
  ceremony_expired: row('edge', 409, false, 'The sign-in took too long or was answered twice.', 'Start again.'),
  passkey_unknown: row('edge', 422, false, 'This passkey is not registered here.', 'Use another, or register.'),
  passkey_exists: row('edge', 409, false, 'This passkey is registered already.', 'Sign in.'),
  already_exists: row('edge', 409, false, 'Something with this number or name exists already.', 'Choose another.'),
  limit_reached: row('edge', 409, false, 'There are as many of these as there may be.', 'Remove one first.'),

  // On the device
  passkey_cancelled: row('app', 400, false, 'The person closed the passkey dialogue.', 'Try again.'),
  passkey_unavailable: row('app', 400, false, 'The device offers no passkey here.', 'Set up a screen lock.'),
  passkey_timeout: row('app', 400, false, 'The passkey dialogue timed out.', 'Try again.'),
  no_network: row('app', 503, false, 'The centre did not answer in time.', 'Try again; it is safe.'),
  storage_failed: row('app', 507, false, 'The device could not store the document.', 'Free some space.'),
  camera_denied: row('app', 403, false, 'The camera may not be used.', 'Allow it, or use another way.'),
  camera_missing: row('app', 404, false, 'There is no camera.', 'Use another way.'),
  camera_busy: row('app', 409, false, 'Another app uses the camera.', 'Close it.'),
  screen_denied: row('app', 403, false, 'The screen may not be read.', 'Allow it, or use another way.'),
  image_without_code: row('app', 422, false, 'There is no code in the picture.', 'Choose another.'),
  not_activated: row('app', 409, false, 'The till has not been activated.', 'Enter its activation code.'),
} as const satisfies Record<string, RefusalRow>;

export type RefusalCode = keyof typeof REFUSALS;

export const REFUSAL_CODES = Object.keys(REFUSALS) as readonly RefusalCode[];

export function isRefusalCode(text: string): text is RefusalCode {
  return Object.hasOwn(REFUSALS, text);
}
