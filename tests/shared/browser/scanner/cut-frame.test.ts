import { describe, expect, it } from 'vitest';
import { turnToFit } from '../../../../shared/browser/scanner/cut-frame.ts';

describe('turnToFit', () => {
  it('leaves what is not turned as it is', () => {
    expect(turnToFit(0)).toEqual([1, 0]);
  });

  it.each([5, 30, 45, 90, -10, 200])('keeps the corners of a square inside it at %i degrees', (degrees) => {
    const [a, b] = turnToFit(degrees);
    for (const [x, y] of [
      [1, 1],
      [1, -1],
      [-1, 1],
      [-1, -1],
    ] as const) {
      expect(Math.abs(a * x - b * y)).toBeLessThanOrEqual(1 + 1e-9);
      expect(Math.abs(b * x + a * y)).toBeLessThanOrEqual(1 + 1e-9);
    }
  });
});
