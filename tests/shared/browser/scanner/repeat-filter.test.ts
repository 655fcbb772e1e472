import { describe, expect, it } from 'vitest';
import { RepeatFilter } from '../../../../shared/browser/scanner/repeat-filter.ts';

describe('RepeatFilter', () => {
  it('lets a text through once a second', () => {
    const repeats = new RepeatFilter();
    const accepted = [0, 80, 500, 999, 1000, 1080, 2000].map((atMs) => repeats.accept('A', atMs));
    expect(accepted).toEqual([true, false, false, false, true, false, true]);
  });

  it('holds neither of two codes in turn back for the other', () => {
    const repeats = new RepeatFilter();
    expect(repeats.accept('A', 0)).toBe(true);
    expect(repeats.accept('B', 300)).toBe(true);
    expect(repeats.accept('A', 600)).toBe(false);
    expect(repeats.accept('A', 1000)).toBe(true);
    expect(repeats.accept('B', 1200)).toBe(false);
  });

  it('delivers every fresh text at once, however fast pairs follow one another', () => {
    const repeats = new RepeatFilter();
    // A and B in turn every 50 ms, a new pair every 200 ms: each of the 40 texts is seen twice and told once.
    const seen = Array.from({ length: 80 }, (_, index) => `${Math.floor(index / 4)}${index % 2 ? 'B' : 'A'}`);
    const told = seen.filter((text, index) => repeats.accept(text, index * 50));
    expect(told).toEqual([...new Set(seen)]);
  });
});
