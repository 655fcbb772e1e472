import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideSale, type SaleEvent } from '../../../pos-pwa/sale/decide-sale.ts';
import { type Charge, isOpen, OPEN_STATUSES, type SaleState, type TakenAlone } from '../../../pos-pwa/sale/sale.ts';
import type { ReceiptContent } from '../../../shared/protocol/documents/receipt.ts';
import type { RefusalCode } from '../../../shared/protocol/refusals.ts';

const document = new Uint8Array([1]);
const receipt = { sequence: 7 } as ReceiptContent;
const paid: SaleState = { status: 'paid', receipt, document };
const charge: Charge = { codes: ['A', 'B'], capture: new Uint8Array([2]) };
const another: Charge = { codes: ['C', 'D'], capture: new Uint8Array([3]) };
const charging: SaleState = { status: 'charging', charge };
const asked: SaleState = { status: 'asked', charge };
const refused: SaleState = { status: 'charge-refused', code: 'insufficient_balance' };
const waits: SaleEvent = { kind: 'answer', status: 'waiting' };
const received: SaleEvent = { kind: 'receipt', receipt, document };

function notPaid(code: RefusalCode): SaleState {
  return { status: 'not-paid', code };
}

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
    ['shown, then scanned', { status: 'waiting' }, { kind: 'charged', charge }, charging],
    ['made, then scanned', { status: 'made' }, { kind: 'charged', charge }, charging],
    ['charging, scanned once more', charging, { kind: 'charged', charge: another }, charging],
    ['cancelling, scanned', { status: 'cancelling' }, { kind: 'charged', charge }, { status: 'cancelling' }],
    ['charging, only the request is known to wait', charging, waits, charging],
    ['charging, customer asked', charging, { kind: 'charge-asked' }, asked],
    ['charging, news that one scanned before is asked', charging, { ...waits, isCustomerAsked: true }, charging],
    [
      'charging, refused',
      charging,
      { kind: 'charge-refused', code: 'insufficient_balance' },
      { status: 'charge-refused', code: 'insufficient_balance' },
    ],
    ['charging, time ran out', charging, { kind: 'answer', status: 'expired' }, notPaid('request_expired')],
    [
      'charging, the shop may not',
      charging,
      { kind: 'submission-refused', code: 'merchant_closed' },
      notPaid('merchant_closed'),
    ],
    ['charging, not known there yet', charging, { kind: 'unknown-at-centre' }, charging],
    ['charging, taken back', charging, { kind: 'cancel-asked' }, { status: 'cancelling' }],
    ['charging, code asked for', charging, { kind: 'code-chosen' }, charging],
    ['asked, still', asked, { ...waits, isCustomerAsked: true }, asked],
    ['asked, customer declined', asked, waits, { status: 'charge-refused', code: 'pay_code_cancelled' }],
    [
      'asked, a try failed',
      asked,
      { ...waits, isCustomerAsked: true, lastRefusal: 'insufficient_balance' },
      { ...asked, lastRefusal: 'insufficient_balance' },
    ],
    ['asked, centre lost it', asked, { kind: 'unknown-at-centre' }, charging],
    ['asked, code chosen', asked, { kind: 'code-chosen' }, { status: 'made' }],
    ['asked, scanned again', asked, { kind: 'charged', charge: another }, { status: 'charging', charge: another }],
    ['charge refused, request waits', refused, waits, refused],
    ['charge refused, customer said to be asked', refused, { ...waits, isCustomerAsked: true }, refused],
    ['charge refused, centre never had it', refused, { kind: 'unknown-at-centre' }, refused],
    ['charge refused, scanned again', refused, { kind: 'charged', charge }, charging],
    ['charge refused, code chosen', refused, { kind: 'code-chosen' }, { status: 'made' }],
    ['charge refused, taken back', refused, { kind: 'cancel-asked' }, { status: 'cancelling' }],
    [
      'code shown, customer said to be asked',
      { status: 'made' },
      { ...waits, isCustomerAsked: true },
      { status: 'waiting' },
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
    charging,
    asked,
    refused,
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
    { ...waits, isCustomerAsked: true },
    { kind: 'charged', charge },
    { kind: 'charge-refused', code: 'twin_code_spent' },
    { kind: 'code-chosen' },
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

  it('is not forgotten to be cancelled by anything but its end', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        const state = decideSale({ status: 'cancelling' }, event);
        if (isOpen({ state })) expect(state.status).toBe('cancelling');
      }),
    );
  });

  it('is open in every status but the last two', () => {
    const states = [{ status: 'made' }, { status: 'waiting' }, charging, asked, refused, { status: 'cancelling' }];
    expect(states.map(({ status }) => status)).toEqual([...OPEN_STATUSES]);
    expect(isOpen({ state: paid })).toBe(false);
    expect(isOpen({ state: notPaid('request_expired') })).toBe(false);
  });
});

