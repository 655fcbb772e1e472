import { describe, expect, it } from 'vitest';
import { BoundedCache } from '../../../edge/security/bounded-cache.ts';
import { createToken, hashSecret, isSameSecret, isToken } from '../../../edge/security/secrets.ts';

describe('secrets', () => {
  it('are 256 random bits, and nothing else is taken for one', () => {
    const tokens = new Set(Array.from({ length: 100 }, createToken));
    expect(tokens.size).toBe(100);
    expect([...tokens].every(isToken)).toBe(true);
    for (const text of ['', 'x', 'A'.repeat(42), 'A'.repeat(44), `${'A'.repeat(42)}.`])
      expect(isToken(text)).toBe(false);
  });

  it('are kept as hashes and compared as hashes', async () => {
    expect(await hashSecret('abc')).toHaveLength(32);
    expect(await isSameSecret('abc', 'abc')).toBe(true);
    expect(await isSameSecret('abc', 'abd')).toBe(false);
    expect(await isSameSecret('', 'a')).toBe(false);
  });
});

describe('a bounded cache', () => {
  it('forgets what was used longest ago', () => {
    const cache = new BoundedCache<number>(2);
    cache.set('a', 1);
    cache.set('b', 2);
    cache.get('a');
    cache.set('c', 3);
    expect([cache.get('a'), cache.get('b'), cache.get('c'), cache.size]).toEqual([1, undefined, 3, 2]);
  });
});
