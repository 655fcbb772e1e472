import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { DisplayName, ShopName } from '../../../../shared/protocol/documents/fields.ts';

describe('names that people read', () => {
  it.each([
    'Corner Café',
    '<script>alert(1)</script>',
    "O'Brien & Söhne",
    '食堂',
    'مطعم',
    '🍜 Ramen',
    'Phở Việt'.normalize('NFD'),
  ])('may be %s', (name) => {
    expect(v.parse(DisplayName, name)).toBe(name);
  });

  it.each([
    ['nothing', ''],
    ['blanks', '   '],
    ['a line break', 'a\nb'],
    ['a right-to-left override', 'abc\u202Edef'],
    ['a zero-width joiner', 'a\u200Db'],
    ['a zero-width space', 'a\u200Bb'],
    ['a NUL', 'a\u0000b'],
    ['a line separator', 'a\u2028b'],
    ['half a character', 'a\ud800b'],
    ['a pile of marks', `a${'\u0301'.repeat(5)}`],
    ['41 characters', 'a'.repeat(41)],
  ])('may not hold %s', (_what, name) => {
    expect(v.safeParse(DisplayName, name).success).toBe(false);
  });

  it("fit a certificate where they are a shop's", () => {
    expect(v.safeParse(ShopName, 'x'.repeat(32)).success).toBe(true);
    expect(v.safeParse(ShopName, '食'.repeat(11)).success).toBe(false);
  });
});
