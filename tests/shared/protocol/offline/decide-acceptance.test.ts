import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AmountMinor } from '../../../../shared/protocol/amount.ts';
import {
  type AcceptanceFacts,
  decideAcceptance,
  shareOfLimits,
  tillRoom,
} from '../../../../shared/protocol/offline/decide-acceptance.ts';
import type { RefusalCode } from '../../../../shared/protocol/refusals.ts';
import { DEFAULT_OFFLINE_SETTINGS } from '../../../../shared/protocol/wire/offline.ts';

const NOW = 1_795_000_000_000;
const HOUR_MS = 3_600_000;
const certificateHash = new Uint8Array(32).fill(1);
const link = {
  allowance: new Uint8Array(8).fill(7),
  counter: 1,
  previous: certificateHash,
  cumulativeMinor: 1_000 as AmountMinor,
  hash: new Uint8Array(32).fill(2),
  amountMinor: 1_000 as AmountMinor,
};
/** Below the till's largest amount of one allowance, so that each limit can be met alone. */
const settings = { ...DEFAULT_OFFLINE_SETTINGS, tillPerAllowanceMinor: 2_000 as AmountMinor };
const facts: AcceptanceFacts = {
  allowance: {
    serial: link.allowance,
    limitMinor: 5_000 as AmountMinor,
    paymentMaxMinor: 2_500 as AmountMinor,
    countMax: 5,
    expiresAtMs: NOW + HOUR_MS,
  },
  link,
  authorisedAtMs: NOW,
  certificateHash,
  seen: undefined,
  takings: { takenMinor: 0, count: 0, syncedAtMs: NOW },
  revocationsAtMs: NOW,
  isRevoked: false,
  hasAgreed: true,
  settings,
  nowMs: NOW,
};
const seen = { counter: 1, head: link.hash, cumulativeMinor: 1_000, takenMinor: 1_000 };
const second = {
  ...link,
  counter: 2,
  previous: link.hash,
  hash: new Uint8Array(32).fill(3),
  cumulativeMinor: 2_000 as AmountMinor,
};
const AGE_MS = settings.tillAgeSeconds * 1000;

const TABLE: readonly [string, Partial<AcceptanceFacts>, RefusalCode | undefined][] = [
  ['an honest consent', {}, undefined],
  ['in a programme that has it off', { settings: { ...settings, isOn: false } }, 'offline_not_agreed'],
  ['in a shop that has not agreed', { hasAgreed: false }, 'offline_not_agreed'],
  ['of a phone without allowance', { allowance: undefined }, 'allowance_missing'],
  ['given for the network alone', { link: undefined }, 'allowance_missing'],
  ['of an allowance that was withdrawn', { isRevoked: true }, 'allowance_revoked'],
  ['in the last millisecond of the allowance', { nowMs: facts.allowance!.expiresAtMs - 1 }, undefined],
  ['at the end of the allowance', { nowMs: facts.allowance!.expiresAtMs }, 'allowance_expired'],
  ['that says it was given after the end', { authorisedAtMs: facts.allowance!.expiresAtMs }, 'allowance_expired'],
  [
    'above what the allowance pays at once',
    { link: { ...link, amountMinor: 2_501 as AmountMinor } },
    'allowance_exceeded',
  ],
  ['above the limit', { link: { ...link, cumulativeMinor: 5_001 as AmountMinor } }, 'allowance_exceeded'],
  ['beyond the last place', { link: { ...link, counter: 6 } }, 'allowance_exceeded'],
  ['the first, joined to something else', { link: { ...link, previous: link.hash } }, 'chain_broken'],
  ['a later one, of a chain not seen before', { link: second }, undefined],
  ['the next one of a chain seen', { link: second, seen }, undefined],
  ['the same place of a chain seen', { link, seen }, 'chain_broken'],
  ['joined to something else than was seen', { link: { ...second, previous: certificateHash }, seen }, 'chain_broken'],
  ['exactly what is taken of one allowance', { link: second, seen }, undefined],
  ['more than is taken of one allowance', { link: second, seen: { ...seen, takenMinor: 1_001 } }, 'till_limit_reached'],
  ['exactly what is taken in all', { takings: { ...facts.takings, takenMinor: 49_000 } }, undefined],
  ['more than is taken in all', { takings: { ...facts.takings, takenMinor: 49_001 } }, 'till_limit_reached'],
  ['the last of the count', { takings: { ...facts.takings, count: 499 } }, undefined],
  ['beyond the count', { takings: { ...facts.takings, count: 500 } }, 'till_limit_reached'],
  ['without any list', { revocationsAtMs: undefined }, 'revocations_stale'],
  ['with a list in the last moment of its first third', { revocationsAtMs: NOW - AGE_MS / 3 }, undefined],
  ['with an older list: a quarter is less than this', { revocationsAtMs: NOW - AGE_MS / 3 - 1 }, 'till_limit_reached'],
  [
    'with an older list, exactly a quarter',
    { revocationsAtMs: NOW - AGE_MS, link: { ...link, amountMinor: 500 as AmountMinor } },
    undefined,
  ],
  [
    'with an older list, more than a quarter',
    { revocationsAtMs: NOW - AGE_MS, link: { ...link, amountMinor: 501 as AmountMinor } },
    'till_limit_reached',
  ],
  [
    'with an older list, more than a quarter in all',
    {
      revocationsAtMs: NOW - AGE_MS,
      link: { ...link, amountMinor: 500 as AmountMinor },
      takings: { ...facts.takings, takenMinor: 12_001 },
    },
    'till_limit_reached',
  ],
  ['with a list that is too old', { revocationsAtMs: NOW - AGE_MS - 1 }, 'revocations_stale'],
  [
    'on a till that was last heard of just in time',
    { takings: { ...facts.takings, syncedAtMs: NOW - AGE_MS } },
    undefined,
  ],
  [
    'on a till that was not heard of for too long, whatever it was brought',
    { takings: { ...facts.takings, syncedAtMs: NOW - AGE_MS - 1 } },
    'revocations_stale',
  ],
];

