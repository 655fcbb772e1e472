import { describe, expect, it } from 'vitest';
import { askAboutSale } from '../../../pos-pwa/sale/ask-about-sale.ts';
import type { CentrePort } from '../../../pos-pwa/sale/centre-port.ts';
import type { SaleEvent } from '../../../pos-pwa/sale/decide-sale.ts';
import type { Charge, Sale, SaleState } from '../../../pos-pwa/sale/sale.ts';
import type { RefusalCode } from '../../../shared/protocol/refusals.ts';
import { accept, type Result, refuse } from '../../../shared/protocol/result.ts';
import type { PaymentAnswer } from '../../../shared/protocol/wire/payments.ts';

type Said = PaymentAnswer['status'] | 'asked' | RefusalCode;
const STATUSES = ['waiting', 'paid', 'cancelled', 'expired'];

/** A centre that gives the listed answers in order, and notes what it was asked. */
function centre(answers: readonly [call: keyof CentrePort, said: Said][]) {
  const left = [...answers];
  const answer = async (call: keyof CentrePort): Promise<Result<PaymentAnswer>> => {
    const next = left.shift();
    if (!next || next[0] !== call) throw new Error(`Asked to ${call}, expected ${next?.[0]}.`);
    const said = next[1];
    if (said === 'asked') return accept({ status: 'waiting', isCustomerAsked: true } as PaymentAnswer);
    return STATUSES.includes(said) ? accept({ status: said } as PaymentAnswer) : refuse(said as RefusalCode);
  };
  const port: CentrePort = {
    submit: () => answer('submit'),
    charge: () => answer('charge'),
    settle: () => answer('settle'),
    cancel: () => answer('cancel'),
    look: () => answer('look'),
  };
  return { port, left };
}

const read = async ({ status, isCustomerAsked }: PaymentAnswer): Promise<Result<SaleEvent>> =>
  accept(
    status === 'paid'
      ? ({ kind: 'receipt' } as SaleEvent)
      : { kind: 'answer', status, ...(isCustomerAsked && { isCustomerAsked }) },
  );

const CODES: Charge = { codes: ['A', 'B'], capture: Uint8Array.of(1) };
const CONSENT: Charge = {
  authorisation: Uint8Array.of(1),
  assertion: Uint8Array.of(2),
  walletCertificate: Uint8Array.of(3),
};

async function ask(
  status: SaleState['status'],
  isFirstTry: boolean,
  answers: readonly [keyof CentrePort, Said][],
  more: object = { charge: CODES },
) {
  const { port, left } = centre(answers);
  const asked = await askAboutSale(
    { traceKey: 'T', state: { status, ...more } } as unknown as Sale,
    port,
    read,
    isFirstTry,
  );
  expect(left).toEqual([]);
  return asked;
}

describe('asking the centre about a sale', () => {
  it('hands a new one in', async () => {
    expect(await ask('made', true, [['submit', 'waiting']])).toMatchObject({ value: { status: 'waiting' } });
  });

  it('believes the refusal of a first try', async () => {
    const asked = await ask('made', true, [['submit', 'operator_unknown']]);
    expect(asked).toMatchObject({ value: { kind: 'submission-refused', code: 'operator_unknown' } });
  });

  it('learns nothing from a refusal that may be another next time', async () => {
    expect(await ask('made', true, [['submit', 'no_network']])).toEqual(refuse('no_network'));
    expect(await ask('made', false, [['submit', 'unavailable']])).toEqual(refuse('unavailable'));
  });

  it('asks the books when a later try is refused: an earlier one may have been paid', async () => {
    const asked = await ask('made', false, [
      ['submit', 'request_expired'],
      ['look', 'paid'],
    ]);
    expect(asked).toMatchObject({ value: { kind: 'receipt' } });
  });

  it('believes a later refusal once the books say that nothing is there', async () => {
    const asked = await ask('made', false, [
      ['submit', 'request_expired'],
      ['look', 'not_found'],
    ]);
    expect(asked).toMatchObject({ value: { kind: 'submission-refused', code: 'request_expired' } });
  });

  it('knows nothing when the books cannot be asked', async () => {
    const asked = await ask('made', false, [
      ['submit', 'request_expired'],
      ['look', 'no_network'],
    ]);
    expect(asked).toEqual(refuse('no_network'));
  });

  it('hands in again what the centre has lost', async () => {
    expect(await ask('waiting', false, [['look', 'not_found']])).toMatchObject({
      value: { kind: 'unknown-at-centre' },
    });
  });

  it('takes back', async () => {
    expect(await ask('cancelling', false, [['cancel', 'cancelled']])).toMatchObject({ value: { status: 'cancelled' } });
  });

  it('finds the receipt when it was too late to take back', async () => {
    const asked = await ask('cancelling', false, [
      ['cancel', 'already_paid'],
      ['submit', 'paid'],
    ]);
    expect(asked).toMatchObject({ value: { kind: 'receipt' } });
  });

  it('hands in and then takes back what never arrived, so that a late try finds the number taken', async () => {
    const asked = await ask('cancelling', false, [
      ['cancel', 'request_unknown'],
      ['submit', 'waiting'],
      ['cancel', 'cancelled'],
    ]);
    expect(asked).toMatchObject({ value: { status: 'cancelled' } });
  });

  it('ends by expiry what never arrived in time', async () => {
    const asked = await ask('cancelling', false, [
      ['cancel', 'request_unknown'],
      ['submit', 'request_expired'],
      ['look', 'not_found'],
    ]);
    expect(asked).toMatchObject({ value: { kind: 'submission-refused' } });
  });
});

