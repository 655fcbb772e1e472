import { describe, expect, it } from 'vitest';
import { TwinRhythm } from '../../../../shared/browser/elements/twin-rhythm.ts';

const RHYTHM_MS = 250;

function look(rhythm: TwinRhythm<string>, atMs: number): string | undefined {
  const frame = rhythm.at(atMs, RHYTHM_MS);
  return frame && `${frame.pair}.${frame.side}`;
}

describe('the turns of a twin code', () => {
  it('shows nothing before there is a pair, then begins with A', () => {
    const rhythm = new TwinRhythm<string>();
    expect(look(rhythm, 1_000)).toBeUndefined();
    rhythm.offer('1');
    expect(look(rhythm, 1_016)).toBe('1.a');
  });

  it('shows A and B for the same time, over and over', () => {
    const rhythm = new TwinRhythm<string>();
    rhythm.offer('1');
    const seen = [0, 249, 250, 499, 500, 749, 750, 1_000].map((ms) => look(rhythm, 5_000 + ms));
    expect(seen).toEqual(['1.a', '1.a', '1.b', '1.b', '1.a', '1.a', '1.b', '1.a']);
  });

  it('lets a new pair in where A begins, and not before', () => {
    const rhythm = new TwinRhythm<string>();
    rhythm.offer('1');
    expect(look(rhythm, 0)).toBe('1.a');
    rhythm.offer('2');
    expect([100, 260, 499].map((ms) => look(rhythm, ms))).toEqual(['1.a', '1.b', '1.b']);
    expect([510, 700, 770].map((ms) => look(rhythm, ms))).toEqual(['2.a', '2.a', '2.b']);
  });

  it('never lets B of one pair follow A of another, however late the frames come', () => {
    for (const stepMs of [16, 90, 240, 333, 1_700]) {
      const rhythm = new TwinRhythm<string>();
      let before: string | undefined;
      for (let ms = 0; ms < 60_000; ms += stepMs) {
        if (Math.floor(ms / 4_000) !== Math.floor((ms - stepMs) / 4_000)) rhythm.offer(String(Math.floor(ms / 4_000)));
        const seen = look(rhythm, ms);
        const isNewPair = before !== undefined && seen?.split('.')[0] !== before.split('.')[0];
        if (isNewPair) expect(seen?.endsWith('a')).toBe(true);
        before = seen;
      }
    }
  });

  it('shows the newest of several that waited', () => {
    const rhythm = new TwinRhythm<string>();
    rhythm.offer('1');
    look(rhythm, 0);
    rhythm.offer('2');
    rhythm.offer('3');
    expect(look(rhythm, 500)).toBe('3.a');
  });

  it('shows nothing of the old after it was cleared', () => {
    const rhythm = new TwinRhythm<string>();
    rhythm.offer('1');
    look(rhythm, 0);
    rhythm.clear();
    expect(look(rhythm, 100)).toBeUndefined();
    rhythm.offer('2');
    expect(look(rhythm, 120)).toBe('2.a');
  });
});
