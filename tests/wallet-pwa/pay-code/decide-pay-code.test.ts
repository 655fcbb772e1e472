import { describe, expect, it } from 'vitest';
import { decidePayCode, type PayCodeEvent } from '../../../wallet-pwa/pay-code/decide-pay-code.ts';
import { canBeShown, isOutstanding, type PayCodeState } from '../../../wallet-pwa/pay-code/kept-pay-code.ts';
import { CODE_STATES, samplePayCode } from './sample-pay-code.ts';

const { status: _, ...payment } = CODE_STATES.paid;
const EVENTS = {
  confirm: { kind: 'confirm', assertion: Uint8Array.of(5), atMs: 12_000 },
  pay: { kind: 'pay', ...payment },
  refuse: { kind: 'refuse', refusal: { code: 'pay_code_cap_exceeded' } },
  withdraw: { kind: 'withdraw', atMs: 20_000 },
  end: { kind: 'end', atMs: 101_000 },
  handOver: { kind: 'hand-over', atMs: 101_000 },
  drop: { kind: 'drop', atMs: 11_000 },
} as const satisfies Record<string, PayCodeEvent>;

type Row = [PayCodeState['status'], keyof typeof EVENTS, PayCodeState['status'] | undefined];

describe('the life of a pay code on this phone', () => {
  it.each<Row>([
    ['prepared', 'confirm', 'confirmed'],
    ['prepared', 'drop', 'dropped'],
    ['prepared', 'withdraw', undefined],
    ['prepared', 'end', undefined],
    ['confirmed', 'confirm', undefined],
    ['confirmed', 'refuse', 'confirmed'],
    ['confirmed', 'withdraw', 'withdrawn'],
    ['confirmed', 'end', 'ended'],
    ['confirmed', 'drop', undefined],
    ['withdrawn', 'refuse', 'withdrawn'],
    ['withdrawn', 'end', 'ended'],
    ['withdrawn', 'confirm', undefined],
    ['withdrawn', 'withdraw', undefined],
    ['ended', 'refuse', undefined],
    ['ended', 'withdraw', undefined],
    ['confirmed', 'handOver', 'ended'],
    ['withdrawn', 'handOver', 'ended'],
    ['ended', 'handOver', undefined],
    ['prepared', 'handOver', undefined],
    ['paid', 'handOver', undefined],
    ['dropped', 'confirm', undefined],
    ['paid', 'refuse', undefined],
    ['paid', 'withdraw', undefined],
    ['paid', 'end', undefined],
    ['paid', 'pay', undefined],
  ])('%s, then %s: %s', (state, event, next) => {
    expect(decidePayCode(CODE_STATES[state], EVENTS[event])?.status).toBe(next);
  });

  it.each(['prepared', 'confirmed', 'withdrawn', 'ended', 'dropped'] as const)(
    'believes the centre’s receipt whatever it believed before: %s',
    (state) => expect(decidePayCode(CODE_STATES[state], EVENTS.pay)).toEqual(CODE_STATES.paid),
  );

  it('writes a refused try down once, and keeps it to the end', () => {
    const refused = decidePayCode(CODE_STATES.confirmed, EVENTS.refuse)!;
    expect(decidePayCode(refused, EVENTS.refuse)).toBeUndefined();
    const withdrawn = decidePayCode(refused, EVENTS.withdraw)!;
    expect(decidePayCode(withdrawn, EVENTS.end)).toEqual({ ...CODE_STATES.ended, ...EVENTS.refuse, kind: undefined });
  });

  it('forgets a refused try once the shop’s order was paid for instead, also when it had ended before', () => {
    const refused = decidePayCode(CODE_STATES.confirmed, EVENTS.refuse)!;
    expect(decidePayCode(refused, EVENTS.handOver)).toEqual(CODE_STATES.ended);
    const ended = decidePayCode(refused, EVENTS.end)!;
    expect(decidePayCode(ended, EVENTS.handOver)).toEqual(CODE_STATES.ended);
  });

  it('may be shown while it is confirmed and its minute is not over, and at no other time', () => {
    expect(canBeShown(samplePayCode(CODE_STATES.confirmed), 69_999)).toBe(true);
    expect(canBeShown(samplePayCode(CODE_STATES.confirmed), 70_000)).toBe(false);
    for (const state of ['prepared', 'withdrawn', 'paid', 'ended', 'dropped'] as const) {
      expect(canBeShown(samplePayCode(CODE_STATES[state]), 20_000)).toBe(false);
    }
  });

  it('is outstanding while a shop may have charged it', () => {
    const outstanding = Object.values(CODE_STATES).filter((state) => isOutstanding(samplePayCode(state)));
    expect(outstanding.map(({ status }) => status)).toEqual(['confirmed', 'withdrawn']);
  });
});
