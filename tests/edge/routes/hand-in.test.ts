import { runInDurableObject } from 'cloudflare:test';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Bytes, decodeBase64url, encodeBase64url, encodeHex, encodeUtf8 } from '../../../shared/protocol/bytes.ts';
import { sha256 } from '../../../shared/protocol/hash.ts';
import type { TraceKey, VoucherNo } from '../../../shared/protocol/identifiers.ts';
import { verifyReceiptOf } from '../../../shared/protocol/payment/verify-receipt.ts';
import type { VerifiedRequest } from '../../../shared/protocol/payment/verify-request.ts';
import type { PaymentAnswer } from '../../../shared/protocol/wire/payments.ts';
import { unwrap } from '../../support/devices.ts';
import {
  createAuthoriseCall,
  type EnrolledTill,
  type EnrolledWallet,
  requestPayment,
  trustOf,
} from '../../support/enrol.ts';
import { createClient, ledgerOf, openTill, openWallet } from '../support/test-app.ts';

type Refused = { readonly receipt?: string };

let till: EnrolledTill;
let wallet: EnrolledWallet;

beforeEach(async () => {
  [till, wallet] = [await openTill(), await openWallet()];
});

afterEach(async () => {
  vi.useRealTimers();
  expect(await ledgerOf().checkBooks()).toMatchObject({ isWhole: true, faults: [] });
});

/** The refused attempts of this test's till, newest first. */
async function listRefused() {
  const { terminalId } = till.terminal.trusted.content;
  return unwrap(await ledgerOf().searchPayments({ text: terminalId, status: 'refused', limit: 50 })).rows;
}

/** One bit turned in the signature, which stands at the end. */
function tamper(document: Uint8Array): Bytes {
  const tampered = document.slice() as Bytes;
  tampered[tampered.length - 1]! ^= 1;
  return tampered;
}

const terminalCertificate = () => encodeBase64url(till.terminal.certificate);

async function createVerified(amountMinor = 100): Promise<{ request: VerifiedRequest; document: Bytes }> {
  const nowMs = Date.now();
  const { document } = await till.terminal.createRequest(amountMinor, nowMs);
  return { request: unwrap(await till.terminal.verify(document, nowMs)), document };
}

