import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrastOf, deriveAccent } from '../../../../shared/browser/theme/accent.ts';

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

describe('deriveAccent', () => {
  it('leaves a colour alone that is fit already', () => {
    expect(deriveAccent('#5a3ed1')?.light).toEqual({ accent: '#5a3ed1', onAccent: '#ffffff' });
  });

  it('makes any colour fit for words on every surface, and for words on it', () => {
    const anyColour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);
    fc.assert(
      fc.property(anyColour, (text) => {
        for (const theme of ['light', 'dark'] as const) {
          const { accent, onAccent } = deriveAccent(text)![theme];
          for (const surface of surfaces) {
            expect(contrastOf(accent, colour(surface, theme))).toBeGreaterThanOrEqual(4.5);
          }
          expect(contrastOf(accent, onAccent)).toBeGreaterThanOrEqual(4.5);
        }
      }),
    );
  });

  it.each(['', 'red', '#fff', '#12345g', 'url(x)', '#123456; color: red'])('refuses %j', (text) => {
    expect(deriveAccent(text)).toBeUndefined();
  });
});