describe('the receipt off the customer’s phone', () => {
  const shown: SaleEvent = { kind: 'receipt-shown', receipt, document };
  const due: SaleState = { ...paid, handInDue: 1 };

  it.each<SaleState>([{ status: 'made' }, { status: 'cancelling' }, charging, refused, notPaid('request_expired')])(
    'pays a sale that is $status, and its own request is still to be handed in',
    (state) => {
      expect(decideSale(state, shown)).toEqual(due);
    },
  );

  it.each<SaleState>([{ status: 'waiting' }, asked])(
    'pays a sale that is $status: the centre has its request',
    (state) => {
      expect(decideSale(state, shown)).toEqual(paid);
    },
  );

  it('leaves nothing to do once the till’s own request has come to the centre', () => {
    expect(decideSale(due, { kind: 'handed-in' })).toEqual(paid);
    expect(decideSale(paid, { kind: 'handed-in' })).toBe(paid);
    expect(decideSale(due, received)).toBe(due);
  });
});

describe('a sale that the till took alone', () => {
  const taken = { acceptance: document, acceptedAtMs: 1, allowance: 'aa' } as unknown as TakenAlone;
  const accepted: SaleState = { status: 'accepted', ...taken };
  const takenAlone: SaleEvent = { kind: 'taken-alone', ...taken };
  const refusedLater: SaleEvent = { kind: 'settlement-refused', code: 'claim_late' };
  const notSettled: SaleState = { status: 'not-settled', code: 'claim_late', ...taken };

  it('is guaranteed from any open state, unless the cashier took it back before', () => {
    expect(decideSale(charging, takenAlone)).toEqual(accepted);
    expect(decideSale({ status: 'waiting' }, takenAlone)).toEqual(accepted);
    expect(decideSale({ status: 'cancelling' }, takenAlone)).toEqual({ status: 'cancelling' });
    expect(decideSale(notPaid('request_expired'), takenAlone)).toEqual(notPaid('request_expired'));
    expect(isOpen({ state: accepted })).toBe(false);
  });

  it('is changed by nothing but the centre’s receipt, or its refusal of this very consent', () => {
    const others: SaleEvent[] = [
      waits,
      { kind: 'answer', status: 'expired' },
      { kind: 'answer', status: 'cancelled' },
      { kind: 'cancel-asked' },
      { kind: 'submission-refused', code: 'request_expired' },
      { kind: 'charge-refused', code: 'account_frozen' },
      { kind: 'unknown-at-centre' },
      { kind: 'charged', charge: another },
      { kind: 'handed-in' },
    ];
    for (const event of others) {
      expect(decideSale(accepted, event)).toBe(accepted);
      expect(decideSale(notSettled, event)).toBe(notSettled);
    }
    expect(decideSale(accepted, refusedLater)).toEqual(notSettled);
  });

  it('is paid by a receipt, also after it was refused, with its own request still to be matched', () => {
    // When goods were handed over for it stays known.
    const settled = { ...paid, paidAtMs: 1, handInDue: 1 };
    expect(decideSale(accepted, received)).toEqual(settled);
    expect(decideSale(notSettled, received)).toEqual(settled);
    expect(decideSale(settled as SaleState, { kind: 'handed-in' })).toEqual({ ...paid, paidAtMs: 1 });
    expect(decideSale(paid, refusedLater)).toBe(paid);
  });
});