describe('what is refused under a genuine terminal’s certificate', () => {
  it.each([
    ['whose signature does not fit', 'signature_invalid', async () => tamper((await createVerified()).document)],
    ['that is no document', 'document_malformed', async () => encodeUtf8('nonsense')],
    [
      'made for another certificate',
      'certificate_invalid',
      async () => (await (await openTill()).terminal.createRequest(100, Date.now())).document,
    ],
  ] as const)('is a request %s: it is recorded once, by its hash', async (_words, code, create) => {
    const call = { request: encodeBase64url(await create()), terminalCertificate: terminalCertificate() };
    for (let times = 0; times < 3; times += 1) {
      const refused = await createClient().post<Refused>('requests', call);
      expect(refused.body.code).toBe(code);
      expect(refused.body.receipt).toBeUndefined();
    }
    const [row, ...more] = await listRefused();
    expect(more).toEqual([]);
    expect(row).toMatchObject({ status: 'refused', refused: { kind: 'submission', code }, shopName: 'Corner Café' });
    for (const absent of ['traceKey', 'amountMinor', 'operatorNo', 'cardEnding'])
      expect(row).not.toHaveProperty(absent);
    expect(await loadHashes()).toEqual([encodeHex(await sha256(encodeUtf8(call.request)))]);
  });

  it('is a tampered code that somebody consents to, once for each consent', async () => {
    const { request } = await requestPayment(till, 100);
    const genuine = await createAuthoriseCall(wallet, till, request);
    const call = { ...genuine, request: encodeBase64url(tamper(request.document)) };
    for (let times = 0; times < 2; times += 1)
      expect((await createClient().post('authorisations', call)).body.code).toBe('signature_invalid');
    expect(await listRefused()).toMatchObject([{ refused: { kind: 'authorisation', code: 'signature_invalid' } }]);
    // The genuine code is as good as before.
    expect((await createClient().post<PaymentAnswer>('authorisations', genuine)).body.status).toBe('paid');
  });

  it('is a cancellation with a bad signature or form', async () => {
    const { request } = await requestPayment(till, 100);
    const read = unwrap(await till.terminal.verify(request.document, Date.now()));
    const signed = await till.terminal.createCancellation(read, Date.now());
    for (const [document, code] of [
      [tamper(signed), 'signature_invalid'],
      [encodeUtf8('nonsense'), 'document_malformed'],
    ] as const) {
      const call = { cancellation: encodeBase64url(document), terminalCertificate: terminalCertificate() };
      expect((await createClient().post('requests/cancel', call)).body.code).toBe(code);
      expect((await listRefused())[0]).toMatchObject({ refused: { kind: 'cancellation', code } });
    }
    expect((await till.client.get<PaymentAnswer>(`payments/${read.traceKey}`)).body.status).toBe('waiting');
  });

  it('is a cancellation of what was never handed in, under its trace key but without a page of its own', async () => {
    const { request, document } = await createVerified();
    const cancellation = encodeBase64url(await till.terminal.createCancellation(request, Date.now()));
    const call = { cancellation, terminalCertificate: terminalCertificate() };
    for (let times = 0; times < 2; times += 1)
      expect((await createClient().post('requests/cancel', call)).body.code).toBe('request_unknown');
    const { traceKey } = request;
    const refused = { kind: 'cancellation', code: 'request_unknown' };
    expect(await listRefused()).toMatchObject([{ traceKey, refused }]);
    expect(await ledgerOf().paymentDetails(traceKey)).toBeUndefined();
    // It was too early, which is nothing for ever.
    const handedIn = { request: encodeBase64url(document), terminalCertificate: terminalCertificate() };
    expect((await createClient().post('requests', handedIn)).status).toBe(200);
    expect((await createClient().post<PaymentAnswer>('requests/cancel', call)).body.status).toBe('cancelled');
  });

  it('is a cancellation from after its certificate’s end, and it ends nothing', async () => {
    const { request, document } = await createVerified();
    const handedIn = { request: encodeBase64url(document), terminalCertificate: terminalCertificate() };
    await createClient().post('requests', handedIn);
    const lateMs = till.terminal.trusted.content.expiresAtSeconds * 1000 + 1;
    const cancellation = encodeBase64url(await till.terminal.createCancellation(request, lateMs));
    const call = { cancellation, terminalCertificate: terminalCertificate() };
    expect((await createClient().post('requests/cancel', call)).body.code).toBe('certificate_expired');
    const details = (await ledgerOf().paymentDetails(request.traceKey))!;
    expect(details).toMatchObject({
      status: 'waiting',
      attempts: [{ kind: 'cancellation', code: 'certificate_expired', amountMinor: 100 }],
    });
  });

  it('is recorded no more than so often in an hour, and refused all the same', async () => {
    const send = async (index: number) => {
      const request = encodeBase64url(encodeUtf8(`nonsense ${index}`));
      return createClient().post('requests', { request, terminalCertificate: terminalCertificate() });
    };
    for (let index = 0; index < 25; index += 1) expect((await send(index)).body.code).toBe('document_malformed');
    expect(await listRefused()).toHaveLength(20);
    // Others have their own measure, and an hour later so has this one again.
    const other = await openTill();
    const call = { request: encodeBase64url(encodeUtf8('x')), terminalCertificate: other.answer.terminalCertificate };
    await createClient().post('requests', call);
    const { terminalId } = other.terminal.trusted.content;
    const ofOther = unwrap(await ledgerOf().searchPayments({ text: terminalId, status: 'refused', limit: 50 }));
    expect(ofOther.rows).toHaveLength(1);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_601_000 });
    await send(100);
    expect(await listRefused()).toHaveLength(21);
  });
});

