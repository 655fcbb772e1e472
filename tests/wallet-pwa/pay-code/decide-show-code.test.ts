import { describe, expect, it } from 'vitest';
import type { AmountMinor } from '../../../shared/protocol/amount.ts';
import type { AccountNumber } from '../../../shared/protocol/identifiers.ts';
import { decideShowCode, type ShowCodeEvent } from '../../../wallet-pwa/pay-code/decide-show-code.ts';
import { isCodeShown, type ShowCodeState } from '../../../wallet-pwa/pay-code/show-code-state.ts';
import { CODE_STATES, samplePayCode } from './sample-pay-code.ts';

const code = samplePayCode(CODE_STATES.confirmed);
const choice = {
  accountNumber: code.accountNumber as AccountNumber | undefined,
  capMinor: 2_500 as AmountMinor,
  isCapChosen: false,
};
const STATES = {
  none: { status: 'none' },
  choosing: { status: 'choosing', choice },
  confirming: { status: 'confirming', choice },
  showing: { status: 'showing', code },
  asked: { status: 'asked', code },
  over: { status: 'over', code },
  paid: { status: 'paid', code: samplePayCode(CODE_STATES.paid) },
} as const satisfies Record<string, ShowCodeState>;

function step(state: ShowCodeState, event: ShowCodeEvent): string {
  const next = decideShowCode(state, event);
  return next === state ? 'same' : next.status;
}

describe('the screen of a code', () => {
  it('begins with a choice, and not while one is on', () => {
    const event = { kind: 'open', choice } as const;
    const steps = Object.values(STATES).map((state) => step(state, event));
    expect(steps).toEqual(['choosing', 'same', 'same', 'same', 'same', 'choosing', 'choosing']);
  });

  it('asks for the passkey once, and only with a card', () => {
    expect(step(STATES.choosing, { kind: 'confirm' })).toBe('confirming');
    expect(step(STATES.confirming, { kind: 'confirm' })).toBe('same');
    const noCard = { status: 'choosing', choice: { ...choice, accountNumber: undefined } } as const;
    expect(step(noCard, { kind: 'confirm' })).toBe('same');
  });

  it('stays while the dialogue of the passkey is open, and is left at any other time', () => {
    expect(step(STATES.confirming, { kind: 'close' })).toBe('same');
    for (const status of ['choosing', 'showing', 'asked', 'over', 'paid'] as const) {
      expect(step(STATES[status], { kind: 'close' })).toBe('none');
    }
  });

  it('says what was refused and goes on showing', () => {
    const refused = samplePayCode({ ...CODE_STATES.confirmed, refusal: { code: 'insufficient_balance' } });
    expect(decideShowCode(STATES.showing, { kind: 'hear', code: refused })).toMatchObject({
      status: 'showing',
      refusal: 'insufficient_balance',
    });
  });

  it('ends by itself when the centre says how', () => {
    const hear = (state: keyof typeof CODE_STATES) =>
      ({ kind: 'hear', code: samplePayCode(CODE_STATES[state]) }) as const;
    expect(step(STATES.showing, hear('paid'))).toBe('paid');
    expect(step(STATES.over, hear('paid'))).toBe('paid');
    expect(step(STATES.showing, hear('ended'))).toBe('over');
  });

  it('does not listen to news of another code', () => {
    const other = samplePayCode(CODE_STATES.paid, 'bb');
    for (const state of Object.values(STATES)) expect(step(state, { kind: 'hear', code: other })).toBe('same');
    expect(step(STATES.showing, { kind: 'ask', id: 'bb' })).toBe('same');
  });

  it('leaves the screen to the shop’s order when it is asked, also in the seconds after its time', () => {
    expect(step(STATES.showing, { kind: 'ask', id: code.id })).toBe('asked');
    expect(step(STATES.over, { kind: 'ask', id: code.id })).toBe('asked');
    expect(step(STATES.choosing, { kind: 'ask', id: code.id })).toBe('same');
  });

  it('is over after its time, and nothing else is', () => {
    expect(step(STATES.showing, { kind: 'expire' })).toBe('over');
    expect(step(STATES.asked, { kind: 'expire' })).toBe('same');
  });

  it('holds an update of the app from the passkey until its outcome was looked at', () => {
    const held = Object.values(STATES).filter(isCodeShown);
    expect(held.map(({ status }) => status)).toEqual(['confirming', 'showing', 'asked', 'over', 'paid']);
  });
});
