import { describe, expect, it } from 'vitest';
import type { AmountMinor } from '../../../../shared/protocol/amount.ts';
import { BOUNDS } from '../../../../shared/protocol/bounds.ts';
import {
  decideSettlement,
  type SettlementDecision,
  type SettlementFacts,
} from '../../../../shared/protocol/offline/decide-settlement.ts';

const ASKED = 1_795_000_000_000;
const REQUEST_END = ASKED + 120_000;
const ALLOWANCE_END = ASKED + 86_400_000;
const CLAIM_END = ALLOWANCE_END + 72 * 3_600_000;
const LATER = ASKED + 3_600_000;
const TOLERANCE_MS = BOUNDS.clockToleranceSeconds * 1000;

const requestHash = new Uint8Array(32).fill(1);
const authorisationHash = new Uint8Array(32).fill(2);
const otherHash = new Uint8Array(32).fill(3);
const waiting = { status: 'waiting', requestHash, amountMinor: 1_000, expiresAtMs: REQUEST_END } as const;

const facts: SettlementFacts = {
  state: waiting,
  requestHash,
  authorisationHash,
  requestedAtMs: ASKED,
  requestExpiresAtMs: REQUEST_END,
  wasAwaited: false,
  allowance: {
    serial: new Uint8Array(8).fill(7),
    limitMinor: 5_000 as AmountMinor,
    paymentMaxMinor: 2_500 as AmountMinor,
    countMax: 5,
    expiresAtMs: ALLOWANCE_END,
  },
  booked: { reservedMinor: 1_000, revokedInVersion: undefined, revokedAtMs: undefined, claimUntilMs: CLAIM_END },
  link: {
    allowance: new Uint8Array(8).fill(7),
    counter: 1,
    previous: otherHash,
    cumulativeMinor: 1_000 as AmountMinor,
    hash: authorisationHash,
    amountMinor: 1_000 as AmountMinor,
  },
  authorisedAtMs: ASKED + 5_000,
  contradiction: undefined,
  acceptance: undefined,
  merchant: 'open',
  terminal: 'open',
  account: 'open',
  isSameCurrency: true,
  availableMinor: 0,
  guaranteedMinor: 0,
  takenHereMinor: 0,
  settings: {
    tillPerAllowanceMinor: 2_500 as AmountMinor,
    tillTotalMinor: 50_000 as AmountMinor,
    tillAgeSeconds: 3_600,
  },
};

const booked = facts.booked!;
const acceptance = { acceptedAtMs: ASKED + 6_000, revocationVersion: 3, revocationsAtMs: ASKED };
const revoked = { ...booked, revokedInVersion: 4, revokedAtMs: ASKED };

/** `pays FROM`, `doubly pays FROM`, `repeats`, the refusal, or `doubly` with it. */
function say(decision: SettlementDecision): string {
  if (decision.kind === 'repeat') return 'repeats';
  const doubly = decision.isDoubleSpend ? 'doubly ' : '';
  return doubly + (decision.kind === 'pay' ? `pays ${decision.from}` : decision.code);
}

interface Row {
  readonly what: string;
  readonly changes: Partial<SettlementFacts>;
  readonly atMs?: number;
  readonly becomes: string;
}