describe('the answer to what is refused of a good request', () => {
  async function readReceipt(text: string | undefined, request: VerifiedRequest) {
    const trust = await trustOf(till.answer.programme);
    return unwrap(await verifyReceiptOf(request, decodeBase64url(text!)!, trust));
  }

  it.each([
    ['passkey_invalid', { tamperSignature: true }],
    ['user_not_verified', { userVerified: false }],
  ] as const)('carries the signed receipt with all fields: %s', async (code, misbehaviour) => {
    const { request } = await requestPayment(till, 640);
    const read = unwrap(await till.terminal.verify(request.document, Date.now()));
    const call = await createAuthoriseCall(wallet, till, request, misbehaviour);
    const refused = await createClient().post<Refused>('authorisations', call);
    expect(refused.body.code).toBe(code);
    const receipt = await readReceipt(refused.body.receipt, read);
    const { merchantNo, terminalId, operatorNo, acquirer, transType, batchNo, voucherNo, amountMinor } = read;
    const fields = { merchantNo, terminalId, operatorNo, acquirer, transType, batchNo, voucherNo, amountMinor };
    expect(receipt).toMatchObject({ status: 2, refusal: code, ...fields });
    // No card is named that nobody proved to hold.
    expect(receipt).not.toHaveProperty('cardEnding');
    expect((await createClient().post('authorisations', call)).body).toEqual(refused.body);
    const poll = await till.client.get<PaymentAnswer>(`payments/${read.traceKey}`);
    expect(poll.body.lastRefusal).toEqual({ code, receipt: refused.body.receipt });
  });

  it('carries it to the till too', async () => {
    const nowMs = Date.now();
    const voucherNo = 77 as VoucherNo;
    const first = await till.terminal.createRequest(100, nowMs, { voucherNo });
    const second = await till.terminal.createRequest(200, nowMs, { voucherNo });
    const send = (document: Uint8Array) =>
      till.client.post<Refused>('requests', {
        request: encodeBase64url(document),
        terminalCertificate: terminalCertificate(),
      });
    expect((await send(first.document)).status).toBe(200);
    const refused = await send(second.document);
    expect(refused.body.code).toBe('voucher_reused');
    const receipt = await readReceipt(refused.body.receipt, unwrap(await till.terminal.verify(second.document, nowMs)));
    expect(receipt).toMatchObject({ status: 2, refusal: 'voucher_reused', amountMinor: 200, voucherNo: 77 });
    expect((await send(second.document)).body).toEqual(refused.body);
  });

  it('carries it for a document whose time is wrong, the same each time', async () => {
    const created = await till.terminal.createRequest(100, Date.now() + 600_000);
    const call = { request: encodeBase64url(created.document), terminalCertificate: terminalCertificate() };
    const refused = await createClient().post<Refused>('requests', call);
    expect(refused.body.code).toBe('clock_off');
    expect(refused.body.receipt).toBeDefined();
    expect((await createClient().post('requests', call)).body).toEqual(refused.body);
  });

  it('carries none for a refused cancellation, which proves no fields', async () => {
    const { request } = await requestPayment(till, 100);
    const paid = await createClient().post<PaymentAnswer>(
      'authorisations',
      await createAuthoriseCall(wallet, till, request),
    );
    const read = unwrap(await till.terminal.verify(request.document, Date.now()));
    const cancellation = encodeBase64url(await till.terminal.createCancellation(read, Date.now()));
    const call = { cancellation, terminalCertificate: terminalCertificate() };
    const refused = await createClient().post<Refused>('requests/cancel', call);
    expect(refused.body.code).toBe('already_paid');
    expect(refused.body.receipt).toBeUndefined();
    const poll = await till.client.get<PaymentAnswer>(`payments/${paid.body.traceKey as TraceKey}`);
    expect(poll.body).toMatchObject({ status: 'paid', receipt: paid.body.receipt });
  });
});

function loadHashes(): Promise<string[]> {
  const { terminalId } = till.terminal.trusted.content;
  return runInDurableObject(ledgerOf(), (_ledger, { storage }) =>
    storage.sql
      .exec<{ hash: string }>(
        'SELECT lower(hex(document_hash)) AS hash FROM unproven_attempts WHERE terminal_id = ?',
        terminalId,
      )
      .toArray()
      .map(({ hash }) => hash),
  );
}
