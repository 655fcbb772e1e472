import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinTwinCode } from '../../../../shared/protocol/codes/join-twin-code.ts';
import { createSplitCode } from '../../../../shared/protocol/codes/split-code.ts';
import { createShowing, type TwinCode } from '../../../../shared/protocol/codes/twin-code.ts';
import { type Collected, TwinCollector } from '../../../../shared/protocol/codes/twin-collector.ts';

const NOW = 1_795_000_000_000;
const RULES = { windowMs: 3_000, toleranceMs: 10_000 };
const REGENERATE_MS = 4_000;
const payload = Uint8Array.of(1, 2, 3);

/** Showings that follow one another, as a wallet makes them. */
const showings: TwinCode[] = [];
for (let index = 0; index < 6; index += 1) {
  showings.push(await createSplitCode(payload, createShowing(NOW + index * REGENERATE_MS, 250)));
}

function collect(sights: readonly (readonly [showing: number, side: 'a' | 'b'])[]): Collected[] {
  const collector = new TwinCollector(RULES);
  return sights.map(([index, side]) =>
    collector.add({ text: showings[index]![side], capturedAtMs: NOW + index * REGENERATE_MS + 300 }),
  );
}

describe('a scanner that collects a twin code', () => {
  it('says one of two, and which', () => {
    expect(
      collect([
        [0, 'b'],
        [0, 'b'],
      ]),
    ).toEqual([
      { status: 'half', seen: 'B' },
      { status: 'half', seen: 'B' },
    ]);
  });

  it('completes with both of one showing, in either order', () => {
    expect(
      collect([
        [0, 'b'],
        [0, 'a'],
      ]).at(-1),
    ).toMatchObject({ status: 'complete' });
  });

  it('never joins the halves of two showings, and goes on with the newer', () => {
    const told = collect([
      [0, 'a'],
      [1, 'b'],
      [1, 'a'],
    ]).map(({ status }) => status);
    expect(told).toEqual(['half', 'half', 'complete']);
  });

  it('completes under any order, repetition and loss of captures if and only if both of one showing were seen', async () => {
    const sight = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom('a' as const, 'b' as const));
    await fc.assert(
      fc.asyncProperty(fc.array(sight, { maxLength: 12 }), async (sights) => {
        const told = collect(sights);
        const firstWhole = sights.findIndex(([index, side], at) =>
          sights.slice(0, at).some(([other, otherSide]) => other === index && otherSide !== side),
        );
        expect(told.findIndex(({ status }) => status === 'complete')).toBe(firstWhole);
        const done = told[firstWhole];
        if (done?.status !== 'complete') return;
        const joined = await joinTwinCode(done.captures, RULES, async () => undefined);
        expect(joined).toMatchObject({ ok: true, value: { payload } });
      }),
    );
  });

  it('says at once that a screenshot of one code is old', () => {
    const collector = new TwinCollector(RULES);
    const late = { text: showings[0]!.a, capturedAtMs: NOW + 60_000 };
    expect(collector.add(late)).toEqual({ status: 'refused', code: 'twin_code_stale' });
  });

  it('says that a clock is off where a code comes from the future', () => {
    const collector = new TwinCollector(RULES);
    const early = { text: showings[0]!.a, capturedAtMs: NOW - 60_000 };
    expect(collector.add(early)).toEqual({ status: 'refused', code: 'clock_off' });
  });

  it("does not take a till's code, or anything else, and keeps what it has", () => {
    const collector = new TwinCollector(RULES);
    const seen = { capturedAtMs: NOW + 300 };
    collector.add({ ...seen, text: showings[0]!.a });
    const other = collector.add({ ...seen, text: 'https://pay.example.org/wallet/p/#MZXW6YTB' });
    expect(other).toEqual({ status: 'refused', code: 'code_unreadable' });
    expect(collector.add({ ...seen, text: showings[0]!.b })).toMatchObject({ status: 'complete' });
  });

  it('counts the first sight of a code: standing before the camera for long makes it no older', () => {
    const collector = new TwinCollector(RULES);
    collector.add({ text: showings[0]!.a, capturedAtMs: NOW + 100 });
    collector.add({ text: showings[0]!.a, capturedAtMs: NOW + 9_000 });
    const done = collector.add({ text: showings[0]!.b, capturedAtMs: NOW + 9_100 });
    expect(done).toMatchObject({ status: 'complete', pair: { capturedAtMs: [NOW + 100, NOW + 9_100] } });
  });
});
