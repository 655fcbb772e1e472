import { describe, expect, it } from 'vitest';
import type { Env } from '../../../edge/env.ts';
import { originsOf } from '../../../edge/security/origins.ts';

function configured(PUBLIC_ORIGIN: string, POS_ORIGIN = '', WALLET_ORIGIN = '') {
  return originsOf({ PUBLIC_ORIGIN, POS_ORIGIN, WALLET_ORIGIN } as Env);
}

describe('the addresses of a deployment', () => {
  it('are one origin unless an app has a host of its own', () => {
    expect(configured('https://pay.example.org').all).toEqual(['https://pay.example.org']);
    const apart = configured('https://example.org', 'https://till.example.org', 'https://pay.example.org');
    expect(apart).toMatchObject({ rpId: 'example.org', walletOrigin: 'https://pay.example.org', isLocalhost: false });
    expect(apart.all).toHaveLength(3);
  });

  it.each([
    ['an address with a path', 'https://example.org/', ''],
    ['no address', 'example.org', ''],
    [
      'an app beside the public host, where no passkey of it works',
      'https://pay.example.org',
      'https://till.example.org',
    ],
    ['an app at a host that only ends alike', 'https://example.org', 'https://notexample.org'],
    ['an app with a path', 'https://example.org', 'https://till.example.org/pos'],
  ])('may not be %s', (_what, publicOrigin, posOrigin) => {
    expect(() => configured(publicOrigin, posOrigin)).toThrow(/ORIGIN/);
  });
});
