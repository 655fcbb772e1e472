import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planImage } from '../../../../shared/browser/scanner/frame-plan.ts';
import { readQr } from '../../../../shared/browser/scanner/read-qr.ts';
import { cutLuminance } from './cut-luminance.ts';
import { readPng } from './read-png.ts';

/** Pictures of codes that nobody here made; they stand beside the checkout and are no part of it. */
const picturesRoot = resolve(import.meta.dirname, '../../../../../shared/data/qr');
/** What must be read of each set, in percent: what was measured, less a picture or two. */
const PERCENT_MIN: Readonly<Record<string, number>> = { 'zxing-qrcode-2': 88, 'zxing-qrcode-3': 90 };

const sets = existsSync(picturesRoot) ? readdirSync(picturesRoot) : [];

describe('the read rate on pictures from elsewhere', () => {
  if (sets.length === 0) {
    it('is measured where there are pictures', ({ skip }) =>
      skip('there is no ../shared/data/qr beside this checkout'));
  }

  it.each(sets)('reads what it should of %s', { timeout: 120_000 }, (set) => {
    const folder = resolve(picturesRoot, set);
    const files = readdirSync(folder).filter((name) => name.endsWith('.png'));
    const outcomes = files.map((name) => {
      const expected = readFileSync(resolve(folder, name.replace('.png', '.txt')), 'utf8');
      return { name, ...look(resolve(folder, name), expected) };
    });
    const read = outcomes.filter(({ status }) => status === 'read');
    const missed = outcomes.filter(({ status }) => status === 'missed').map(({ name }) => name);
    const percent = Math.round((100 * read.length) / files.length);
    const firstLooks = read.filter(({ looks }) => looks === 1).length;
    console.log(
      `${set}: ${read.length} of ${files.length} read (${percent} %), ${firstLooks} at the first look; not: ${missed.join(' ')}`,
    );
    expect(outcomes.filter(({ status }) => status === 'wrong')).toEqual([]);
    expect(percent).toBeGreaterThanOrEqual(PERCENT_MIN[set] ?? 0);
  });
});

function look(file: string, expected: string): { status: 'read' | 'wrong' | 'missed'; looks: number } {
  const picture = readPng(file);
  let looks = 0;
  for (const plan of planImage(picture)) {
    looks++;
    const reading = readQr(cutLuminance(picture, plan), plan);
    if (reading.status === 'read') return { status: isSameText(reading.text, expected) ? 'read' : 'wrong', looks };
  }
  return { status: 'missed', looks };
}

/** The answers were written with line ends and final newlines of their own. */
function isSameText(text: string, expected: string): boolean {
  const plain = (words: string) => words.replaceAll('\r\n', '\n').trimEnd();
  return plain(text) === plain(expected);
}
