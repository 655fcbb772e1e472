import { describe, expect, it } from 'vitest';
import { type Cover, judgeCover } from '../../../pos-pwa/scan/judge-cover.ts';

describe('an amount for a customer who was scanned', () => {
  it.each<[string, amountMinor: number, capMinor: number | undefined, Cover]>([
    ['up to what they allowed is covered', 2500, 2500, 'covered'],
    ['above it they are asked', 2501, 2500, 'over-cap'],
    ['above what the programme takes without asking they are asked', 5001, 8000, 'step-up'],
    ['above both it is said that it is more than they allowed', 9000, 8000, 'over-cap'],
    ['is covered as far as the till knows where it cannot read the cap', 5000, undefined, 'covered'],
    ['above what the programme takes they are asked, cap or none', 5001, undefined, 'step-up'],
  ])('%s', (_title, amountMinor, capMinor, cover) => {
    expect(judgeCover(amountMinor, capMinor === undefined ? {} : { capMinor }, 5000)).toBe(cover);
  });
});
