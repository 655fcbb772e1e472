import { describe, expect, it } from 'vitest';
import { askAboutSale } from '../../../pos-pwa/sale/ask-about-sale.ts';
import type { CentrePort } from '../../../pos-pwa/sale/centre-port.ts';
import type { SaleEvent } from '../../../pos-pwa/sale/decide-sale.ts';
import type { Sale, SaleState } from '../../../pos-pwa/sale/sale.ts';
import type { RefusalCode } from '../../../shared/protocol/refusals.ts';
import { accept, type Result, refuse } from '../../../shared/protocol/result.ts';
import type { PaymentAnswer } from '../../../shared/protocol/wire/payments.ts';

type Said = PaymentAnswer['status'] | RefusalCode;
const STATUSES = ['waiting', 'paid', 'cancelled', 'expired'];

/** A centre that gives the listed answers in order, and notes what it was asked. */
function centre(answers: readonly [call: keyof CentrePort, said: Said][]) {
  const left = [...answers];
  const answer = async (call: keyof CentrePort): Promise<Result<PaymentAnswer>> => {
    const next = left.shift();
    if (!next || next[0] !== call) throw new Error(`Asked to ${call}, expected ${next?.[0]}.`);
    const said = next[1];
    return STATUSES.includes(said) ? accept({ status: said } as PaymentAnswer) : refuse(said as RefusalCode);
  };
  const port: CentrePort = {
    submit: () => answer('submit'),
    cancel: () => answer('cancel'),
    look: () => answer('look'),
  };
  return { port, left };
}

const read = async ({ status }: PaymentAnswer): Promise<Result<SaleEvent>> =>
  accept(status === 'paid' ? ({ kind: 'receipt' } as SaleEvent) : { kind: 'answer', status });

async function ask(status: SaleState['status'], isFirstTry: boolean, answers: readonly [keyof CentrePort, Said][]) {
  const { port, left } = centre(answers);
  const asked = await askAboutSale({ traceKey: 'T', state: { status } } as unknown as Sale, port, read, isFirstTry);
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
      ['look', 'paid'],
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