/** In order of precedence: what stands above weighs more. */
const TABLE: readonly Row[] = [
  { what: 'of no request', changes: { state: { status: 'none' } }, becomes: 'request_unknown' },
  { what: 'of another request', changes: { requestHash: otherHash }, becomes: 'request_mismatch' },
  {
    what: 'again',
    changes: { state: { status: 'paid', requestHash, authorisationHash } },
    becomes: 'repeats',
  },
  {
    what: 'of a request that another consent has paid',
    changes: { state: { status: 'paid', requestHash, authorisationHash: otherHash } },
    becomes: 'already_paid',
  },
  {
    what: 'of a request taken back',
    changes: { state: { status: 'cancelled', requestHash } },
    becomes: 'request_cancelled',
  },
  {
    what: 'given after its request had ended',
    changes: { authorisedAtMs: REQUEST_END + TOLERANCE_MS + 1 },
    becomes: 'authorisation_expired',
  },
  {
    what: 'given before its request was made',
    changes: { authorisedAtMs: ASKED - TOLERANCE_MS - 1 },
    becomes: 'authorisation_expired',
  },
  {
    what: 'taken after its request had ended',
    changes: { acceptance: { ...acceptance, acceptedAtMs: REQUEST_END + TOLERANCE_MS + 1 } },
    becomes: 'authorisation_expired',
  },
  {
    what: 'late, by the phone alone, where the till was told that nobody paid',
    changes: { wasAwaited: true },
    atMs: LATER,
    becomes: 'request_expired',
  },
  { what: 'to a shop that is closed', changes: { merchant: 'closed' }, becomes: 'merchant_closed' },
  {
    what: 'for another amount than was asked',
    changes: { state: { ...waiting, amountMinor: 999 } },
    becomes: 'amount_mismatch',
  },
  { what: 'of no account', changes: { account: 'unknown' }, becomes: 'account_unknown' },
  { what: 'in another currency', changes: { isSameCurrency: false }, becomes: 'currency_mismatch' },
  { what: 'of a frozen account, by the phone alone', changes: { account: 'frozen' }, becomes: 'account_frozen' },
  { what: 'of an allowance that nobody granted', changes: { booked: undefined }, becomes: 'allowance_unknown' },
  {
    what: 'given after the allowance',
    changes: {
      authorisedAtMs: ALLOWANCE_END,
      requestedAtMs: ALLOWANCE_END,
      requestExpiresAtMs: ALLOWANCE_END + 120_000,
    },
    atMs: ALLOWANCE_END,
    becomes: 'allowance_expired',
  },
  {
    what: 'above the allowance',
    changes: { link: { ...facts.link, cumulativeMinor: 5_001 as AmountMinor } },
    becomes: 'allowance_exceeded',
  },
  {
    what: 'that contradicts another, by the phone alone',
    changes: { contradiction: 'same-place' },
    becomes: 'doubly double_spent',
  },
  {
    what: 'that contradicts another, taken by a till that kept its rules',
    changes: { contradiction: 'same-place', acceptance },
    becomes: 'doubly pays guarantee',
  },
  {
    what: 'by the phone alone, of an allowance that was withdrawn',
    changes: { booked: revoked },
    becomes: 'allowance_revoked',
  },
  { what: 'within what is set aside', changes: {}, becomes: 'pays reserve' },
];

/** Rows beside the order. */
const MORE: readonly Row[] = [
  { what: 'as early as clocks may be off', changes: { authorisedAtMs: ASKED - TOLERANCE_MS }, becomes: 'pays reserve' },
  {
    what: 'as late as clocks may be off',
    changes: { authorisedAtMs: REQUEST_END + TOLERANCE_MS },
    becomes: 'pays reserve',
  },
  {
    what: 'in the last moment of its request',
    changes: { wasAwaited: true },
    atMs: REQUEST_END,
    becomes: 'pays reserve',
  },
  { what: 'late, carried by the phone', changes: {}, atMs: LATER, becomes: 'pays reserve' },
  { what: 'late, taken by the till', changes: { wasAwaited: true, acceptance }, atMs: LATER, becomes: 'pays reserve' },
  {
    what: 'of a frozen account, taken by the till',
    changes: { account: 'frozen', acceptance },
    becomes: 'pays reserve',
  },
  { what: 'at a till that was closed since', changes: { terminal: 'closed' }, becomes: 'pays reserve' },
  {
    what: 'taken by the till before the withdrawal was on its list',
    changes: { booked: revoked, acceptance },
    becomes: 'pays reserve',
  },
  {
    what: 'taken by the till although its list had the withdrawal',
    changes: { booked: revoked, acceptance: { ...acceptance, revocationVersion: 4 } },
    becomes: 'allowance_revoked',
  },
  { what: 'at the end of the claim window', changes: {}, atMs: CLAIM_END, becomes: 'pays reserve' },
  { what: 'after the claim window', changes: {}, atMs: CLAIM_END + 1, becomes: 'claim_late' },
  {
    what: 'after the claim window, with money on the card',
    changes: { availableMinor: 1_000 },
    atMs: CLAIM_END + 1,
    becomes: 'pays available',
  },
  {
    what: 'after the claim window, with one too little on the card',
    changes: { availableMinor: 999 },
    atMs: CLAIM_END + 1,
    becomes: 'claim_late',
  },
  {
    what: 'after the claim window, taken by the till, of a frozen account with money',
    changes: { availableMinor: 1_000, acceptance, account: 'frozen' },
    atMs: CLAIM_END + 1,
    becomes: 'claim_late',
  },
  {
    what: 'above what is still set aside, with money on the card',
    changes: { booked: { ...booked, reservedMinor: 999 }, availableMinor: 1_000 },
    becomes: 'pays available',
  },
  {
    what: 'above what is still set aside, without',
    changes: { booked: { ...booked, reservedMinor: 999 }, availableMinor: 999 },
    becomes: 'doubly double_spent',
  },
  {
    what: 'above what is still set aside, taken by the till',
    changes: { booked: { ...booked, reservedMinor: 999 }, acceptance },
    becomes: 'doubly pays guarantee',
  },
  {
    what: 'that the wallet left out of its closing statement, taken by the till',
    changes: { contradiction: 'not-given', acceptance },
    becomes: 'doubly pays guarantee',
  },
];

