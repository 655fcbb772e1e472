import { describe, expect, it } from 'vitest';
import { encodeBase64url } from '../../../shared/protocol/bytes.ts';
import type { OperatorNo, TraceKey, VoucherNo } from '../../../shared/protocol/identifiers.ts';
import type { PaymentAnswer } from '../../../shared/protocol/wire/payments.ts';
import { createAuthoriseCall, grantAllowance, makeRequest, requestPayment, sellOffline } from '../../support/enrol.ts';
import { createClient, ledgerOf, openTill, openWallet } from '../support/test-app.ts';

describe('a payment through the API', () => {
  it('is paid once both sides have handed in, and both are told', async () => {
    const till = await openTill();
    const wallet = await openWallet();
    const { request, answer } = await requestPayment(till, 1250);
    expect(answer.body.status).toBe('waiting');

    const paid = await wallet.client.post<PaymentAnswer>(
      'authorisations',
      await createAuthoriseCall(wallet, till, request),
    );
    expect(paid.status).toBe(200);
    expect(paid.body).toMatchObject({ status: 'paid', receipt: expect.any(String) });
    const polled = await till.client.get<PaymentAnswer>(`payments/${paid.body.traceKey}`);
    expect(polled.body).toMatchObject({ status: 'paid', receipt: paid.body.receipt });
    expect((await wallet.client.get<PaymentAnswer>(`payments/${paid.body.traceKey}`)).body.status).toBe('paid');
    const synced = await wallet.client.post<{ cards: { availableMinor: number }[] }>('wallet/sync');
    expect(synced.body.cards[0]!.availableMinor).toBe(5000 - 1250);
    const movements = await wallet.client.get<{ movements: object[] }>('wallet/movements');
    expect(movements.body.movements).toMatchObject([
      { kind: 'payment', amountMinor: -1250, shopName: 'Corner Café', receipt: paid.body.receipt },
      { kind: 'top-up', amountMinor: 5000 },
    ]);
    const batch = await till.client.get<{ payments: PaymentAnswer[] }>('terminals/payments?batchNo=1');
    expect(batch.body.payments.map(({ status }) => status)).toEqual(['paid']);
  });

  it('answers the same document the same, byte for byte', async () => {
    const till = await openTill();
    const wallet = await openWallet();
    const { request, answer } = await requestPayment(till, 300);
    const call = await createAuthoriseCall(wallet, till, request);
    const first = await createClient().post('authorisations', call);
    const second = await createClient().post('authorisations', call);
    expect(second.body).toEqual(first.body);
    const submitted = await createClient().post('requests', request.call);
    expect(submitted.body).toMatchObject({ traceKey: answer.body.traceKey, status: 'paid' });
  });

  describe('whose till has no network', () => {
    it('is paid with the request that the phone carries, and matched when the till hands the same in', async () => {
      const [till, wallet] = [await openTill(), await openWallet()];
      const request = await makeRequest(till, 450);
      const call = { ...(await createAuthoriseCall(wallet, till, request)), isTillAway: true };
      const paid = await wallet.client.post<PaymentAnswer>('authorisations', call);
      expect(paid.body).toMatchObject({ status: 'paid', receipt: expect.any(String) });
      expect(await carriedOf(paid.body.traceKey)).toBe('not-matched');
      // Once or ten times, to the same effect.
      expect((await createClient().post<PaymentAnswer>('authorisations', call)).body.receipt).toBe(paid.body.receipt);

      const submitted = await till.client.post<PaymentAnswer>('requests', request.call);
      expect(submitted.body).toMatchObject({ status: 'paid', receipt: paid.body.receipt });
      expect(await carriedOf(paid.body.traceKey)).toBe('matched');
    });

    it('is not carried past what would refuse it from the till itself', async () => {
      const [till, wallet] = [await openTill(), await openWallet()];
      const request = await makeRequest(till, 100, Date.now(), { operatorNo: '77' as OperatorNo });
      const call = { ...(await createAuthoriseCall(wallet, till, request)), isTillAway: true };
      expect((await wallet.client.post('authorisations', call)).body).toMatchObject({ code: 'operator_unknown' });
    });

    it('finds its voucher number taken when the till says something else of it later', async () => {
      const [till, wallet] = [await openTill(), await openWallet()];
      const voucherNo = 7 as VoucherNo;
      const request = await makeRequest(till, 100, Date.now(), { voucherNo });
      await wallet.client.post('authorisations', {
        ...(await createAuthoriseCall(wallet, till, request)),
        isTillAway: true,
      });
      const other = await makeRequest(till, 900, Date.now(), { voucherNo });
      expect((await till.client.post('requests', other.call)).body).toMatchObject({ code: 'voucher_reused' });
    });

    it('changes nothing about a request that the till did hand in', async () => {
      const [till, wallet] = [await openTill(), await openWallet()];
      const { request } = await requestPayment(till, 200);
      const call = { ...(await createAuthoriseCall(wallet, till, request)), isTillAway: true };
      const paid = await wallet.client.post<PaymentAnswer>('authorisations', call);
      expect(paid.body.status).toBe('paid');
      expect(await carriedOf(paid.body.traceKey)).toBeUndefined();
    });
  });

  it('refuses a consent whose request the till never handed in, which is no refused attempt of the payment that follows', async () => {
    const [till, wallet] = [await openTill(), await openWallet()];
    const payer = await openWallet();
    await grantAllowance(payer);
    const alone = await makeRequest(till, 100);
    const chained = await sellOffline(payer, till, 100);
    for (const call of [await createAuthoriseCall(wallet, till, alone), chained.byWallet]) {
      const early = await createClient().post('authorisations', call);
      expect([early.status, early.body.code]).toEqual([409, 'request_unknown']);
      const paid = await createClient().post<PaymentAnswer>('authorisations', { ...call, isTillAway: true });
      expect(paid.body.status).toBe('paid');
      expect((await ledgerOf().paymentDetails(paid.body.traceKey))?.attempts).toEqual([]);
    }
    const { terminalId } = till.terminal.trusted.content;
    expect(await ledgerOf().searchPayments({ text: terminalId, status: 'refused', limit: 100 })).toMatchObject({
      value: { rows: [] },
    });
  });

  it('is refused by name, moves nothing and shows the till why', async () => {
    const till = await openTill();
    const wallet = await openWallet();
    const refusals = [
      ['insufficient_balance', 422, 60_000, {}],
      ['user_not_verified', 422, 100, { userVerified: false }],
      ['passkey_invalid', 422, 100, { tamperSignature: true }],
      ['passkey_invalid', 422, 100, { rpId: 'evil.example' }],
      ['passkey_invalid', 422, 100, { foreignKey: true }],
    ] as const;
    for (const [code, status, amountMinor, misbehaviour] of refusals) {
      const { request, answer } = await requestPayment(till, amountMinor);
      const call = await createAuthoriseCall(wallet, till, request, misbehaviour);
      const refused = await wallet.client.post('authorisations', call);
      expect([refused.status, refused.body.code]).toEqual([status, code]);
      const polled = await till.client.get<PaymentAnswer>(`payments/${answer.body.traceKey}`);
      expect(polled.body.status).toBe('waiting');
    }
    const synced = await wallet.client.post<{ cards: { availableMinor: number }[] }>('wallet/sync');
    expect(synced.body.cards[0]!.availableMinor).toBe(5000);
  });

  it('lets a second payer down and keeps the first', async () => {
    const till = await openTill();
    const [first, second] = [await openWallet('First'), await openWallet('Second')];
    const { request } = await requestPayment(till, 700);
    expect((await first.client.post('authorisations', await createAuthoriseCall(first, till, request))).status).toBe(
      200,
    );
    const refused = await second.client.post('authorisations', await createAuthoriseCall(second, till, request));
    expect(refused.body.code).toBe('already_paid');
  });

  it('cannot be paid after the till took it back', async () => {
    const till = await openTill();
    const wallet = await openWallet();
    const { request } = await requestPayment(till, 700);
    const verified = await till.terminal.verify(request.document, Date.now());
    if (!verified.ok) throw new Error(verified.code);
    const cancellation = encodeBase64url(await till.terminal.createCancellation(verified.value, Date.now()));
    const { terminalCertificate } = request.call;
    const cancelled = await createClient().post<PaymentAnswer>('requests/cancel', {
      cancellation,
      terminalCertificate,
    });
    expect(cancelled.body.status).toBe('cancelled');
    const refused = await wallet.client.post('authorisations', await createAuthoriseCall(wallet, till, request));
    expect(refused.body.code).toBe('request_cancelled');
  });

  it('refuses what a terminal signs after another tablet took its place', async () => {
    const till = await openTill();
    const { terminalId } = till.terminal.trusted.content;
    const { registryOf } = await import('../support/test-app.ts');
    const code = await registryOf().shops.createActivationCode(terminalId);
    if (!code.ok) throw new Error(code.code);
    expect((await requestPayment(till, 100)).answer.status).toBe(200);
    const { activateTill } = await import('../../support/enrol.ts');
    const next = await activateTill(createClient(), code.value.code);
    expect((await requestPayment(till, 100)).answer.body.code).toBe('terminal_closed');
    expect(next.answer.batchNoMin).toBe(32);
    next.terminal.batchNo = 32 as typeof next.terminal.batchNo;
    expect((await requestPayment(next, 100)).answer.status).toBe(200);
  });
});

async function carriedOf(traceKey: TraceKey): Promise<string | undefined> {
  const details = await ledgerOf().paymentDetails(traceKey);
  return details?.request?.carried;
}
