import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AmountMinor } from '../../../../shared/protocol/amount.ts';
import type { Bytes } from '../../../../shared/protocol/bytes.ts';
import type { Allowance } from '../../../../shared/protocol/offline/allowance.ts';
import {
  type ChainHead,
  type ChainLink,
  findContradiction,
  isContinuation,
  judgeLink,
  judgeRoom,
  nextPlace,
  roomMinor,
  startOfChain,
} from '../../../../shared/protocol/offline/chain.ts';

const END = 1_795_000_000_000;
const allowance: Allowance = {
  serial: new Uint8Array(8).fill(7),
  limitMinor: 5_000 as AmountMinor,
  paymentMaxMinor: 2_500 as AmountMinor,
  countMax: 50,
  expiresAtMs: END,
};

let hashes = 0;

/** A hash that nothing else has. */
function freshHash(): Bytes {
  const hash = new Uint8Array(32);
  hashes += 1;
  new DataView(hash.buffer).setUint32(0, hashes);
  return hash;
}

interface Chain {
  readonly head: ChainHead;
  /** What was given, in order. */
  readonly links: readonly ChainLink[];
}

/** One step of a wallet's chain: of so much, signed by the passkey or burnt. */
interface Step {
  readonly amountMinor: number;
  readonly isBurnt: boolean;
}

const step = fc.record({ amountMinor: fc.integer({ min: 1, max: 900 }), isBurnt: fc.boolean() });
const steps = (maxLength: number) => fc.array(step, { maxLength });

/** Goes on from a chain as a wallet does; what does not fit is left out. */
function goOn(chain: Chain, by: readonly Step[]): Chain {
  let { head } = chain;
  const links = [...chain.links];
  for (const { amountMinor, isBurnt } of by) {
    const place = nextPlace(allowance, head, amountMinor, END - 1);
    if (!place.ok) continue;
    const link = { ...place.value, hash: freshHash(), amountMinor: amountMinor as AmountMinor };
    head = {
      counter: link.counter,
      head: link.hash,
      cumulativeMinor: isBurnt ? head.cumulativeMinor : link.cumulativeMinor,
    };
    if (!isBurnt) links.push(link);
  }
  return { head, links };
}

const begin = (): Chain => ({ head: startOfChain(freshHash()), links: [] });

