import { beforeAll, describe, expect, it } from 'vitest';
import { createSale } from '../../../pos-pwa/sale/create-sale.ts';
import { readAnswer } from '../../../pos-pwa/sale/read-answer.ts';
import type { Sale } from '../../../pos-pwa/sale/sale.ts';
import { type Terminal, verifyTerminal } from '../../../pos-pwa/till/terminal.ts';
import type { AmountMinor } from '../../../shared/protocol/amount.ts';
import { encodeBase64url } from '../../../shared/protocol/bytes.ts';
import { signDocument } from '../../../shared/protocol/documents/document.ts';
import { Receipt, type ReceiptContent } from '../../../shared/protocol/documents/receipt.ts';
import type { BatchNo, OperatorNo, VoucherNo } from '../../../shared/protocol/identifiers.ts';
import { createSigningKey } from '../../../shared/protocol/signing-key.ts';
import type { PaymentAnswer } from '../../../shared/protocol/wire/payments.ts';
import type { ProgrammeAnswer } from '../../../shared/protocol/wire/programme.ts';
import { unwrap } from '../../support/devices.ts';
import { createTestCentre, type TestCentre } from '../../support/test-centre.ts';

const NOW_MS = 1_790_000_000_000;

let centre: TestCentre;
let terminal: Terminal;
let sale: Sale;

async function makeTerminal(): Promise<Terminal> {
  const key = await createSigningKey(false);
  const programme = {
    programme: centre.programme,
    centreKeys: centre.announcements.map(encodeBase64url),
    requestValidSeconds: 120,
  } as unknown as ProgrammeAnswer;
  const record = {
    programme,
    operators: [],
    pinnedCentreKey: centre.key.publicKey,
    terminalCertificate: await centre.certifyTerminal(key.publicKey),
  };
  return unwrap(await verifyTerminal(record, key));
}

async function answer(changes: Partial<ReceiptContent> = {}, key = centre.key): Promise<PaymentAnswer> {
  const { merchantNo, terminalId, acquirer, currency, exponent, shopName } = terminal.certificate.content;
  const content = {
    programme: centre.programme,
    status: 1,
    merchantNo,
    terminalId,
    acquirer,
    currency,
    exponent,
    shopName,
    operatorNo: sale.operatorNo,
    transType: 1,
    batchNo: sale.batchNo,
    voucherNo: sale.voucherNo,
    amountMinor: sale.amountMinor as AmountMinor,
    requestHash: sale.requestHash,
    authorisationHash: new Uint8Array(32),
    issuer: acquirer,
    cardEnding: '1234',
    sequence: 1,
    previousHash: new Uint8Array(32),
    decidedAtMs: NOW_MS,
    ...changes,
  } as ReceiptContent;
  return {
    traceKey: sale.traceKey,
    status: 'paid',
    expiresAtMs: sale.expiresAtMs,
    centreTimeMs: NOW_MS,
    receipt: encodeBase64url(await signDocument(Receipt, content, key)),
  };
}

beforeAll(async () => {
  centre = await createTestCentre({ nowMs: NOW_MS });
  terminal = await makeTerminal();
  const cashier = { operatorNo: '01' as OperatorNo, name: 'Alex', expiresAtMs: NOW_MS + 1000 };
  const numbers = { batchNo: 1 as BatchNo, lastVoucherNo: 1, openedOn: '2026-09-21' };
  const voucher = { batchNo: 1 as BatchNo, voucherNo: 1 as VoucherNo, next: numbers };
  sale = await createSale(1250 as AmountMinor, terminal, cashier, voucher, NOW_MS);
});

describe("the centre's answer to the till", () => {
  it('is "paid" by a receipt for this very sale', async () => {
    expect(await readAnswer(sale, await answer(), terminal.trust)).toMatchObject({
      value: { kind: 'receipt', receipt: { cardEnding: '1234' } },
    });
  });

  it.each<[string, () => Promise<PaymentAnswer>, string]>([
    ['without a receipt', async () => ({ ...(await answer()), receipt: undefined }), 'document_malformed'],
    ['with something else for a receipt', async () => ({ ...(await answer()), receipt: 'AAAA' }), 'document_malformed'],
    ['about another sale', () => answer({ requestHash: new Uint8Array(32).fill(7) }), 'request_mismatch'],
    ['about another amount', () => answer({ amountMinor: 1 as AmountMinor }), 'request_mismatch'],
    ['that says "refused"', () => answer({ status: 2, refusal: 'account_frozen' }), 'request_mismatch'],
    ['signed by someone else', async () => answer({}, await createSigningKey(false)), 'certificate_invalid'],
    [
      'under another trace key',
      async () => ({ ...(await answer()), traceKey: 'TILL0001-000001-000009' as never }),
      'request_mismatch',
    ],
  ])('is not "paid" %s', async (_title, make, code) => {
    const { receipt, ...rest } = await make();
    const made = receipt === undefined ? rest : { ...rest, receipt };
    expect(await readAnswer(sale, made as PaymentAnswer, terminal.trust)).toMatchObject({ ok: false, code });
  });

  it('passes on that it waits, and why a card was refused', async () => {
    const { receipt: _, ...rest } = await answer();
    const waiting: PaymentAnswer = { ...rest, status: 'waiting', lastRefusal: { code: 'insufficient_balance' } };
    expect(await readAnswer(sale, waiting, terminal.trust)).toEqual({
      ok: true,
      value: { kind: 'answer', status: 'waiting', lastRefusal: 'insufficient_balance' },
    });
  });
});

describe('the answer to a charge', () => {
  it('says that the customer is asked', async () => {
    const { receipt: _, ...rest } = await answer();
    const waiting: PaymentAnswer = { ...rest, status: 'waiting', isCustomerAsked: true };
    expect(await readAnswer(sale, waiting, terminal.trust)).toEqual({
      ok: true,
      value: { kind: 'answer', status: 'waiting', isCustomerAsked: true },
    });
  });

  it('is "paid" by a receipt that names no card', async () => {
    const paid = await answer({ cardEnding: undefined });
    expect(await readAnswer(sale, paid, terminal.trust)).toMatchObject({ value: { kind: 'receipt' } });
  });
});

describe('a till from its record', () => {
  it('refuses a certificate made for another key', async () => {
    const key = await createSigningKey(false);
    expect(await verifyTerminal(terminal.record, key)).toMatchObject({ code: 'certificate_invalid' });
  });

  it('refuses another centre than the one it pinned', async () => {
    const pinnedCentreKey = (await createSigningKey(false)).publicKey;
    const record = { ...terminal.record, pinnedCentreKey };
    expect(await verifyTerminal(record, terminal.key)).toMatchObject({ code: 'certificate_invalid' });
  });
});
