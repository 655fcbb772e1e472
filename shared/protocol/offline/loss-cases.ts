/**
 * What can go wrong when nobody has a network, in the order both apps tell it. Each tells it in the words of who reads it; a
 * case more or less, or another bearer, is a new `TERMS_VERSION`.
 *
 * `honest` nothing does · `copied` the phone was, and spent twice · `rules` the till broke one · `late` after the claim window ·
 * `stolen` the phone, unlocked · `till` it is lost before it hands in · `centre` it makes a mistake
 */
export const LOSS_CASES = ['honest', 'copied', 'rules', 'late', 'stolen', 'till', 'centre'] as const;
