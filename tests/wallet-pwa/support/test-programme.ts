import type { AmountMinor } from '../../../shared/protocol/amount.ts';
import { type Bytes, createRandomBytes } from '../../../shared/protocol/bytes.ts';
import { contentDayOf, importContentKey } from '../../../shared/protocol/codes/content-seal.ts';
import { createPosCode } from '../../../shared/protocol/codes/pos-code.ts';
import type { CurrencyCode } from '../../../shared/protocol/currency.ts';
import { signDocument } from '../../../shared/protocol/documents/document.ts';
import { RECEIPT_STATUSES, Receipt, type ReceiptContent } from '../../../shared/protocol/documents/receipt.ts';
import { type AccountNumber, createAccountNumber, type ParticipantCode } from '../../../shared/protocol/identifiers.ts';
import type { RefusalCode } from '../../../shared/protocol/refusals.ts';
import { createSigningKey } from '../../../shared/protocol/signing-key.ts';
import type { Card } from '../../../wallet-pwa/cards/card.ts';
import type { PaymentIntent } from '../../../wallet-pwa/payment/payment-intent.ts';
import { createTestTerminal } from '../../support/devices.ts';
import { createTestCentre } from '../../support/test-centre.ts';

const PARTICIPANT = '100001' as ParticipantCode;
const WALLET_ORIGIN = 'https://pay.example.org';

/** A centre, a till and a phone's key, with real signatures, at one moment. */
export async function createTestProgramme(nowMs: number) {
  const centre = await createTestCentre({ nowMs });
  const terminal = await createTestTerminal();
  const certificate = await centre.certifyTerminal(terminal.key.publicKey);
  await terminal.adopt(certificate, centre.trust);
  const contentKey = await importContentKey(contentDayOf(nowMs), createRandomBytes(32));
  const deviceKey = await createSigningKey(false);

  return {
    centre,
    terminal,
    deviceKey,
    knowledge: { trust: centre.trust, contentKeys: [contentKey], walletOrigin: WALLET_ORIGIN, nowMs },

    /** What the till shows. */
    async showCode(amountMinor: number, atMs = nowMs): Promise<string> {
      const request = await terminal.createRequest(amountMinor, atMs);
      const signed = { request: request.document, terminalCertificate: certificate };
      return createPosCode(signed, contentKey, WALLET_ORIGIN);
    },

    /** The same code once more, as its link opens it after a crash. */
    showAgain({ documents }: PaymentIntent): Promise<string> {
      return createPosCode(documents, contentKey, 'https://pay.example.org');
    },

    card(serial: number, availableMinor: number): Card {
      return {
        accountNumber: createAccountNumber(PARTICIPANT, serial) as AccountNumber,
        accountToken: new Uint8Array(16).fill(serial),
        label: `Card ${serial}`,
        status: 'open',
        availableMinor,
        currency: { code: 'EUR' as CurrencyCode, exponent: 2 },
        certificate: Uint8Array.of(serial),
        certificateExpiresAtMs: nowMs + 86_400_000,
        position: serial - 1,
      };
    },

    /** The centre's signed word on a consent. */
    signReceipt(intent: PaymentIntent, refusal?: RefusalCode, changes: Partial<ReceiptContent> = {}): Promise<Bytes> {
      const { facts } = intent;
      const content = {
        programme: centre.programme,
        status: refusal ? RECEIPT_STATUSES.refused : RECEIPT_STATUSES.paid,
        ...(refusal && { refusal }),
        merchantNo: facts.merchantNo,
        terminalId: facts.terminalId,
        operatorNo: facts.operatorNo,
        acquirer: PARTICIPANT,
        transType: 1,
        batchNo: 1,
        voucherNo: 1,
        amountMinor: facts.amountMinor as AmountMinor,
        currency: facts.currency.code,
        exponent: facts.currency.exponent,
        shopName: facts.shopName,
        requestHash: facts.requestHash,
        authorisationHash: intent.authorisationHash,
        issuer: PARTICIPANT,
        cardEnding: intent.accountNumber.slice(-4),
        sequence: 7,
        previousHash: new Uint8Array(32),
        decidedAtMs: nowMs,
        ...changes,
      } as ReceiptContent;
      return signDocument(Receipt, content, centre.key);
    },
  };
}

export type TestProgramme = Awaited<ReturnType<typeof createTestProgramme>>;
