import { describe, expect, it } from 'vitest';
import { isDark, toLuminance } from '../../../../shared/browser/scanner/luminance.ts';

function grey(...rgba: number[]): number {
  return toLuminance({ data: new Uint8ClampedArray(rgba), width: 1, height: 1 }).values[0]!;
}

describe('toLuminance', () => {
  it.each([
    ['black', [0, 0, 0, 255], 0],
    ['white', [255, 255, 255, 255], 255],
    ['red', [255, 0, 0, 255], 76],
    ['green', [0, 255, 0, 255], 150],
    ['blue', [0, 0, 255, 255], 29],
  ])('weighs %s as the eye does', (_, rgba, expected) => {
    expect(grey(...rgba)).toBe(expected);
  });

  it('takes what is transparent for paper', () => {
    expect(grey(0, 0, 0, 0)).toBe(255);
    expect(grey(0, 0, 0, 128)).toBeGreaterThan(100);
    expect(grey(0, 0, 0, 128)).toBeLessThan(150);
  });
});

describe('isDark', () => {
  const evenly = (value: number) => ({ values: new Uint8ClampedArray(10_000).fill(value), width: 100, height: 100 });

  it('tells a room without light from a dim one', () => {
    expect(isDark(evenly(12))).toBe(true);
    expect(isDark(evenly(60))).toBe(false);
  });

  it('does not call an empty picture dark', () => {
    expect(isDark({ values: new Uint8ClampedArray(0), width: 0, height: 0 })).toBe(false);
  });
});
