import type { Contradiction } from '../../../shared/protocol/offline/chain.ts';

export type FoundContradiction = Contradiction | 'not-given';

/** What is wrong between two consents, in a line for lists. */
export const CONTRADICTION_TITLES: Readonly<Record<FoundContradiction, string>> = {
  'same-place': 'Two payments in one place',
  'same-predecessor': 'Two payments after the same one',
  'broken-join': 'A payment that does not go on from the one before',
  'sum-too-small': 'A payment that leaves others out of its sum',
  'not-given': 'A payment that the phone denied',
};

/** Why that cannot be of one phone that works as it should. */
export const CONTRADICTION_REASONS: Readonly<Record<FoundContradiction, string>> = {
  'same-place':
    'A phone numbers what it pays without network, and uses each number once. Here two different payments bear the same number.',
  'same-predecessor': 'Each payment names the one before it. Here two different payments name the same one.',
  'broken-join':
    'Each payment names the one before it. Here the second comes directly after the first by its number, and names another.',
  'sum-too-small':
    'Each payment says how much was spent so far. Here the later one says less than the earlier one had spent already.',
  'not-given':
    'Before the phone set money aside anew, it signed a list of all it had paid. This payment is not in the list, and the phone had signed it.',
};

/** What two contradicting consents say of the phone. */
export const WHAT_TWO_PROVE =
  'A phone whose storage was neither copied nor put back to an earlier state signs no such two. Both bear the signatures of the phone’s own key and of the customer’s passkey.';

/** What a list that leaves one out says of it. */
export const WHAT_A_LIST_PROVES =
  'A phone whose storage was neither copied nor put back to an earlier state signs no such list. The payment bears the signatures of the phone’s own key and of the customer’s passkey, the list that of the same key.';
