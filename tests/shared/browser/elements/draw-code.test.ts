import { create } from 'qrcode';
import { describe, expect, it } from 'vitest';
import { drawCode } from '../../../../shared/browser/elements/draw-code.ts';

/** Fills the drawing's path back into a grid: it is made of `Mx yhNv1h-Nz` only. */
function fill({ path, sizeModules }: { path: string; sizeModules: number }): string[] {
  const grid = Array.from({ length: sizeModules }, () => Array<string>(sizeModules).fill('.'));
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let step = 0; step < Number(run); step++) grid[Number(y)]![Number(x) + step] = '#';
  }
  return grid.map((row) => row.join(''));
}

describe('drawCode', () => {
  it('draws every dark module and no other', () => {
    const drawing = drawCode('https://pay.example.org/wallet/p/ABC234');
    const { modules } = create('https://pay.example.org/wallet/p/ABC234', { errorCorrectionLevel: 'L' });
    const rows = fill(drawing);
    for (let y = 0; y < modules.size; y++) {
      for (let x = 0; x < modules.size; x++) {
        expect(rows[y + 4]![x + 4] === '#').toBe(modules.get(y, x) === 1);
      }
    }
  });

  it('leaves four modules of quiet zone on every side', () => {
    const rows = fill(drawCode('TANDEM'));
    const empty = '.'.repeat(rows.length);
    expect([...rows.slice(0, 4), ...rows.slice(-4)]).toEqual(Array(8).fill(empty));
    expect(rows.every((row) => row.startsWith('....') && row.endsWith('....'))).toBe(true);
  });

  it('keeps an upper-case payload in the denser alphanumeric mode beside its link', () => {
    const payload = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.repeat(18);
    const { version } = drawCode(`https://pay.example.org/wallet/p/${payload}`);
    expect(version).toBeLessThan(drawCode(`https://pay.example.org/wallet/p/${payload.toLowerCase()}`).version);
    expect(version).toBeLessThanOrEqual(15);
  });
});
