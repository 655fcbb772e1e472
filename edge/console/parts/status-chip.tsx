/** A state in one word, told by shape as well as by colour. */
const STATES = {
  open: ['Open', 'paid'],
  closed: ['Closed', 'plain'],
  frozen: ['Frozen', 'not-paid'],
  paid: ['Paid', 'paid'],
  waiting: ['Waiting', 'unknown'],
  cancelled: ['Withdrawn', 'plain'],
  expired: ['Ran out', 'plain'],
  refused: ['Refused', 'not-paid'],
  active: ['Active', 'paid'],
  ready: ['Activated', 'paid'],
  unactivated: ['Not activated', 'unknown'],
  enrolled: ['Has a passkey', 'paid'],
  unenrolled: ['No passkey yet', 'unknown'],
  announced: ['Announced', 'unknown'],
  retired: ['Retired', 'plain'],
  revoked: ['Revoked', 'plain'],
  'in-use': ['In use', 'paid'],
  claimable: ['Ended, may come in', 'unknown'],
  withdrawn: ['Withdrawn', 'not-paid'],
  guaranteed: ['Paid by guarantee', 'unknown'],
} as const;

export type ChipState = keyof typeof STATES;

export function StatusChip({ state }: { state: ChipState }) {
  const [word, look] = STATES[state];
  return <span class={`status ${look}`}>{word}</span>;
}
