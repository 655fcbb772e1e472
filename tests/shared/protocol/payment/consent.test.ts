import { beforeAll, describe, expect, it } from 'vitest';
import type { AmountMinor } from '../../../../shared/protocol/amount.ts';
import { BOUNDS } from '../../../../shared/protocol/bounds.ts';
import { type Bytes, concatBytes, encodeBase64url, encodeHex, encodeUtf8 } from '../../../../shared/protocol/bytes.ts';
import type { CentreTrust } from '../../../../shared/protocol/centre-trust.ts';
import { signDocument } from '../../../../shared/protocol/documents/document.ts';
import { Receipt } from '../../../../shared/protocol/documents/receipt.ts';
import { PaymentRequest } from '../../../../shared/protocol/documents/request.ts';
import { TerminalCertificate } from '../../../../shared/protocol/documents/terminal-certificate.ts';
import { WalletCertificate } from '../../../../shared/protocol/documents/wallet-certificate.ts';
import { sha256 } from '../../../../shared/protocol/hash.ts';
import type { BatchNo, OperatorNo, ProgrammeId, VoucherNo } from '../../../../shared/protocol/identifiers.ts';
import { encodePasskeyAssertion } from '../../../../shared/protocol/passkey/passkey-assertion.ts';
import {
  type TrustedTerminal,
  type TrustedWallet,
  verifyTerminalCertificate,
  verifyWalletCertificate,
} from '../../../../shared/protocol/payment/certificates.ts';
import { createAuthorisation } from '../../../../shared/protocol/payment/create-authorisation.ts';
import { createRequest } from '../../../../shared/protocol/payment/create-request.ts';
import { verifyAtItsTime, verifyAuthorisation } from '../../../../shared/protocol/payment/verify-authorisation.ts';
import { isPaid, verifyReceipt, verifyReceiptOf } from '../../../../shared/protocol/payment/verify-receipt.ts';
import { type VerifiedRequest, verifyRequest } from '../../../../shared/protocol/payment/verify-request.ts';
import { importVerifyingKey } from '../../../../shared/protocol/signing-key.ts';
import { VECTOR_NOW_MS as NOW, VECTOR_DOCUMENTS, vectorKeys } from '../../../vectors/vector-documents.ts';

const origin = 'https://pay.example.org';
const relyingParty = { rpIdHash: await sha256(encodeUtf8('pay.example.org')), origins: [origin] };
const passkey = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
const passkeyPublicKey = new Uint8Array(await crypto.subtle.exportKey('raw', passkey.publicKey)).slice(1);
const trust: CentreTrust = {
  programme: 'demo-canteen' as ProgrammeId,
  keys: new Map([[encodeHex(vectorKeys.centre.keyId), (await importVerifyingKey(vectorKeys.centre.publicKey))!]]),
};

// biome-ignore lint/suspicious/noExplicitAny: contents of several kinds are bent on purpose
function contentOf(type: string): any {
  return VECTOR_DOCUMENTS.find(({ kind }) => kind.type === type)!.content;
}

const fields = {
  operatorNo: '01' as OperatorNo,
  transType: 'sale' as const,
  batchNo: 1 as BatchNo,
  voucherNo: 42 as VoucherNo,
  amountMinor: 1250 as AmountMinor,
  nowMs: NOW,
};

async function sign(hash: Uint8Array, flags = 0x05): Promise<Bytes> {
  const authenticatorData = concatBytes(relyingParty.rpIdHash, Uint8Array.of(flags, 0, 0, 0, 0));
  const clientData = `{"type":"webauthn.get","challenge":"${encodeBase64url(hash)}","origin":"${origin}","crossOrigin":false}`;
  const signed = concatBytes(authenticatorData, await sha256(encodeUtf8(clientData)));
  const signature = new Uint8Array(
    await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, passkey.privateKey, signed),
  );
  return encodePasskeyAssertion({ authenticatorData, clientDataSuffix: encodeUtf8('}'), signature });
}

let terminal: TrustedTerminal;
let wallet: TrustedWallet;
let request: VerifiedRequest;
let requestDocument: Bytes;

