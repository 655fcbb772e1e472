import { beforeAll, describe, expect, it } from 'vitest';
import { CustomerScan } from '../../../pos-pwa/scan/customer-scan.ts';
import { describeScan } from '../../../pos-pwa/scan/describe-scan.ts';
import type { ScannedFor } from '../../../pos-pwa/scan/scanned.ts';
import { createDocumentCode } from '../../../shared/protocol/codes/document-code.ts';
import type { TwinCode } from '../../../shared/protocol/codes/twin-code.ts';
import { signDocument } from '../../../shared/protocol/documents/document.ts';
import { RECEIPT_STATUSES, Receipt, type ReceiptContent } from '../../../shared/protocol/documents/receipt.ts';
import type { RefusalCode } from '../../../shared/protocol/refusals.ts';
import { createTestCentre, type TestCentre } from '../../support/test-centre.ts';
import { TestCustomer } from './test-customer.ts';

const NOW_MS = 1_790_000_000_000;
const sale = { requestHash: new Uint8Array(32).fill(1), amountMinor: 1250 } satisfies ScannedFor;
const other = new Uint8Array(32).fill(2);

let centre: TestCentre;
let customer: TestCustomer;

beforeAll(async () => {
  centre = await createTestCentre({ nowMs: NOW_MS });
  customer = await TestCustomer.join(centre);
});

function startScan(scannedFor: ScannedFor | null = sale): CustomerScan {
  return new CustomerScan({
    rules: { windowMs: 3_000, toleranceMs: 10_000 },
    ...(scannedFor && { sale: scannedFor }),
    trust: () => centre.trust,
    refreshTrust: async () => undefined,
    isNetworkGone: () => false,
    nowMs: () => NOW_MS,
    wallMs: () => NOW_MS,
  });
}

function see(scan: CustomerScan, text: string): Promise<void> {
  return scan.take({ text, source: 'camera', capturedAtMs: NOW_MS });
}

async function seeBoth(scan: CustomerScan, { a, b }: TwinCode): Promise<void> {
  await see(scan, a);
  await see(scan, b);
}

async function receiptLink(changes: Partial<ReceiptContent> = {}, by = centre): Promise<string> {
  const content = {
    programme: by.programme,
    status: RECEIPT_STATUSES.paid,
    merchantNo: 'MERCHANT0000001',
    terminalId: 'TERM0001',
    operatorNo: '01',
    acquirer: '100001',
    transType: 1,
    batchNo: 1,
    voucherNo: 1,
    amountMinor: sale.amountMinor,
    currency: 'EUR',
    exponent: 2,
    shopName: 'Corner Café',
    requestHash: sale.requestHash,
    authorisationHash: new Uint8Array(32).fill(3),
    issuer: '100001',
    cardEnding: '0012',
    sequence: 7,
    previousHash: new Uint8Array(32),
    decidedAtMs: NOW_MS,
    ...changes,
  } as ReceiptContent;
  return createDocumentCode('receipt', await signDocument(Receipt, content, by.key));
}

function titleOf(scan: CustomerScan): string {
  return describeScan(scan.state.value, true).title;
}

describe('the receipt of the sale on the counter', () => {
  it('is taken off the phone by its signature', async () => {
    const scan = startScan();
    await see(scan, await receiptLink());
    expect(scan.state.value).toMatchObject({ status: 'done', scanned: { kind: 'receipt', receipt: { sequence: 7 } } });
  });

  it.each<[string, Partial<ReceiptContent>]>([
    ['request', { requestHash: other }],
    ['amount', { amountMinor: 1 as ReceiptContent['amountMinor'] }],
  ])('is not one of another %s', async (_what, changes) => {
    const scan = startScan();
    await see(scan, await receiptLink(changes));
    expect(scan.state.value).toMatchObject({ status: 'problem', code: 'request_mismatch' });
    expect(titleOf(scan)).toMatch(/another payment/);
  });

  it('that says "refused" says why', async () => {
    const scan = startScan();
    const refusal: RefusalCode = 'insufficient_balance';
    await see(scan, await receiptLink({ status: RECEIPT_STATUSES.refused, refusal }));
    expect(scan.state.value).toMatchObject({ status: 'problem', code: refusal });
    expect(describeScan(scan.state.value)).toMatchObject({
      title: expect.stringMatching(/not paid/),
      note: expect.stringMatching(/Not enough money/),
    });
  });

  it('is not believed when another centre signed it', async () => {
    const scan = startScan();
    await see(scan, await receiptLink({}, await createTestCentre({ nowMs: NOW_MS })));
    expect(scan.state.value.status).toBe('problem');
    expect(titleOf(scan)).toMatch(/could not be checked/);
  });

  it('is of no use before there is a sale', async () => {
    const scan = startScan(null);
    await see(scan, await receiptLink());
    expect(scan.state.value).toMatchObject({ status: 'problem', code: 'request_mismatch' });
  });
});

describe('the consent of a phone without network', () => {
  it('is taken off it for the sale on the counter', async () => {
    const scan = startScan();
    await seeBoth(scan, await customer.showConsent(sale.requestHash, sale.amountMinor, NOW_MS));
    expect(scan.state.value).toMatchObject({ status: 'done', scanned: { kind: 'consent' } });
  });

  it.each([
    ['of another sale', other, 1250],
    ['of another amount', sale.requestHash, 1],
  ])('%s is not taken, and the words say so', async (_what, requestHash, amountMinor) => {
    const scan = startScan();
    await seeBoth(scan, await customer.showConsent(requestHash, amountMinor, NOW_MS));
    expect(scan.state.value).toMatchObject({ status: 'problem', code: 'request_mismatch' });
    expect(titleOf(scan)).toMatch(/another sale/);
  });

  it('with a card of another centre is not taken', async () => {
    const stranger = await TestCustomer.join(await createTestCentre({ nowMs: NOW_MS }));
    const scan = startScan();
    await seeBoth(scan, await stranger.showConsent(sale.requestHash, sale.amountMinor, NOW_MS));
    expect(scan.state.value).toMatchObject({ status: 'problem', code: 'programme_mismatch' });
  });
});
