import { describe, expect, it } from 'vitest';
import { createSecretCode, formatSecretCode, parseSecretCode } from '../../../../shared/protocol/codes/secret-code.ts';

describe('one-time codes that people carry', () => {
  it('are twelve characters in groups of four, and read back', () => {
    const code = createSecretCode();
    expect(code).toMatch(/^[A-Z2-7]{12}$/);
    expect(formatSecretCode(code)).toMatch(/^[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}$/);
    expect(parseSecretCode(formatSecretCode(code))).toBe(code);
  });

  it('forgive case, blanks, dashes and look-alike digits', () => {
    expect(parseSecretCode(' abcd efgh-2345 ')).toBe('ABCDEFGH2345');
    expect(parseSecretCode('0bcd1fgh2348')).toBe('OBCDIFGH234B');
  });

  it('are read from a link', () => {
    expect(parseSecretCode('https://pay.example.org/pos/#activate=ABCD-EFGH-2345')).toBe('ABCDEFGH2345');
  });

  it.each(['', 'ABCD', 'ABCDEFGH23456', 'ABCDEFGH234!', 'https://x/#activate=', 'javascript:1#a=ABCDEFGH2345'])(
    'are not %j',
    (text) => {
      expect(parseSecretCode(text)).toBeUndefined();
    },
  );

  it('do not repeat', () => {
    const codes = new Set(Array.from({ length: 10_000 }, createSecretCode));
    expect(codes.size).toBe(10_000);
  });
});