describe('a till alone takes or refuses', () => {
  it.each(TABLE)('%s', (_what, changes, refusal) => {
    expect(decideAcceptance({ ...facts, ...changes })).toBe(refusal);
  });

  it('and says what weighs most first', () => {
    const worst = { isRevoked: true, link: second, seen: { ...second, head: link.hash, takenMinor: 9_999 } };
    expect(decideAcceptance({ ...facts, ...worst, hasAgreed: false })).toBe('offline_not_agreed');
    expect(decideAcceptance({ ...facts, ...worst })).toBe('allowance_revoked');
    expect(decideAcceptance({ ...facts, ...worst, isRevoked: false })).toBe('chain_broken');
  });
});

describe('what a till may still take', () => {
  const room = (changes: Partial<AcceptanceFacts>) => tillRoom({ ...facts, ...changes });

  it('is told to the last minor unit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60_000 }),
        fc.integer({ min: 0, max: 510 }),
        fc.integer({ min: 0, max: AGE_MS + 10 }),
        fc.integer({ min: 0, max: AGE_MS + 10 }),
        (takenMinor, count, listAgeMs, syncAgeMs) => {
          const wide = { ...settings, tillPerAllowanceMinor: 100_000_000 as AmountMinor };
          const at = {
            ...facts,
            settings: wide,
            allowance: { ...facts.allowance!, limitMinor: 1e8 as AmountMinor, paymentMaxMinor: 1e8 as AmountMinor },
            takings: { takenMinor, count, syncedAtMs: NOW - syncAgeMs },
            revocationsAtMs: NOW - listAgeMs,
          };
          const { leftMinor } = tillRoom(at);
          const take = (amountMinor: number) =>
            decideAcceptance({
              ...at,
              link: { ...link, amountMinor: amountMinor as AmountMinor, cumulativeMinor: amountMinor as AmountMinor },
            });
          if (leftMinor > 0) expect(take(leftMinor)).toBeUndefined();
          expect(take(leftMinor + 1)).toBeDefined();
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    ['nothing without a list', { revocationsAtMs: undefined }],
    ['nothing where the shop has not agreed', { hasAgreed: false }],
    ['nothing where it is off', { settings: { ...settings, isOn: false } }],
    ['nothing after its time', { nowMs: NOW + AGE_MS + 1 }],
    ['nothing beyond the count', { takings: { ...facts.takings, count: 500 } }],
  ])('%s', (_what, changes) => {
    expect(room(changes).leftMinor).toBe(0);
  });

  it('until the older of list and sync is too old', () => {
    expect(room({ revocationsAtMs: NOW - 1_000 }).untilMs).toBe(NOW - 1_000 + AGE_MS);
    expect(room({ takings: { ...facts.takings, syncedAtMs: NOW - 2_000 } }).untilMs).toBe(NOW - 2_000 + AGE_MS);
  });

  it.each([
    [0, 1],
    [AGE_MS / 3, 1],
    [AGE_MS / 3 + 1, 0.25],
    [AGE_MS, 0.25],
    [AGE_MS + 1, 0],
  ])('shrinks as the list ages: after %d ms %d of the limits', (ageMs, share) => {
    expect(shareOfLimits({ revocationsAtMs: NOW - ageMs, nowMs: NOW, settings })).toBe(share);
  });
});