describe('charging a customer who was scanned', () => {
  it('is paid by the first answer', async () => {
    expect(await ask('charging', true, [['charge', 'paid']])).toMatchObject({ value: { kind: 'receipt' } });
  });

  it('passes on that the customer is asked', async () => {
    expect(await ask('charging', true, [['charge', 'asked']])).toEqual(accept({ kind: 'charge-asked' }));
  });

  it.each<[RefusalCode, SaleEvent['kind']]>([
    ['insufficient_balance', 'charge-refused'],
    ['twin_code_stale', 'charge-refused'],
    ['pay_code_used', 'charge-refused'],
    ['pay_code_cap_exceeded', 'charge-refused'],
    ['certificate_expired', 'charge-refused'],
    ['account_slowed', 'charge-refused'],
    ['terminal_closed', 'submission-refused'],
    ['request_expired', 'submission-refused'],
    ['operator_unknown', 'submission-refused'],
  ])('refused with %s is %s', async (code, kind) => {
    expect(await ask('charging', true, [['charge', code]])).toMatchObject({ value: { kind, code } });
  });

  it('finds that the customer was asked by a try whose answer was lost, and has declined', async () => {
    expect(await ask('charging', false, [['charge', 'waiting']])).toMatchObject({
      value: { kind: 'charge-refused', code: 'pay_code_cancelled' },
    });
  });

  it('learns nothing from silence, and from a centre that cannot answer now', async () => {
    expect(await ask('charging', true, [['charge', 'no_network']])).toEqual(refuse('no_network'));
    expect(await ask('charging', false, [['charge', 'unavailable']])).toEqual(refuse('unavailable'));
  });

  it.each<[string, Said, object]>([
    ['paid', 'paid', { kind: 'receipt' }],
    ['asked of somebody, who may have been scanned before', 'asked', { kind: 'charge-refused', code: 'clock_off' }],
    ['over', 'expired', { kind: 'answer', status: 'expired' }],
    ['still open', 'waiting', { kind: 'charge-refused', code: 'clock_off' }],
    ['not there', 'not_found', { kind: 'charge-refused', code: 'clock_off' }],
  ])('asks the books when a later try is refused: the payment is %s', async (_title, said, value) => {
    const asked = await ask('charging', false, [
      ['charge', 'clock_off'],
      ['look', said],
    ]);
    expect(asked).toMatchObject({ value });
  });

  it('knows nothing of a refused later try when the books cannot be asked', async () => {
    const asked = await ask('charging', false, [
      ['charge', 'clock_off'],
      ['look', 'no_network'],
    ]);
    expect(asked).toEqual(refuse('no_network'));
  });

  it('goes on looking after a refusal, and hands in a request that never arrived', async () => {
    expect(await ask('charge-refused', false, [['look', 'paid']])).toMatchObject({ value: { kind: 'receipt' } });
    const asked = await ask('charge-refused', false, [
      ['look', 'not_found'],
      ['submit', 'waiting'],
    ]);
    expect(asked).toMatchObject({ value: { kind: 'answer', status: 'waiting' } });
  });

  it('is taken back as any other sale', async () => {
    const asked = await ask('cancelling', false, [
      ['cancel', 'already_paid'],
      ['submit', 'paid'],
    ]);
    expect(asked).toMatchObject({ value: { kind: 'receipt' } });
  });
});

describe('handing in for a customer whose phone has no network', () => {
  const consent = { charge: CONSENT };

  it('is paid by the first answer', async () => {
    expect(await ask('charging', false, [['charge', 'paid']], consent)).toMatchObject({ value: { kind: 'receipt' } });
  });

  it('hands the request in first where it never arrived', async () => {
    const asked = await ask(
      'charging',
      false,
      [
        ['charge', 'request_unknown'],
        ['submit', 'waiting'],
        ['charge', 'paid'],
      ],
      consent,
    );
    expect(asked).toMatchObject({ value: { kind: 'receipt' } });
  });

  it('finds that the customer’s phone has paid meanwhile', async () => {
    const asked = await ask(
      'charging',
      false,
      [
        ['charge', 'already_paid'],
        ['look', 'paid'],
      ],
      consent,
    );
    expect(asked).toMatchObject({ value: { kind: 'receipt' } });
  });

  it('leaves the sale to be paid in another way where the card is refused', async () => {
    const asked = await ask(
      'charging',
      false,
      [
        ['charge', 'insufficient_balance'],
        ['look', 'waiting'],
      ],
      consent,
    );
    expect(asked).toMatchObject({ value: { kind: 'charge-refused', code: 'insufficient_balance' } });
  });
});

describe('a sale that a customer’s receipt has ended', () => {
  const due = { handInDue: 1 };

  it('has its own request handed in, whatever the centre says to it', async () => {
    expect(await ask('paid', false, [['submit', 'paid']], due)).toMatchObject({ value: { kind: 'handed-in' } });
    expect(await ask('paid', false, [['submit', 'terminal_closed']], due)).toMatchObject({
      value: { kind: 'handed-in' },
    });
  });

  it('is handed in again while there is no network', async () => {
    expect(await ask('paid', false, [['submit', 'no_network']], due)).toEqual(refuse('no_network'));
  });
});
