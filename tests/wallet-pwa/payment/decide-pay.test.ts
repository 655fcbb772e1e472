import { describe, expect, it } from 'vitest';
import type { AccountNumber } from '../../../shared/protocol/identifiers.ts';
import { decidePay, type PayEvent } from '../../../wallet-pwa/payment/decide-pay.ts';
import { isPaymentShown, type PayOrder, type PayState } from '../../../wallet-pwa/payment/pay-state.ts';
import { STATES, sampleIntent } from './sample-intent.ts';

const order = { request: { amountMinor: 1250 } } as PayOrder;
const accountNumber = '1000010000000012' as AccountNumber;
const otherCard = '1000010000000020' as AccountNumber;
const signed = sampleIntent(STATES.signed);
const paid = sampleIntent(STATES.paid);
const refused = sampleIntent(STATES.refused);

const asking: PayState = { status: 'asking', order, accountNumber };
const confirming: PayState = { status: 'confirming', order, accountNumber };
const sending: PayState = { status: 'sending', intent: signed, isSlow: false };

function run(state: PayState, ...events: PayEvent[]): PayState {
  return events.reduce(decidePay, state);
}

describe('one payment on the screen', () => {
  it('goes from the code over consent and passkey to paid', () => {
    const states = [
      { kind: 'scan' },
      { kind: 'ask', order, accountNumber },
      { kind: 'confirm' },
      { kind: 'send', intent: signed },
      { kind: 'settle', intent: paid },
    ] as const satisfies readonly PayEvent[];
    expect(run({ status: 'none' }, ...states)).toEqual({ status: 'paid', intent: paid, isRepeated: false });
  });

  it('shows a refusal with its reason', () => {
    expect(decidePay(sending, { kind: 'settle', intent: refused })).toEqual({
      status: 'not-paid',
      intent: refused,
      code: 'insufficient_balance',
    });
  });

  it('is back on the sheet, with a word, when the passkey was closed', () => {
    expect(decidePay(confirming, { kind: 'ask-again', notice: 'passkey_cancelled' })).toEqual({
      status: 'asking',
      order,
      accountNumber,
      notice: 'passkey_cancelled',
    });
  });

  it('forgets that word when another card is chosen', () => {
    const again = decidePay(confirming, { kind: 'ask-again', notice: 'passkey_cancelled' });
    expect(decidePay(again, { kind: 'choose-card', accountNumber: otherCard })).toEqual({
      status: 'asking',
      order,
      accountNumber: otherCard,
    });
  });

  it('takes a second tap on the button for nothing', () => {
    expect(decidePay(confirming, { kind: 'confirm' })).toBe(confirming);
  });

  it('does not confirm without a card', () => {
    const empty: PayState = { status: 'asking', order, accountNumber: undefined };
    expect(decidePay(empty, { kind: 'confirm' })).toBe(empty);
  });

  it('stays while the passkey dialogue is open', () => {
    expect(decidePay(confirming, { kind: 'close' })).toBe(confirming);
    expect(decidePay(confirming, { kind: 'scan' })).toBe(confirming);
  });

  it('never turns to "not paid" by waiting', () => {
    const waiting = run(sending, { kind: 'wait' }, { kind: 'wait', code: 'no_network' }, { kind: 'expire' });
    expect(waiting).toEqual({ status: 'sending', intent: signed, isSlow: true, code: 'no_network' });
  });

  it('remembers why it waits', () => {
    expect(run(sending, { kind: 'wait', code: 'request_unknown' }, { kind: 'wait' })).toMatchObject({
      code: 'request_unknown',
    });
  });

  it('ends the sheet when the code has run out, but not a consent that was given', () => {
    expect(decidePay(asking, { kind: 'expire' })).toEqual({ status: 'rejected', code: 'request_expired' });
    expect(decidePay(confirming, { kind: 'expire' })).toBe(confirming);
    expect(decidePay(sending, { kind: 'expire' })).toBe(sending);
  });

  it('takes no other payment’s answer for its own', () => {
    expect(decidePay(sending, { kind: 'settle', intent: sampleIntent(STATES.paid, 'bb') })).toBe(sending);
  });

  it('takes no second code while one is being paid', () => {
    for (const state of [asking, confirming, sending]) expect(decidePay(state, { kind: 'scan' })).toBe(state);
  });

  it('says that it was paid before, when a paid code is scanned again', () => {
    const found = run({ status: 'none' }, { kind: 'scan' }, { kind: 'settle', intent: paid });
    expect(found).toEqual({ status: 'paid', intent: paid, isRepeated: true });
  });

  it('hears nothing after it was closed', () => {
    const closed = decidePay(sending, { kind: 'close' });
    expect(closed).toEqual({ status: 'none' });
    expect(decidePay(closed, { kind: 'settle', intent: paid })).toBe(closed);
    expect(decidePay(closed, { kind: 'wait' })).toBe(closed);
  });

  it('knows what an update must wait for', () => {
    const shown: PayState = { status: 'paid', intent: paid, isRepeated: false };
    expect([asking, confirming, sending, shown].every(isPaymentShown)).toBe(true);
    expect(isPaymentShown({ status: 'none' })).toBe(false);
  });
});

describe('a payment of a phone without network', () => {
  const showing: PayState = { status: 'showing', intent: signed };
  const noNetwork: PayEvent = { kind: 'wait', code: 'no_network', isShowable: true };

  it('is shown to the till while there is time', () => {
    expect(decidePay(sending, noNetwork)).toEqual(showing);
    expect(decidePay(showing, noNetwork)).toBe(showing);
    expect(decidePay(sending, { kind: 'wait', code: 'no_network', isShowable: false })).toMatchObject({
      status: 'sending',
      isSlow: true,
    });
  });

  it('is not shown any more when the network is back, or the time is over', () => {
    const back = decidePay(showing, { kind: 'wait', code: 'unavailable', isShowable: true });
    expect(back).toMatchObject({ status: 'sending', code: 'unavailable' });
    expect(decidePay(showing, { kind: 'shown-out' })).toMatchObject({ status: 'sending', code: 'no_network' });
    expect(decidePay(sending, { kind: 'shown-out' })).toBe(sending);
  });

  it('ends by the centre’s word, or leaves the screen while it goes on being handed in', () => {
    expect(decidePay(showing, { kind: 'settle', intent: paid })).toEqual({
      status: 'paid',
      intent: paid,
      isRepeated: false,
    });
    expect(decidePay(showing, { kind: 'settle', intent: refused })).toMatchObject({ status: 'not-paid' });
    expect(decidePay(showing, { kind: 'close' })).toEqual({ status: 'none' });
    expect(decidePay(showing, { kind: 'scan' })).toBe(showing);
  });

  it('holds back an update', () => {
    expect(isPaymentShown(showing)).toBe(true);
  });
});
