import { describe, expect, it } from 'vitest';
import { decideIntent, type IntentEvent } from '../../../wallet-pwa/payment/decide-intent.ts';
import type { IntentState } from '../../../wallet-pwa/payment/payment-intent.ts';
import { STATES } from './sample-intent.ts';

const EVENTS = {
  sign: { kind: 'sign', assertion: Uint8Array.of(5), atMs: 40_000 },
  pay: { kind: 'pay', receipt: Uint8Array.of(6), decidedAtMs: 50_000, sequence: 42 },
  refuse: { kind: 'refuse', code: 'already_paid', atMs: 50_000 },
  drop: { kind: 'drop', atMs: 50_000 },
  accept: { kind: 'accept', acceptance: Uint8Array.of(8) },
  leave: { kind: 'leave', untilMs: 90_000 },
} as const satisfies Record<string, IntentEvent>;

type Row = [state: IntentState['status'], event: IntentEvent['kind'], next: IntentState['status'] | undefined];

describe('the life of a consent on this phone', () => {
  it.each<Row>([
    ['prepared', 'sign', 'signed'],
    ['prepared', 'drop', 'dropped'],
    ['prepared', 'refuse', undefined],
    ['signed', 'pay', 'paid'],
    ['signed', 'refuse', 'refused'],
    ['signed', 'sign', undefined],
    ['signed', 'drop', undefined],
    ['signed', 'accept', 'signed'],
    ['signed', 'leave', 'signed'],
    ['prepared', 'accept', undefined],
    ['prepared', 'leave', undefined],
    ['paid', 'accept', undefined],
    ['paid', 'leave', undefined],
    ['paid', 'refuse', undefined],
    ['paid', 'drop', undefined],
    ['paid', 'sign', undefined],
    ['paid', 'pay', undefined],
    ['refused', 'sign', undefined],
    ['refused', 'drop', undefined],
    ['dropped', 'sign', undefined],
    ['dropped', 'refuse', undefined],
  ])('%s, then %s: %s', (state, event, next) => {
    expect(decideIntent(STATES[state], EVENTS[event])?.status).toBe(next);
  });

  it.each(['prepared', 'signed', 'refused', 'dropped'] as const)(
    'believes the centre’s receipt whatever it believed before: %s',
    (state) => {
      expect(decideIntent(STATES[state], EVENTS.pay)).toEqual({
        status: 'paid',
        receipt: EVENTS.pay.receipt,
        decidedAtMs: 50_000,
        sequence: 42,
      });
    },
  );

  it('keeps the reason and the signed refusal', () => {
    const receipt = Uint8Array.of(8);
    expect(decideIntent(STATES.signed, { ...EVENTS.refuse, receipt })).toEqual({
      status: 'refused',
      code: 'already_paid',
      refusedAtMs: 50_000,
      receipt,
    });
  });
});

describe('a payment of a till without network', () => {
  it('keeps in mind that the shop is to see the receipt', () => {
    const pay = { kind: 'pay', receipt: Uint8Array.of(1), decidedAtMs: 1, sequence: 2, isTillAway: true } as const;
    expect(decideIntent(STATES.signed, pay)).toMatchObject({ status: 'paid', isTillAway: true });
  });
});
