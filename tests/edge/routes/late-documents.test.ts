import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PaymentAnswer } from '../../../shared/protocol/wire/payments.ts';
import { createAuthoriseCall, requestPayment } from '../../support/enrol.ts';
import { createClient, openTill, openWallet } from '../support/test-app.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The worker lives in the same isolate as its tests, so one clock moves for both. */
function passTime(milliseconds: number): void {
  const nowMs = Date.now() + milliseconds;
  vi.useFakeTimers({ toFake: ['Date'], now: nowMs });
}

afterEach(() => {
  vi.useRealTimers();
});

describe('a document that comes late', () => {
  it.each([
    ['five minutes', 5 * MINUTE_MS],
    ['forty days, past the life of its certificate', 40 * DAY_MS],
  ])('by %s gets its first answer again, byte for byte', async (_words, lateMs) => {
    const [till, wallet] = [await openTill(), await openWallet()];
    const { request } = await requestPayment(till, 100);
    const call = await createAuthoriseCall(wallet, till, request);
    const first = await createClient().post<PaymentAnswer>('authorisations', call);
    expect(first.body.status).toBe('paid');
    passTime(lateMs);
    expect((await createClient().post('authorisations', call)).body).toEqual(first.body);
    const submitted = await createClient().post<PaymentAnswer>('requests', request.call);
    expect(submitted.body).toMatchObject({ status: 'paid', receipt: first.body.receipt });
  });

  it('for the first time is refused for its time, and the attempt is recorded', async () => {
    const [till, wallet] = [await openTill(), await openWallet()];
    const unseen = await till.terminal.createRequest(100, Date.now());
    const { request, answer } = await requestPayment(till, 100);
    const call = await createAuthoriseCall(wallet, till, request);
    passTime(5 * MINUTE_MS);
    const refused = await createClient().post('authorisations', call);
    expect([refused.status, refused.body.code]).toEqual([409, 'authorisation_expired']);
    const standing = await till.client.get<PaymentAnswer>(`payments/${answer.body.traceKey}`);
    expect(standing.body.status).toBe('expired');
    const late = await createClient().post('requests', {
      request: unseen.document.toBase64({ alphabet: 'base64url', omitPadding: true }),
      terminalCertificate: request.call.terminalCertificate,
    });
    expect([late.status, late.body.code]).toEqual([409, 'request_expired']);
  });

  it('gets the refusal that it got in time', async () => {
    const [till, wallet] = [await openTill(), await openWallet()];
    const { request } = await requestPayment(till, 60_000);
    const call = await createAuthoriseCall(wallet, till, request);
    const first = await createClient().post('authorisations', call);
    expect(first.body.code).toBe('insufficient_balance');
    passTime(10 * MINUTE_MS);
    expect((await createClient().post('authorisations', call)).body).toEqual(first.body);
  });

  it('from the future is refused, and stays refused when its time has come', async () => {
    const till = await openTill();
    const created = await till.terminal.createRequest(100, Date.now() + 10 * MINUTE_MS);
    const call = {
      request: created.document.toBase64({ alphabet: 'base64url', omitPadding: true }),
      terminalCertificate: till.answer.terminalCertificate,
    };
    expect((await createClient().post('requests', call)).body.code).toBe('clock_off');
    passTime(10 * MINUTE_MS);
    expect((await createClient().post('requests', call)).body.code).toBe('clock_off');
  });

  it('is refused where its certificate has ended, though dated back, and stays refused', async () => {
    const till = await openTill();
    passTime(90 * DAY_MS + MINUTE_MS);
    const created = await till.terminal.createRequest(100, Date.now() - 2 * MINUTE_MS, { validForSeconds: 600 });
    const call = {
      request: created.document.toBase64({ alphabet: 'base64url', omitPadding: true }),
      terminalCertificate: till.answer.terminalCertificate,
    };
    expect((await createClient().post('requests', call)).body.code).toBe('certificate_expired');
    expect((await createClient().post('requests', call)).body.code).toBe('certificate_expired');
  });

  it('is a consent that a newer certificate would allow: renewed wallets pay on', async () => {
    const [till, wallet] = [await openTill(), await openWallet()];
    passTime(25 * DAY_MS);
    const synced = await wallet.client.post<{ cards: { certificate: string }[] }>('wallet/sync');
    expect(synced.status).toBe(200);
    expect(synced.body.cards[0]!.certificate).not.toBe(wallet.answer.cards[0]!.certificate);
    const { request } = await requestPayment(till, 100);
    expect((await createClient().post('authorisations', await createAuthoriseCall(wallet, till, request))).status).toBe(
      200,
    );
  });

  it('after the certificate’s end is refused as such', async () => {
    const [till, wallet] = [await openTill(), await openWallet()];
    passTime(31 * DAY_MS);
    const { request } = await requestPayment(till, 100);
    const refused = await createClient().post('authorisations', await createAuthoriseCall(wallet, till, request));
    expect(refused.body.code).toBe('certificate_expired');
  });
});
