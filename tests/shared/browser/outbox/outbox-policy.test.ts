import { describe, expect, it } from 'vitest';
import { decideStep, retryDelayMs } from '../../../../shared/browser/outbox/outbox-policy.ts';

describe('what becomes of an item after a try', () => {
  it('leaves with the centre’s word', () => {
    expect(decideStep({ kind: 'done' }, 1, 0)).toEqual({ kind: 'remove' });
  });

  it('is tried again for ever where the code says nothing of it', () => {
    const step = decideStep({ kind: 'again', code: 'unavailable' }, 1_000, 0);
    expect(step).toEqual({ kind: 'retry', delayMs: 150_000 });
  });

  it('steps aside at once when it is refused for good', () => {
    const step = decideStep({ kind: 'again', code: 'chain_broken' }, 1, 0);
    expect(step).toEqual({ kind: 'park', code: 'chain_broken' });
  });

  it('steps aside at the twelfth refusal that could have been another one', () => {
    const again = { kind: 'again', code: 'request_unknown' } as const;
    expect(decideStep(again, 11, 0).kind).toBe('retry');
    expect(decideStep(again, 12, 0)).toEqual({ kind: 'park', code: 'request_unknown' });
  });
});

describe('the pause before the next try', () => {
  it.each([
    [1, 1_000],
    [2, 2_000],
    [9, 256_000],
    [10, 300_000],
    [1_000, 300_000],
  ])(
    'doubles up to five minutes: at failure %d it is at most %d ms, and never less than half of it',
    (failures, ms) => {
      expect([retryDelayMs(failures, 0), retryDelayMs(failures, 1)]).toEqual([ms / 2, ms]);
    },
  );
});
