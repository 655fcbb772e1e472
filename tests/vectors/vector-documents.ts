import type { AmountMinor } from '../../shared/protocol/amount.ts';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import { Acceptance } from '../../shared/protocol/documents/acceptance.ts';
import { Authorisation } from '../../shared/protocol/documents/authorisation.ts';
import { CentreKey } from '../../shared/protocol/documents/centre-key.ts';
import { ClosingStatement, Rehearsal } from '../../shared/protocol/documents/closing-statement.ts';
import { type DocumentFields, type DocumentType, encodeContent } from '../../shared/protocol/documents/document.ts';
import { PayCode, PayCodeShowing, TwinCapture } from '../../shared/protocol/documents/pay-code.ts';
import { DeviceBinding, TerminalActivation, TerminalHello } from '../../shared/protocol/documents/proof-of-possession.ts';
import { Receipt } from '../../shared/protocol/documents/receipt.ts';
import { PaymentRequest, RequestCancellation } from '../../shared/protocol/documents/request.ts';
import { RevocationList } from '../../shared/protocol/documents/revocation-list.ts';
import { TerminalCertificate } from '../../shared/protocol/documents/terminal-certificate.ts';
import { WalletCertificate } from '../../shared/protocol/documents/wallet-certificate.ts';
import { loadVectorKey } from './vector-keys.ts';

export const vectorKeys = {
  centre: await loadVectorKey(1),
  terminal: await loadVectorKey(2),
  device: await loadVectorKey(3),
};

export const VECTOR_NOW_MS = 1_760_000_000_000;

function bytes(length: number, first: number): Bytes {
  return Uint8Array.from({ length }, (_, i) => (first + i) & 255);
}

export interface VectorDocument {
  readonly kind: DocumentType<DocumentFields>;
  readonly signer: keyof typeof vectorKeys;
  readonly content: Record<string, unknown>;
}

const PAY_CODE = {
  accountToken: bytes(16, 30),
  capMinor: 2500 as AmountMinor,
  createdAtMs: VECTOR_NOW_MS,
  validForSeconds: 60,
  nonce: bytes(16, 120),
};

