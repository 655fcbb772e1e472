import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideSale, type SaleEvent } from '../../../pos-pwa/sale/decide-sale.ts';
import { isOpen, type SaleState } from '../../../pos-pwa/sale/sale.ts';
import type { ReceiptContent } from '../../../shared/protocol/documents/receipt.ts';

const document = new Uint8Array([1]);
const receipt = { sequence: 7 } as ReceiptContent;
const paid: SaleState = { status: 'paid', receipt, document };
const received: SaleEvent = { kind: 'receipt', receipt, document };

describe('a sale', () => {
  it.each<[string, SaleState, SaleEvent, SaleState]>([
    ['made, centre has it', { status: 'made' }, { kind: 'answer', status: 'waiting' }, { status: 'waiting' }],
    [
      'made, refused for good',
      { status: 'made' },
      { kind: 'submission-refused', code: 'merchant_closed' },
      { status: 'not-paid', code: 'merchant_closed' },
    ],
    [
      'made, refused for now',
      { status: 'made' },
      { kind: 'submission-refused', code: 'unavailable' },
      { status: 'made' },
    ],
    [
      'waiting, a card was refused',
      { status: 'waiting' },
      { kind: 'answer', status: 'waiting', lastRefusal: 'insufficient_balance' },
      { status: 'waiting', lastRefusal: 'insufficient_balance' },
    ],
    [
      'waiting, time ran out',
      { status: 'waiting' },
      { kind: 'answer', status: 'expired' },
      { status: 'not-paid', code: 'request_expired' },
    ],
    ['waiting, centre lost it', { status: 'waiting' }, { kind: 'unknown-at-centre' }, { status: 'made' }],
    ['waiting, taken back', { status: 'waiting' }, { kind: 'cancel-asked' }, { status: 'cancelling' }],
    [
      'cancelling, still open',
      { status: 'cancelling' },
      { kind: 'answer', status: 'waiting' },
      { status: 'cancelling' },
    ],
    [
      'cancelling, in time',
      { status: 'cancelling' },
      { kind: 'answer', status: 'cancelled' },
      { status: 'not-paid', code: 'request_cancelled' },
    ],
    ['cancelling, too late', { status: 'cancelling' }, received, paid],
    ['believed unpaid, yet there is a receipt', { status: 'not-paid', code: 'request_expired' }, received, paid],
  ])('%s', (_title, state, event, next) => {
    expect(decideSale(state, event)).toEqual(next);
  });

  const anyState = fc.constantFrom<SaleState>(
    { status: 'made' },
    { status: 'waiting' },
    { status: 'cancelling' },
    { status: 'not-paid', code: 'request_cancelled' },
    paid,
  );
  const anyEvent = fc.constantFrom<SaleEvent>(
    { kind: 'answer', status: 'waiting' },
    { kind: 'answer', status: 'cancelled' },
    { kind: 'answer', status: 'expired' },
    { kind: 'submission-refused', code: 'voucher_reused' },
    { kind: 'unknown-at-centre' },
    { kind: 'cancel-asked' },
    received,
  );

  it('is paid by a receipt from any state, and then for ever', () => {
    fc.assert(
      fc.property(anyState, fc.array(anyEvent), fc.array(anyEvent), (start, before, after) => {
        const events = [...before, received, ...after];
        expect(events.reduce(decideSale, start).status).toBe('paid');
      }),
    );
  });

  it('is never paid without a receipt', () => {
    fc.assert(
      fc.property(fc.array(anyEvent), (events) => {
        const withoutReceipt = events.filter((event) => event.kind !== 'receipt');
        expect(withoutReceipt.reduce(decideSale, { status: 'made' } as SaleState).status).not.toBe('paid');
      }),
    );
  });

  it('once ended stays ended', () => {
    fc.assert(
      fc.property(anyState, anyEvent, (state, event) => {
        if (!isOpen({ state })) expect(isOpen({ state: decideSale(state, event) })).toBe(false);
      }),
    );
  });
});
