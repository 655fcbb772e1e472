import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contrastOf } from '../../../support/contrast-of.ts';

const css = readFileSync(resolve(import.meta.dirname, '../../../../shared/browser/theme/tokens.css'), 'utf8');

/** The value of a colour token in one theme, as `#rrggbb`. */
function colour(name: string, theme: 'light' | 'dark', block = ':root {'): string {
  const text = css.slice(css.indexOf(block));
  const match = new RegExp(`--color-${name}:\\s*(?:light-dark\\((#\\w{6}), (#\\w{6})\\)|(#\\w{6}))`).exec(text);
  const value = match?.[3] ?? match?.[theme === 'light' ? 1 : 2];
  if (!value) throw new Error(`no token --color-${name}`);
  return value;
}

const surfaces = ['canvas', 'surface', 'raised'];
const texts = ['text', 'text-quiet', 'accent', 'danger', 'paid-text', 'not-paid-text', 'unknown-text'];
const fields = ['paid', 'not-paid', 'unknown', 'accent'];

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  it.each(texts.flatMap((text) => surfaces.map((surface) => [text, surface])))(
    'can be read: %s on %s',
    (text, surface) => {
      expect(contrastOf(colour(text!, theme), colour(surface!, theme))).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each(fields)('can be read: what is written on %s', (field) => {
    expect(contrastOf(colour(`on-${field}`, theme), colour(field, theme))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(surfaces)('shows borders and focus on %s', (surface) => {
    expect(contrastOf(colour('mark', theme), colour(surface, theme))).toBeGreaterThanOrEqual(3);
    expect(contrastOf(colour('focus', theme), colour(surface, theme))).toBeGreaterThanOrEqual(3);
  });

  it('can be read with the neutral accent', () => {
    const block = '[data-accent="neutral"]';
    const [accent, onAccent] = [colour('accent', theme, block), colour('on-accent', theme, block)];
    expect(contrastOf(accent, onAccent)).toBeGreaterThanOrEqual(7);
    expect(contrastOf(accent, colour('surface', theme))).toBeGreaterThanOrEqual(7);
  });
});
