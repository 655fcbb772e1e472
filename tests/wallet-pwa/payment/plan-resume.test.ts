import { describe, expect, it } from 'vitest';
import { planResume } from '../../../wallet-pwa/payment/plan-resume.ts';
import { STATES, sampleIntent } from './sample-intent.ts';

describe('resuming after a reload', () => {
  it.each([0, 60_000, 10_000_000])('hands a signed payment in again however late: %s', (nowMs) => {
    expect(planResume(sampleIntent(STATES.signed), nowMs)).toBe('hand-in');
  });

  it('offers the same authorisation to the passkey while there is time to confirm', () => {
    expect(planResume(sampleIntent(STATES.prepared), 114_000)).toBe('ask');
  });

  it('drops what nobody had confirmed when the request is over, or about to be', () => {
    expect(planResume(sampleIntent(STATES.prepared), 116_000)).toBe('drop');
    expect(planResume(sampleIntent(STATES.prepared), 500_000)).toBe('drop');
  });

  it('drops an authorisation that would reach the centre too old, though the request is still open', () => {
    const intent = sampleIntent(STATES.prepared);
    const longRequest = { ...intent, facts: { ...intent.facts, expiresAtMs: 600_000 } };
    expect(planResume(longRequest, 124_000)).toBe('ask');
    expect(planResume(longRequest, 126_000)).toBe('drop');
  });

  it.each(['paid', 'refused', 'dropped'] as const)('leaves what has ended: %s', (status) => {
    expect(planResume(sampleIntent(STATES[status]), 20_000)).toBe('leave');
  });
});
