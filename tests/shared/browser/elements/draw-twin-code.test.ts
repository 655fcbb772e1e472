import { describe, expect, it } from 'vitest';
import { drawCode } from '../../../../shared/browser/elements/draw-code.ts';
import { drawTwinCode } from '../../../../shared/browser/elements/draw-twin-code.ts';

/** As many letters as version 10 at level L holds in alphanumeric mode; one more is version 11. */
const FULL_VERSION_10 = 395;
const text = (length: number) => 'A2'.repeat(length).slice(0, length);

describe('drawTwinCode', () => {
  it('gives both codes the same number of modules where one of them needs more', async () => {
    expect(drawCode(text(FULL_VERSION_10)).version).toBe(10);
    expect(drawCode(text(FULL_VERSION_10 + 1)).version).toBe(11);
    const { a, b } = await drawTwinCode({ a: text(FULL_VERSION_10 + 1), b: text(FULL_VERSION_10) });
    expect([a.version, b.version]).toEqual([11, 11]);
    expect(a.sizeModules).toBe(b.sizeModules);
  });

  it('never makes a fresh pair smaller than the one before it', async () => {
    const { a, b } = await drawTwinCode({ a: text(300), b: text(300) }, 12);
    expect([a.version, b.version]).toEqual([12, 12]);
  });

  it('draws at level L: the fewest and largest modules', async () => {
    const { a } = await drawTwinCode({ a: text(FULL_VERSION_10), b: text(FULL_VERSION_10) });
    expect(a).toEqual(drawCode(text(FULL_VERSION_10), 'L'));
  });
});