/** One content for every kind of document: a new kind without a row here fails the tests. */
export const VECTOR_DOCUMENTS: readonly VectorDocument[] = [
  {
    kind: CentreKey,
    signer: 'centre',
    content: { programme: 'demo-canteen', generation: 1, publicKey: vectorKeys.centre.publicKey, validFromMs: VECTOR_NOW_MS },
  },
  {
    kind: TerminalCertificate,
    signer: 'centre',
    content: {
      programme: 'demo-canteen',
      serial: bytes(8, 10),
      acquirer: '100001',
      merchantNo: '100001000000001',
      terminalId: 'T0000001',
      shopName: 'Corner Café',
      currency: 'EUR',
      exponent: 2,
      publicKey: vectorKeys.terminal.publicKey,
      issuedAtSeconds: VECTOR_NOW_MS / 1000,
      expiresAtSeconds: VECTOR_NOW_MS / 1000 + 7_776_000,
    },
  },
  {
    kind: WalletCertificate,
    signer: 'centre',
    content: {
      programme: 'demo-canteen',
      serial: bytes(8, 20),
      issuer: '100001',
      accountToken: bytes(16, 30),
      devicePublicKey: vectorKeys.device.publicKey,
      passkeyPublicKey: bytes(64, 40),
      currency: 'EUR',
      exponent: 2,
      issuedAtSeconds: VECTOR_NOW_MS / 1000,
      expiresAtSeconds: VECTOR_NOW_MS / 1000 + 2_592_000,
    },
  },
  {
    kind: PaymentRequest,
    signer: 'terminal',
    content: {
      certificate: bytes(16, 50),
      operatorNo: '01',
      transType: 1,
      batchNo: 1,
      voucherNo: 42,
      amountMinor: 1250,
      requestedAtSeconds: VECTOR_NOW_MS / 1000,
      validForSeconds: 120,
      nonce: bytes(16, 60),
    },
  },
  {
    kind: RequestCancellation,
    signer: 'terminal',
    content: { requestHash: bytes(32, 70), batchNo: 1, voucherNo: 42, cancelledAtMs: VECTOR_NOW_MS },
  },
  {
    kind: Authorisation,
    signer: 'device',
    content: { requestHash: bytes(32, 70), accountToken: bytes(16, 30), amountMinor: 1250, authorisedAtMs: VECTOR_NOW_MS },
  },
  {
    // Never signed by itself: its hash is what the passkey signs, its content what a showing carries.
    kind: PayCode,
    signer: 'device',
    content: PAY_CODE,
  },
  {
    kind: PayCodeShowing,
    signer: 'device',
    content: {
      payCode: encodeContent(PayCode, PAY_CODE),
      pairId: bytes(8, 130),
      madeAtMs: VECTOR_NOW_MS,
      secondMadeAtMs: VECTOR_NOW_MS + 250,
    },
  },
  {
    kind: TwinCapture,
    signer: 'terminal',
    content: {
      requestHash: bytes(32, 70),
      pairId: bytes(8, 130),
      capturedAtMs: VECTOR_NOW_MS + 200,
      secondCapturedAtMs: VECTOR_NOW_MS + 400,
      chargedAtMs: VECTOR_NOW_MS + 900,
    },
  },
  {
    kind: Receipt,
    signer: 'centre',
    content: {
      programme: 'demo-canteen',
      status: 2,
      refusal: 'insufficient_balance',
      merchantNo: '100001000000001',
      terminalId: 'T0000001',
      operatorNo: '01',
      acquirer: '100001',
      transType: 1,
      batchNo: 1,
      voucherNo: 42,
      amountMinor: 1250,
      currency: 'EUR',
      exponent: 2,
      shopName: 'Corner Café',
      requestHash: bytes(32, 70),
      authorisationHash: bytes(32, 80),
      issuer: '100001',
      cardEnding: '4242',
      sequence: 7,
      previousHash: bytes(32, 90),
      decidedAtMs: VECTOR_NOW_MS,
    },
  },
  {
    kind: TerminalActivation,
    signer: 'terminal',
    content: { activationCode: 'ABCDEFGH2345', publicKey: vectorKeys.terminal.publicKey, atMs: VECTOR_NOW_MS },
  },
  {
    kind: TerminalHello,
    signer: 'terminal',
    content: { terminalId: 'T0000001', atMs: VECTOR_NOW_MS, nonce: bytes(16, 100) },
  },
  {
    kind: DeviceBinding,
    signer: 'device',
    content: { publicKey: vectorKeys.device.publicKey, challenge: bytes(32, 110) },
  },
  {
    kind: Acceptance,
    signer: 'terminal',
    content: {
      requestHash: bytes(32, 70),
      authorisationHash: bytes(32, 80),
      amountMinor: 1250,
      acceptedAtMs: VECTOR_NOW_MS,
      revocationVersion: 3,
      revocationsAtSeconds: VECTOR_NOW_MS / 1000 - 3_600,
    },
  },
  {
    kind: ClosingStatement,
    signer: 'device',
    content: {
      allowance: bytes(8, 20),
      given: bytes(64, 140),
      cumulativeMinor: 2_750,
      counter: 3,
      head: bytes(32, 150),
      closedAtMs: VECTOR_NOW_MS,
    },
  },
  {
    kind: Rehearsal,
    signer: 'device',
    content: { certificate: bytes(8, 20), termsVersion: 1, rehearsedAtMs: VECTOR_NOW_MS },
  },
  {
    kind: RevocationList,
    signer: 'centre',
    content: {
      programme: 'demo-canteen',
      fromVersion: 1,
      toVersion: 3,
      serials: bytes(16, 160),
      issuedAtSeconds: VECTOR_NOW_MS / 1000,
      participant: '100001',
    },
  },
] as unknown as readonly VectorDocument[];
