import { describe, expect, it } from 'vitest';
import { cardColours } from '../../../wallet-pwa/parts/card-colours.ts';
import { contrastOf } from '../../support/contrast-of.ts';

describe('the grounds of cards', () => {
  const colours = [...cardColours.cssText.matchAll(/#[0-9a-f]{6}/g)].map(([colour]) => colour);

  it.each(colours)('%s carries white words', (colour) => {
    expect(contrastOf('#ffffff', colour)).toBeGreaterThanOrEqual(5);
  });

  it('are four', () => expect(colours).toHaveLength(8));
});