beforeAll(async () => {
  const terminalCertificate = await signDocument(
    TerminalCertificate,
    contentOf(TerminalCertificate.type),
    vectorKeys.centre,
  );
  const walletContent = { ...contentOf(WalletCertificate.type), passkeyPublicKey };
  const walletCertificate = await signDocument(WalletCertificate, walletContent, vectorKeys.centre);
  const verifiedTerminal = await verifyTerminalCertificate(terminalCertificate, trust);
  const verifiedWallet = await verifyWalletCertificate(walletCertificate, trust);
  if (!verifiedTerminal.ok || !verifiedWallet.ok) throw new Error('certificates');
  terminal = verifiedTerminal.value;
  wallet = verifiedWallet.value;
  requestDocument = (await createRequest(fields, terminal.contentHash, vectorKeys.terminal)).document;
  const verified = await verifyRequest(requestDocument, terminal, NOW);
  if (!verified.ok) throw new Error(verified.code);
  request = verified.value;
});

describe('certificates', () => {
  it('are believed only from the centre', async () => {
    const forged = await signDocument(TerminalCertificate, contentOf(TerminalCertificate.type), vectorKeys.device);
    expect(await verifyTerminalCertificate(forged, trust)).toEqual({ ok: false, code: 'certificate_invalid' });
  });

  it('are believed only in their own programme', async () => {
    const content = { ...contentOf(TerminalCertificate.type), programme: 'another-one' };
    const foreign = await signDocument(TerminalCertificate, content, vectorKeys.centre);
    expect(await verifyTerminalCertificate(foreign, trust)).toEqual({ ok: false, code: 'programme_mismatch' });
  });

  it('with a passkey that is no point of the curve are refused', async () => {
    const document = await signDocument(WalletCertificate, contentOf(WalletCertificate.type), vectorKeys.centre);
    expect(await verifyWalletCertificate(document, trust)).toEqual({ ok: false, code: 'certificate_invalid' });
  });
});

describe('a request', () => {
  it('restores all eight fields (R1.1)', () => {
    expect(request).toMatchObject({
      merchantNo: '100001000000001',
      terminalId: 'T0000001',
      operatorNo: '01',
      acquirer: '100001',
      transType: 1,
      batchNo: 1,
      voucherNo: 42,
      amountMinor: 1250,
      traceKey: 'T0000001-000001-000042',
      shopName: 'Corner Café',
      currency: 'EUR',
    });
  });

  it('is fresh: the same fields at the same moment never make the same document', async () => {
    const again = await createRequest(fields, terminal.contentHash, vectorKeys.terminal);
    expect(again.document).not.toEqual(requestDocument);
  });

  const TOLERANCE_MS = BOUNDS.clockToleranceSeconds * 1000;
  it.each([
    ['in its last millisecond', 120_000, undefined],
    ['a millisecond later', 120_001, 'request_expired'],
    ['from a clock as far ahead as is tolerated', -TOLERANCE_MS, undefined],
    ['from a clock further ahead', -TOLERANCE_MS - 1, 'clock_off'],
    ['after its certificate ended', 7_776_000_000, 'certificate_expired'],
  ])('%s: %s ms gives %s', async (_when, afterMs, code) => {
    const certificateStart = { ...terminal, content: { ...terminal.content, issuedAtSeconds: NOW / 1000 - 3600 } };
    const result = await verifyRequest(requestDocument, certificateStart, NOW + afterMs);
    expect(result.ok ? undefined : result.code).toBe(code);
  });

  it('is bound to the very certificate it was made under', async () => {
    const other = { ...terminal, contentHash: new Uint8Array(32) };
    expect(await verifyRequest(requestDocument, other, NOW)).toEqual({ ok: false, code: 'certificate_invalid' });
  });

  it('signed by another terminal is refused', async () => {
    const content = { ...contentOf(PaymentRequest.type), certificate: terminal.contentHash.slice(0, 16) };
    const forged = await signDocument(PaymentRequest, content, vectorKeys.device);
    expect(await verifyRequest(forged, terminal, NOW)).toEqual({ ok: false, code: 'signature_invalid' });
  });
});