describe('a consent out of an allowance that comes in', () => {
  it.each([...TABLE, ...MORE])('$what: $becomes', ({ changes, atMs, becomes }) => {
    expect(say(decideSettlement({ ...facts, ...changes }, atMs ?? ASKED + 10_000))).toBe(becomes);
  });

  it('is judged in this order: with two reasons the one that stands first is told', () => {
    for (const [index, { changes, atMs, becomes }] of TABLE.entries()) {
      for (const below of TABLE.slice(index + 1)) {
        const names = Object.keys(changes);
        if (Object.keys(below.changes).some((name) => names.includes(name))) continue;
        if (atMs !== undefined && below.atMs !== undefined) continue;
        // A reason that asks for the phone's word alone is none beside a till's.
        if (
          'acceptance' in below.changes &&
          say(decideSettlement({ ...facts, ...changes, ...below.changes }, LATER)) !== becomes
        )
          continue;
        const decision = decideSettlement(
          { ...facts, ...below.changes, ...changes },
          atMs ?? below.atMs ?? ASKED + 10_000,
        );
        expect(say(decision), `${becomes} beside ${below.becomes}`).toBe(becomes);
      }
    }
  });
});

describe('the guarantee pays a second spending', () => {
  const doubled = { ...facts, contradiction: 'same-place', acceptance } as const;
  const decide = (changes: Partial<SettlementFacts>) => say(decideSettlement({ ...doubled, ...changes }, LATER));

  it.each([
    ['up to the total of a till', { guaranteedMinor: 49_000 }, 'doubly pays guarantee'],
    ['and nothing above it', { guaranteedMinor: 49_001 }, 'doubly double_spent'],
    ['up to what a till may take out of one allowance', { takenHereMinor: 1_500 }, 'doubly pays guarantee'],
    ['and nothing above that', { takenHereMinor: 1_501 }, 'doubly double_spent'],
    [
      'up to the allowance itself, where that is less',
      { takenHereMinor: 1_000, allowance: { ...facts.allowance, limitMinor: 2_000 } },
      'doubly pays guarantee',
    ],
    [
      'and nothing above it',
      { takenHereMinor: 1_001, allowance: { ...facts.allowance, limitMinor: 2_000 } },
      'doubly double_spent',
    ],
    ['to a till that is open', { terminal: 'open' }, 'doubly pays guarantee'],
    ['not to one that was withdrawn', { terminal: 'closed' }, 'doubly double_spent'],
    ['where the list on the till did not have it yet', { booked: revoked }, 'doubly pays guarantee'],
    [
      'not where it had',
      { booked: revoked, acceptance: { ...acceptance, revocationVersion: 4 } },
      'doubly double_spent',
    ],
    [
      'nor where the list was signed when it was withdrawn already, whatever its version is said to be',
      { booked: revoked, acceptance: { ...acceptance, revocationsAtMs: ASKED + 1 } },
      'doubly double_spent',
    ],
    [
      'by a list as old as a till may go by',
      { acceptance: { ...acceptance, revocationsAtMs: ASKED + 6_000 - 3_600_000 } },
      'doubly pays guarantee',
    ],
    [
      'by none that was older',
      { acceptance: { ...acceptance, revocationsAtMs: ASKED + 6_000 - 3_600_001 } },
      'doubly double_spent',
    ],
    ['on the word of the till', {}, 'doubly pays guarantee'],
    ['not on the word of the phone', { acceptance: undefined }, 'doubly double_spent'],
  ] as const)('%s', (_what, changes, becomes) => {
    expect(decide(changes as Partial<SettlementFacts>)).toBe(becomes);
  });

  it('not where it was taken after the end of the allowance', () => {
    const end = ALLOWANCE_END;
    const near = { requestedAtMs: end - 10_000, requestExpiresAtMs: end + 110_000, authorisedAtMs: end - 1 };
    const before = { ...near, acceptance: { ...acceptance, acceptedAtMs: end - 1, revocationsAtMs: end - 10_000 } };
    expect(decide(before)).toBe('doubly pays guarantee');
    expect(decide({ ...near, acceptance: { ...acceptance, acceptedAtMs: end, revocationsAtMs: end - 10_000 } })).toBe(
      'doubly double_spent',
    );
  });
});
