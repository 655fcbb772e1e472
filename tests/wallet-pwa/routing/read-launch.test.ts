import { describe, expect, it } from 'vitest';
import { readLaunch } from '../../../wallet-pwa/routing/read-launch.ts';

const read = (address: string) => readLaunch(new URL(address, 'https://pay.example.org'));

describe('what an address asks for', () => {
  it('finds the payment in a code’s link', () => {
    const link = 'https://pay.example.org/wallet/p/#CEAAB7';
    expect(read(link)).toEqual({ kind: 'payment', link });
  });

  it('finds a card’s code', () => {
    expect(read('/wallet/#claim=ABCD-EFGH-IJKL')).toEqual({ kind: 'claim', code: 'ABCD-EFGH-IJKL' });
  });

  it.each(['/wallet/', '/wallet/p/', '/wallet/#claim=', '/wallet/#claim=<b>', '/wallet/history#x'])(
    'asks for nothing: %s',
    (address) => expect(read(address)).toBeUndefined(),
  );
});