describe('an authorisation', () => {
  it('carries phone, person, card and exactly one request', async () => {
    const { document, hash } = await createAuthorisation(request, wallet.content.accountToken, NOW, vectorKeys.device);
    const evidence = { authorisation: document, assertion: await sign(hash) };
    const verified = await verifyAuthorisation(evidence, wallet, relyingParty, NOW);
    expect(verified).toMatchObject({
      ok: true,
      value: { hash, requestHash: request.hash, amountMinor: 1250, issuer: '100001' },
    });
  });

  it.each([
    ['by a passkey that consented to something else', { challenge: new Uint8Array(32) }, 'passkey_invalid'],
    ['without user verification', { flags: 0x01 }, 'user_not_verified'],
    ['by another device', { signer: vectorKeys.terminal }, 'signature_invalid'],
    ['for another card', { token: new Uint8Array(16) }, 'certificate_invalid'],
    ['too late', { nowMs: NOW + 240_001 }, 'authorisation_expired'],
    ['from the future', { nowMs: NOW - 120_001 }, 'clock_off'],
  ])('made %s is refused', async (_what, over: Record<string, unknown>, code) => {
    const signer = (over.signer as typeof vectorKeys.device | undefined) ?? vectorKeys.device;
    const token = (over.token as Bytes | undefined) ?? wallet.content.accountToken;
    const { document, hash } = await createAuthorisation(request, token, NOW, signer);
    const assertion = await sign((over.challenge as Bytes | undefined) ?? hash, over.flags as number | undefined);
    const longLived = { ...wallet, content: { ...wallet.content, issuedAtSeconds: NOW / 1000 - 3600 } };
    const result = await verifyAuthorisation(
      { authorisation: document, assertion },
      longLived,
      relyingParty,
      (over.nowMs as number | undefined) ?? NOW,
    );
    expect(result).toMatchObject({ ok: false, code });
  });
});

describe('an authorisation that is judged at its own time', () => {
  const HOUR_SECONDS = 3600;

  /** @param content of the wallet certificate, beside an hour of validity before and after */
  async function judge(nowMs: number | undefined, flags?: number, content = {}) {
    const { document, hash } = await createAuthorisation(request, wallet.content.accountToken, NOW, vectorKeys.device);
    const [issuedAtSeconds, expiresAtSeconds] = [NOW / 1000 - HOUR_SECONDS, NOW / 1000 + HOUR_SECONDS];
    const then = { ...wallet, content: { ...wallet.content, issuedAtSeconds, expiresAtSeconds, ...content } };
    const evidence = { authorisation: document, assertion: await sign(hash, flags) };
    return verifyAtItsTime(evidence, then, relyingParty, nowMs);
  }

  it.each([
    ['now', NOW, undefined],
    ['in the last moment', NOW + 240_000, undefined],
    ['too late', NOW + 240_001, 'authorisation_expired'],
    ['from the future', NOW - 120_001, 'clock_off'],
    ['after the end of its certificate', NOW + 2 * HOUR_SECONDS * 1000, 'certificate_expired'],
    ['whenever', undefined, undefined],
  ])('%s holds, and is told with what the time says against it', async (_when, nowMs, untimely) => {
    expect(await judge(nowMs)).toMatchObject({ ok: true, value: { untimely, authorisation: { amountMinor: 1250 } } });
  });

  it('is refused for all else, however late it comes', async () => {
    expect(await judge(NOW + 240_001, 0x01)).toMatchObject({ ok: false, code: 'user_not_verified' });
  });

  it('had to be within the life of its certificate then', async () => {
    const later = { issuedAtSeconds: NOW / 1000 + 121 };
    expect(await judge(NOW + HOUR_SECONDS * 1000, undefined, later)).toEqual({
      ok: false,
      code: 'certificate_expired',
    });
    expect(await judge(undefined, undefined, later)).toEqual({ ok: false, code: 'certificate_expired' });
  });
});

describe('a receipt', () => {
  const paid = { ...contentOf(Receipt.type), status: 1, refusal: undefined };

  it("verifies for anyone with the centre's public key", async () => {
    const document = await signDocument(Receipt, { ...paid, requestHash: request.hash }, vectorKeys.centre);
    const receipt = await verifyReceipt(document, trust);
    expect(receipt.ok && isPaid(receipt.value)).toBe(true);
    expect((await verifyReceiptOf(request, document, trust)).ok).toBe(true);
  });

  it('of another request, or for another amount, is none for this one', async () => {
    const other = await signDocument(Receipt, paid, vectorKeys.centre);
    expect(await verifyReceiptOf(request, other, trust)).toEqual({ ok: false, code: 'request_mismatch' });
    const less = await signDocument(Receipt, { ...paid, requestHash: request.hash, amountMinor: 1 }, vectorKeys.centre);
    expect(await verifyReceiptOf(request, less, trust)).toEqual({ ok: false, code: 'request_mismatch' });
  });

  it('that anyone else signed is refused', async () => {
    const forged = await signDocument(Receipt, { ...paid, requestHash: request.hash }, vectorKeys.terminal);
    expect(await verifyReceipt(forged, trust)).toEqual({ ok: false, code: 'certificate_invalid' });
  });
});
