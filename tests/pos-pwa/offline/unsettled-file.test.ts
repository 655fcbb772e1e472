import { describe, expect, it } from 'vitest';
import { type FileHandIn, handInFile } from '../../../pos-pwa/offline/hand-in-file.ts';
import { encodeUnsettledFile, parseUnsettledFile } from '../../../pos-pwa/offline/unsettled-file.ts';
import { encodeBase64url } from '../../../shared/protocol/bytes.ts';
import { signDocument } from '../../../shared/protocol/documents/document.ts';
import { RECEIPT_STATUSES, Receipt, type ReceiptContent } from '../../../shared/protocol/documents/receipt.ts';
import type { ProgrammeId } from '../../../shared/protocol/identifiers.ts';
import { accept, type Result, refuse } from '../../../shared/protocol/result.ts';
import type { AuthoriseCall, PaymentAnswer } from '../../../shared/protocol/wire/payments.ts';
import { createOfflineWallet, NOW } from '../../shared/protocol/offline/offline-parties.ts';
import { unwrap } from '../../support/devices.ts';
import { createTestCentre } from '../../support/test-centre.ts';
import { OfflineShop } from './offline-shop.ts';

const centre = await createTestCentre({ nowMs: NOW });
const shop = await OfflineShop.open(centre);
const wallet = await createOfflineWallet(centre);
const first = await shop.sellTo(wallet, 1250);
const second = await shop.sellTo(wallet, 300, first.given.head);
const waiting = await shop.sell(400);
await shop.scan(waiting, wallet, second.given.head);
const sales = [...shop.store.sales.values(), await shop.sell(1)];
const file = encodeUnsettledFile(centre.programme, sales);
const text = JSON.stringify(file);

/** The centre's answer to a call of the file. */
async function receiptFor(index: number): Promise<Result<PaymentAnswer>> {
  const { traceKey, requestHash, amountMinor, operatorNo, batchNo, voucherNo } = sales[index]!;
  const { merchantNo, terminalId, acquirer, currency, exponent, shopName } = shop.till.trusted.content;
  const content = {
    programme: centre.programme,
    status: RECEIPT_STATUSES.paid,
    ...{ merchantNo, terminalId, operatorNo, acquirer, transType: 1, batchNo, voucherNo },
    ...{ amountMinor, currency, exponent, shopName, requestHash, issuer: acquirer },
    authorisationHash: new Uint8Array(32),
    sequence: 7,
    previousHash: new Uint8Array(32),
    decidedAtMs: NOW,
  } as ReceiptContent;
  const receipt = encodeBase64url(await signDocument(Receipt, content, centre.key));
  return accept({ traceKey, status: 'paid', receipt } as unknown as PaymentAnswer);
}

async function handIn(answer: (index: number) => Promise<Result<PaymentAnswer>>, calls = file.calls) {
  const rows: FileHandIn[] = [];
  const heard: string[] = [];
  const parts = {
    trust: centre.trust,
    authorise: (call: AuthoriseCall) => answer(file.calls.findIndex(({ request }) => request === call.request)),
    hear: async ({ traceKey }: PaymentAnswer) => heard.push(traceKey),
  };
  await handInFile(parts, { ...file, calls }, (row) => rows.push(row));
  return { rows, heard };
}

describe('a file of unsettled payments', () => {
  it('holds what was taken alone with its acceptance, and consents that could not be handed in; nothing else', () => {
    expect(file.calls).toHaveLength(3);
    expect(file.calls.map(({ acceptance }) => acceptance !== undefined)).toEqual([true, true, false]);
    expect(file.calls[2]).toMatchObject({ isTillAway: true });
  });

  it('comes back as it was saved', () => {
    expect(unwrap(parseUnsettledFile(text, centre.programme))).toEqual(file);
  });

  it.each([
    ['no JSON', 'tandem'],
    ['another format', JSON.stringify({ ...file, format: 'tandem-unsettled/2' })],
    ['more than there should be', JSON.stringify({ ...file, more: 1 })],
    ['calls with more', JSON.stringify({ ...file, calls: [{ ...file.calls[0], more: 1 }] })],
    ['calls with less', JSON.stringify({ ...file, calls: [{ ...file.calls[0], request: undefined }] })],
    ['text that is no document', JSON.stringify({ ...file, calls: [{ ...file.calls[0], request: '!' }] })],
  ])('is refused where it holds %s', (_name, broken) => {
    expect(parseUnsettledFile(broken, centre.programme)).toMatchObject({ ok: false, code: 'malformed' });
  });

  it('is refused by another programme', () => {
    expect(parseUnsettledFile(text, 'other' as ProgrammeId)).toMatchObject({ code: 'programme_mismatch' });
  });
});

describe('handing it in from another till', () => {
  it('says of each payment how it went, and believes "settled" only with its receipt', async () => {
    const { rows, heard } = await handIn(async (index) => (index === 1 ? refuse('double_spent') : receiptFor(index)));
    const byKey = new Map(rows.map(({ payment, refusal }) => [payment?.traceKey, refusal]));
    expect(byKey.get(first.sale.traceKey)).toBeUndefined();
    expect(byKey.get(second.sale.traceKey)).toBe('double_spent');
    expect(rows.map(({ payment }) => payment?.amountMinor).sort()).toEqual([1250, 300, 400].sort());
    expect(heard.sort()).toEqual([first.sale.traceKey, waiting.traceKey].sort());
  });

  it('does not take another payment’s receipt for it', async () => {
    const { rows, heard } = await handIn(() => receiptFor(0), [file.calls[1]!]);
    expect(rows).toMatchObject([{ refusal: 'unavailable' }]);
    expect(heard).toEqual([]);
  });

  it('hands in nothing whose documents are not of the programme’s tills', async () => {
    const foreign = await OfflineShop.open(await createTestCentre({ nowMs: NOW }));
    const call = { ...file.calls[0]!, terminalCertificate: encodeBase64url(foreign.till.certificate) };
    const asked: number[] = [];
    const { rows } = await handIn(
      async (index) => {
        asked.push(index);
        return receiptFor(index);
      },
      [call, { ...file.calls[0]!, request: file.calls[1]!.authorisation }],
    );
    expect(rows.map(({ refusal }) => refusal)).toEqual(['certificate_invalid', 'document_malformed']);
    expect(asked).toEqual([]);
  });
});
