import { beforeAll, describe, expect, it } from 'vitest';
import { judgeReceipt } from '../../../../shared/browser/verify/judge-receipt.ts';
import { loadReceiptKeys } from '../../../../shared/browser/verify/receipt-keys.ts';
import { type Bytes, encodeBase64url } from '../../../../shared/protocol/bytes.ts';
import { createDocumentCode } from '../../../../shared/protocol/codes/document-code.ts';
import { signDocument } from '../../../../shared/protocol/documents/document.ts';
import { Receipt, type ReceiptContent } from '../../../../shared/protocol/documents/receipt.ts';
import { createTestCentre, type TestCentre } from '../../../support/test-centre.ts';

const NOW_MS = 1_790_000_000_000;

let centre: TestCentre;
let receipt: Bytes;

beforeAll(async () => {
  centre = await createTestCentre({ nowMs: NOW_MS });
  receipt = await signReceipt(centre);
});

function signReceipt(by: TestCentre): Promise<Bytes> {
  const content = {
    programme: by.programme,
    status: 1,
    merchantNo: 'MERCHANT0000001',
    terminalId: 'TERM0001',
    operatorNo: '01',
    acquirer: '100001',
    transType: 1,
    batchNo: 1,
    voucherNo: 1,
    amountMinor: 1_250,
    currency: 'EUR',
    exponent: 2,
    shopName: 'Corner Café',
    requestHash: new Uint8Array(32),
    authorisationHash: new Uint8Array(32),
    issuer: '100001',
    cardEnding: '0012',
    sequence: 7,
    previousHash: new Uint8Array(32),
    decidedAtMs: NOW_MS,
  };
  return signDocument(Receipt, content as ReceiptContent, by.key);
}

describe('a receipt that somebody shows', () => {
  it.each<[string, (document: Bytes) => string]>([
    ['its code', (document) => createDocumentCode('receipt', document)],
    [
      'its code as mail programs break it',
      (document) =>
        createDocumentCode('receipt', document)
          .replace(/(.{60})/g, '$1\n  ')
          .toLowerCase(),
    ],
    ['a link with it', (document) => `https://pay.example/verify#${createDocumentCode('receipt', document)}`],
    ['the document as the API gives it', (document) => encodeBase64url(document)],
  ])('is genuine by %s', async (_what, textOf) => {
    expect(await judgeReceipt(textOf(receipt), centre.trust)).toMatchObject({
      kind: 'genuine',
      receipt: { amountMinor: 1_250, sequence: 7 },
    });
  });

  it('is never genuine with any one bit changed', async () => {
    for (let bit = 0; bit < receipt.length * 8; bit += 1) {
      const bent = receipt.slice();
      bent[bit >> 3]! ^= 1 << (bit & 7);
      const verdict = await judgeReceipt(createDocumentCode('receipt', bent), centre.trust);
      expect(verdict.kind, `bit ${bit}`).not.toBe('genuine');
    }
  });

  it('is told apart from one that another centre signed, and from what is none', async () => {
    const other = await signReceipt(await createTestCentre({ nowMs: NOW_MS }));
    expect(await judgeReceipt(encodeBase64url(other), centre.trust)).toMatchObject({ kind: 'not-genuine' });
    for (const text of [
      '',
      '#',
      'hello',
      'https://pay.example/wallet/p/#ABCD',
      createDocumentCode('acceptance', receipt),
    ])
      expect(await judgeReceipt(text, centre.trust), text).toEqual({ kind: 'unreadable' });
  });
});

describe('the keys without an account', () => {
  function createStorage() {
    const kept = new Map<string, string>();
    return {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, text: string) => kept.set(key, text),
    };
  }

  // biome-ignore lint/suspicious/noExplicitAny: what the API client answers, as far as it is looked at
  function apiOf(answering: TestCentre | undefined): any {
    const value = answering && {
      programme: answering.programme,
      name: 'Demo Canteen',
      centreKeys: answering.announcements.map(encodeBase64url),
    };
    return { call: async () => (value ? { ok: true, value } : { ok: false, code: 'no_network' }) };
  }

  it('are kept for when there is no network', async () => {
    const storage = createStorage();
    expect(await loadReceiptKeys(apiOf(undefined), storage)).toBeUndefined();
    expect((await loadReceiptKeys(apiOf(centre), storage))?.programmeName).toBe('Demo Canteen');
    const kept = await loadReceiptKeys(apiOf(undefined), storage);
    expect(await judgeReceipt(encodeBase64url(receipt), kept!.trust)).toMatchObject({ kind: 'genuine' });
  });

  it('stay those that were seen first, whoever answers later', async () => {
    const storage = createStorage();
    await loadReceiptKeys(apiOf(centre), storage);
    const impostor = await createTestCentre({ nowMs: NOW_MS });
    const kept = await loadReceiptKeys(apiOf(impostor), storage);
    expect(await judgeReceipt(encodeBase64url(receipt), kept!.trust)).toMatchObject({ kind: 'genuine' });
    expect(await judgeReceipt(encodeBase64url(await signReceipt(impostor)), kept!.trust)).toMatchObject({
      kind: 'not-genuine',
    });
  });
});