describe('the chain of an allowance', () => {
  it('never contradicts itself, whatever was given or burnt', () => {
    fc.assert(
      fc.property(steps(20), (by) => {
        const { links } = goOn(begin(), by);
        for (const one of links) {
          for (const other of links) expect(findContradiction(one, other)).toBeUndefined();
        }
      }),
      { numRuns: 500 },
    );
  });

  it('never goes above its limits', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3_000 }), { maxLength: 30 }), (amounts) => {
        const { links } = goOn(
          begin(),
          amounts.map((amountMinor) => ({ amountMinor, isBurnt: false })),
        );
        expect(links.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBeLessThanOrEqual(5_000);
        for (const link of links) expect(judgeLink(allowance, link, END - 1)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it('proves every fork by the first that was given on either side of it', () => {
    fc.assert(
      fc.property(steps(6), steps(6), steps(6), (trunk, left, right) => {
        const before = goOn(begin(), trunk);
        const [one, other] = [goOn(before, left), goOn(before, right)].map(({ links }) => links[before.links.length]);
        if (!one || !other) return;
        expect(findContradiction(one, other)).toBeDefined();
        expect(findContradiction(other, one)).toBe(findContradiction(one, other));
      }),
      { numRuns: 2_000 },
    );
  });

  it('proves every fork of a tree of many copies, and accuses no branch by itself', () => {
    const copies = fc.array(fc.tuple(fc.nat(), steps(4)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(copies, (copied) => {
        const nodes: Chain[] = [goOn(begin(), [{ amountMinor: 100, isBurnt: false }])];
        for (const [from, by] of copied) nodes.push(goOn(nodes[from % nodes.length]!, by));
        for (const one of nodes) {
          for (const other of nodes) {
            const shared = one.links.filter((link) => other.links.includes(link)).length;
            const [first, second] = [one.links[shared], other.links[shared]];
            if (first && second) expect(findContradiction(first, second)).toBeDefined();
            else expect(findAnyContradiction(one.links, other.links)).toBe(false);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('proves two odd and even copies that take turns with the counters', () => {
    const first = goOn(begin(), [{ amountMinor: 100, isBurnt: false }]);
    const odd = goOn(first, [
      { amountMinor: 100, isBurnt: true },
      { amountMinor: 200, isBurnt: false },
    ]);
    const even = goOn(first, [{ amountMinor: 300, isBurnt: false }]);
    expect(findContradiction(odd.links[1]!, even.links[1]!)).toBe('broken-join');
  });

  it.each([
    ['the very same consent', {}, undefined],
    ['another in the same place', { hash: freshHash(), previous: freshHash() }, 'same-place'],
    ['another after the same one', { hash: freshHash(), counter: 5 }, 'same-predecessor'],
    ['the next, joined to another', { hash: freshHash(), counter: 3, previous: freshHash() }, 'broken-join'],
    ['the one before, joined to by another', { hash: freshHash(), counter: 1, previous: freshHash() }, 'broken-join'],
    [
      'a later one that counts too little',
      { hash: freshHash(), counter: 4, previous: freshHash(), cumulativeMinor: 499 },
      'sum-too-small',
    ],
    [
      'a later one that counts exactly enough',
      { hash: freshHash(), counter: 4, previous: freshHash(), cumulativeMinor: 500 },
      undefined,
    ],
  ])('compares with %s', (_what, changes, contradiction) => {
    const link = linkOf({ counter: 2, cumulativeMinor: 400, amountMinor: 100 });
    const other = { ...link, ...(changes as Partial<ChainLink>) };
    expect(findContradiction(link, other)).toBe(contradiction);
    expect(findContradiction(other, link)).toBe(contradiction);
  });
});

function findAnyContradiction(links: readonly ChainLink[], others: readonly ChainLink[]): boolean {
  return links.some((one) => others.some((other) => findContradiction(one, other) !== undefined));
}

function linkOf(changes: { counter: number; cumulativeMinor: number; amountMinor: number }): ChainLink {
  return {
    allowance: allowance.serial,
    previous: freshHash(),
    hash: freshHash(),
    counter: changes.counter,
    cumulativeMinor: changes.cumulativeMinor as AmountMinor,
    amountMinor: changes.amountMinor as AmountMinor,
  };
}

describe('room', () => {
  const head: ChainHead = { counter: 3, head: freshHash(), cumulativeMinor: 4_000 };
  it.each([
    ['exactly what is left', head, 1_000, END - 1, undefined],
    ['one more than is left', head, 1_001, END - 1, 'allowance_exceeded'],
    ['exactly the largest payment', { ...head, cumulativeMinor: 0 }, 2_500, END - 1, undefined],
    ['one more than the largest payment', { ...head, cumulativeMinor: 0 }, 2_501, END - 1, 'allowance_exceeded'],
    ['the last place', { ...head, counter: 49 }, 1, END - 1, undefined],
    ['no place any more', { ...head, counter: 50 }, 1, END - 1, 'allowance_exceeded'],
    ['the last millisecond', head, 1, END - 1, undefined],
    ['the end', head, 1, END, 'allowance_expired'],
  ])('%s', (_what, at, amountMinor, nowMs, refusal) => {
    expect(judgeRoom(allowance, at, amountMinor, nowMs)).toBe(refusal);
    expect(nextPlace(allowance, at, amountMinor, nowMs)).toMatchObject(
      refusal ? { ok: false, code: refusal } : { ok: true, value: { counter: at.counter + 1, previous: at.head } },
    );
    const room = roomMinor(allowance, at, nowMs);
    expect(amountMinor <= room).toBe(refusal === undefined);
  });

  it('is told to the last minor unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 6_000 }), fc.integer({ min: 0, max: 51 }), (cumulativeMinor, counter) => {
        const at = { ...head, cumulativeMinor, counter };
        const room = roomMinor(allowance, at, END - 1);
        if (room > 0) expect(judgeRoom(allowance, at, room, END - 1)).toBeUndefined();
        expect(judgeRoom(allowance, at, room + 1, END - 1)).toBe('allowance_exceeded');
      }),
    );
  });
});

describe('one consent by itself', () => {
  it.each([
    ['at all its limits', { counter: 50, cumulativeMinor: 5_000, amountMinor: 2_500 }, END - 1, undefined],
    ['above the largest payment', { counter: 1, cumulativeMinor: 2_501, amountMinor: 2_501 }, 0, 'allowance_exceeded'],
    ['above the limit', { counter: 3, cumulativeMinor: 5_001, amountMinor: 1 }, 0, 'allowance_exceeded'],
    ['above the count', { counter: 51, cumulativeMinor: 100, amountMinor: 1 }, 0, 'allowance_exceeded'],
    ['counted for less than itself', { counter: 1, cumulativeMinor: 99, amountMinor: 100 }, 0, 'allowance_exceeded'],
    ['given at the end', { counter: 1, cumulativeMinor: 100, amountMinor: 100 }, END, 'allowance_expired'],
  ])('%s', (_what, fields, authorisedAtMs, refusal) => {
    expect(judgeLink(allowance, linkOf(fields), authorisedAtMs)).toBe(refusal);
  });
});

describe('going on from where a till has seen the chain', () => {
  const seen: ChainHead = { counter: 2, head: freshHash(), cumulativeMinor: 700 };
  it.each([
    ['the very next, joined', { counter: 3, previous: seen.head, cumulativeMinor: 800 }, true],
    ['the very next, joined to another', { counter: 3, previous: freshHash(), cumulativeMinor: 800 }, false],
    ['the very next, counted for less', { counter: 3, previous: seen.head, cumulativeMinor: 799 }, false],
    ['one after a gap', { counter: 5, previous: freshHash(), cumulativeMinor: 1_200 }, true],
    ['one after a gap, counted for less', { counter: 5, previous: freshHash(), cumulativeMinor: 799 }, false],
    ['the same place again', { counter: 2, previous: freshHash(), cumulativeMinor: 900 }, false],
    ['an earlier place', { counter: 1, previous: freshHash(), cumulativeMinor: 900 }, false],
  ])('%s: %s', (_what, changes, isJoined) => {
    const link = { ...linkOf({ counter: 3, cumulativeMinor: 800, amountMinor: 100 }), ...changes } as ChainLink;
    expect(isContinuation(seen, link)).toBe(isJoined);
  });
});
