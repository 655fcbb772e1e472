import { describe, expect, it } from 'vitest';
import { handoverWords } from '../../../wallet-pwa/payment/handover-words.ts';

describe('the words around a consent that the till is to scan', () => {
  it('say first what to do, and small why', () => {
    expect(handoverWords(false)).toEqual({ headline: 'Show this to the shop', note: 'No network' });
  });

  it('ask for nothing to be shown once the till cannot scan it any more', () => {
    expect(handoverWords(true).headline).toBe('No network');
  });
});
