import type { RefusalCode } from '../../protocol/refusals.ts';
import type { RefusalMessage } from './refusal-message.ts';

/** Without network on either side. */
export const OFFLINE_REFUSALS_EN = {
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
} as const satisfies Partial<Record<RefusalCode, RefusalMessage>>;
