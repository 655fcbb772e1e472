import type { AmountMinor } from '../../shared/protocol/amount.ts';
import { type Bytes, createRandomBytes, encodeUtf8, isEqualBytes } from '../../shared/protocol/bytes.ts';
import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import { importAccountSecret } from '../../shared/protocol/codes/cross-check-code.ts';
import { parseTwinHalf, type TwinCode } from '../../shared/protocol/codes/twin-code.ts';
import { decodeDocument, hashContent, signDocument } from '../../shared/protocol/documents/document.ts';
import {
  DeviceBinding,
  TerminalActivation,
  TerminalHello,
} from '../../shared/protocol/documents/proof-of-possession.ts';
import { WalletCertificate } from '../../shared/protocol/documents/wallet-certificate.ts';
import { sha256 } from '../../shared/protocol/hash.ts';
import type { BatchNo, OperatorNo, VoucherNo } from '../../shared/protocol/identifiers.ts';
import { createAcceptance } from '../../shared/protocol/offline/acceptance.ts';
import { type Allowance, allowanceOf } from '../../shared/protocol/offline/allowance.ts';
import { type ChainHead, type ChainPlace, nextPlace, startOfChain } from '../../shared/protocol/offline/chain.ts';
import { createClosing } from '../../shared/protocol/offline/closing.ts';
import { createRehearsal } from '../../shared/protocol/offline/rehearsal.ts';
import { createPasskeyAssertion, encodePasskeyAssertion } from '../../shared/protocol/passkey/passkey-assertion.ts';
import {
  type TrustedTerminal,
  type TrustedWallet,
  verifyTerminalCertificate,
  verifyWalletCertificate,
} from '../../shared/protocol/payment/certificates.ts';
import { createAuthorisation } from '../../shared/protocol/payment/create-authorisation.ts';
import {
  type ConfirmedPayCode,
  type CreatedPayCode,
  createPayCode,
  createPayCodeShowing,
} from '../../shared/protocol/payment/create-pay-code.ts';
import {
  type CreatedRequest,
  createCancellation,
  createRequest,
  type RequestFields,
} from '../../shared/protocol/payment/create-request.ts';
import { createTwinCapture } from '../../shared/protocol/payment/twin-capture.ts';
import type { RelyingParty } from '../../shared/protocol/payment/verify-authorisation.ts';
import { type VerifiedRequest, verifyRequest } from '../../shared/protocol/payment/verify-request.ts';
import type { Result } from '../../shared/protocol/result.ts';
import { createSigningKey, type SigningKey } from '../../shared/protocol/signing-key.ts';
import { TERMS_VERSION } from '../../shared/protocol/wire/offline.ts';
import {
  createSoftwareAuthenticator,
  type Misbehaviour,
  type SoftwareAuthenticator,
} from './software-authenticator.ts';

/** A till without a screen: its key, its certificate once the centre gave one, and its vouchers. */
export class TestTerminal {
  readonly key: SigningKey;
  #certificate: Bytes | undefined;
  #trusted: TrustedTerminal | undefined;
  #voucherNo = 0;
  batchNo = 1 as BatchNo;

  constructor(key: SigningKey) {
    this.key = key;
  }

  /** The `TerminalActivation` to hand in with an activation code. */
  createActivation(activationCode: string, nowMs: number): Promise<Bytes> {
    return signDocument(TerminalActivation, { activationCode, publicKey: this.key.publicKey, atMs: nowMs }, this.key);
  }

  /** The `TerminalHello` that opens a session. */
  createHello(nowMs: number): Promise<Bytes> {
    const { terminalId } = this.trusted.content;
    return signDocument(TerminalHello, { terminalId, atMs: nowMs, nonce: createRandomBytes(16) }, this.key);
  }

  /** Takes a certificate as a till does: only one that the centre signed. */
  async adopt(certificate: Bytes, trust: CentreTrust): Promise<void> {
    this.#trusted = unwrap(await verifyTerminalCertificate(certificate, trust));
    this.#certificate = certificate;
  }

  get certificate(): Bytes {
    if (!this.#certificate) throw new Error('The terminal has no certificate yet.');
    return this.#certificate;
  }

  get trusted(): TrustedTerminal {
    if (!this.#trusted) throw new Error('The terminal has no certificate yet.');
    return this.#trusted;
  }

  /** A signed request for a sale under the next voucher number, unless `changes` say otherwise. */
  createRequest(amountMinor: number, nowMs: number, changes: Partial<RequestFields> = {}): Promise<CreatedRequest> {
    this.#voucherNo += changes.voucherNo === undefined ? 1 : 0;
    const fields: RequestFields = {
      operatorNo: '01' as OperatorNo,
      transType: 'sale',
      batchNo: this.batchNo,
      voucherNo: this.#voucherNo as VoucherNo,
      amountMinor: amountMinor as AmountMinor,
      nowMs,
      ...changes,
    };
    return createRequest(fields, this.trusted.contentHash, this.key);
  }

  createCancellation(request: VerifiedRequest, nowMs: number): Promise<Bytes> {
    return createCancellation(request, nowMs, this.key);
  }

  /** The till's word that it scanned a twin code for one of its requests; by default the moment it was made, and at once. */
  capture(requestHash: Bytes, code: TwinCode, changes: Partial<CaptureFields> = {}): Promise<Bytes> {
    const [a, b] = [unwrap(parseTwinHalf(code.a)), unwrap(parseTwinHalf(code.b))];
    const capturedAtMs = changes.capturedAtMs ?? ([a.madeAtMs, b.madeAtMs] as const);
    const pair = { mode: a.mode, pairId: changes.pairId ?? a.pairId, a, b, capturedAtMs };
    return createTwinCapture(requestHash, pair, changes.chargedAtMs ?? Math.max(...capturedAtMs), this.key);
  }

  /**
   * Signs that the till took a consent on its own.
   * @param revocations the newest list it has; by default none that names anything
   */
  async accept(
    request: VerifiedRequest,
    consent: Pick<HandedInConsent, 'hash'>,
    nowMs: number,
    revocations: { readonly version: number; readonly issuedAtMs: number } = { version: 0, issuedAtMs: nowMs },
  ): Promise<Bytes> {
    const { hash: requestHash, amountMinor } = request;
    return createAcceptance({ hash: consent.hash, requestHash, amountMinor }, revocations, nowMs, this.key);
  }

  verify(request: Uint8Array, nowMs: number): Promise<Result<VerifiedRequest>> {
    return verifyRequest(request, this.trusted, nowMs);
  }
}

export interface CaptureFields {
  readonly pairId: Bytes;
  readonly capturedAtMs: readonly [number, number];
  readonly chargedAtMs: number;
}

/** A pay code that its passkey consented to. */
export type TestPayCode = CreatedPayCode & ConfirmedPayCode;

/** What a wallet hands in: `POST /api/v1/authorisations` takes these, with the request and its certificate. */
export interface HandedInConsent {
  readonly authorisation: Bytes;
  readonly assertion: Bytes;
  readonly walletCertificate: Bytes;
  readonly hash: Bytes;
}

/** A phone without a screen: device key, passkey, and the certificate of one card. */
export class TestWallet {
  readonly deviceKey: SigningKey;
  readonly authenticator: SoftwareAuthenticator;
  readonly origin: string;
  #certificate: Bytes | undefined;
  #trusted: TrustedWallet | undefined;
  #chain: ChainHead | undefined;
  #given: Bytes[] = [];

  constructor(deviceKey: SigningKey, authenticator: SoftwareAuthenticator, origin: string) {
    this.deviceKey = deviceKey;
    this.authenticator = authenticator;
    this.origin = origin;
  }

  /** The `DeviceBinding` that goes with a registration or sign-in. */
  createBinding(challenge: Bytes): Promise<Bytes> {
    return signDocument(DeviceBinding, { publicKey: this.deviceKey.publicKey, challenge }, this.deviceKey);
  }

  /** Takes a certificate as a wallet does. A new one that grants an allowance begins a chain; the same again goes on with its own. */
  async adopt(certificate: Bytes, trust: CentreTrust): Promise<void> {
    const trusted = unwrap(await verifyWalletCertificate(certificate, trust));
    const isSame = this.#trusted !== undefined && isEqualBytes(trusted.content.serial, this.#trusted.content.serial);
    this.#trusted = trusted;
    this.#certificate = certificate;
    if (isSame) return;
    const { contentBytes } = unwrap(decodeDocument(WalletCertificate, certificate));
    const hash = await hashContent(WalletCertificate, contentBytes);
    this.#chain = allowanceOf(trusted.content) && startOfChain(hash);
    this.#given = [];
  }

  /** What it may pay without network, by its certificate. */
  get allowance(): Allowance | undefined {
    return allowanceOf(this.trusted.content);
  }

  /** Where its chain stands. */
  get chain(): ChainHead {
    if (!this.#chain) throw new Error('The wallet has no allowance.');
    return this.#chain;
  }

  /** Hashes of all consents given out of the allowance. */
  get given(): readonly Bytes[] {
    return this.#given;
  }

  /** A copied profile: the same keys, certificate and chain, and from here on a life of its own. */
  clone(): TestWallet {
    const copy = new TestWallet(this.deviceKey, this.authenticator, this.origin);
    copy.#certificate = this.#certificate;
    copy.#trusted = this.#trusted;
    copy.#chain = this.#chain;
    copy.#given = [...this.#given];
    return copy;
  }

  get certificate(): Bytes {
    if (!this.#certificate) throw new Error('The wallet has no certificate yet.');
    return this.#certificate;
  }

  get trusted(): TrustedWallet {
    if (!this.#trusted) throw new Error('The wallet has no certificate yet.');
    return this.#trusted;
  }

  /**
   * Consents to a request. The passkey of a misbehaving authenticator is made small all the same, as a hostile wallet
   * would do it.
   */
  async authorise(
    request: VerifiedRequest,
    nowMs: number,
    misbehaviour: Misbehaviour = {},
    place?: ChainPlace,
  ): Promise<HandedInConsent> {
    const { accountToken } = this.trusted.content;
    const created = await createAuthorisation(request, accountToken, nowMs, this.deviceKey, place);
    const response = await this.authenticator.assertBytes(created.hash, misbehaviour);
    const challenge = misbehaviour.challenge ?? created.hash;
    const small = createPasskeyAssertion(response, challenge, misbehaviour.origin ?? this.origin);
    return {
      authorisation: created.document,
      assertion: encodePasskeyAssertion(unwrap(small)),
      walletCertificate: this.certificate,
      hash: created.hash,
    };
  }

  /**
   * Consents in the next place of the chain, which is taken for good. Throws where the allowance has no room.
   * @param changes a place that an honest wallet would not take
   */
  async authoriseChained(
    request: VerifiedRequest,
    nowMs: number,
    changes: Partial<ChainPlace> = {},
  ): Promise<HandedInConsent> {
    const { allowance } = this;
    if (!allowance) throw new Error('The wallet has no allowance.');
    const next = unwrap(nextPlace(allowance, this.chain, request.amountMinor, nowMs));
    const place = { ...next, ...changes };
    const consent = await this.authorise(request, nowMs, {}, place);
    this.#chain = { counter: place.counter, head: consent.hash, cumulativeMinor: place.cumulativeMinor };
    this.#given.push(consent.hash);
    return consent;
  }

  /** The wallet's last word on its allowance. @param given what it says it gave: all of it, unless it lies */
  async close(nowMs: number, given: readonly Bytes[] = this.#given, chain: ChainHead = this.chain): Promise<Bytes> {
    const { serial } = this.trusted.content;
    return (await createClosing(serial, chain, given, nowMs, this.deviceKey)).document;
  }

  /** Signs with the network off that it can, and agrees to who bears which loss. */
  async rehearse(
    nowMs: number,
    termsVersion = TERMS_VERSION,
    misbehaviour: Misbehaviour = {},
  ): Promise<{ readonly document: Bytes; readonly assertion: Bytes }> {
    const { serial } = this.trusted.content;
    const { document, hash } = await createRehearsal(serial, termsVersion, nowMs, this.deviceKey);
    const response = await this.authenticator.assertBytes(hash, misbehaviour);
    const small = createPasskeyAssertion(response, misbehaviour.challenge ?? hash, misbehaviour.origin ?? this.origin);
    return { document, assertion: encodePasskeyAssertion(unwrap(small)) };
  }

  /** Consents to a pay code. */
  async createPayCode(capMinor: number, nowMs: number, misbehaviour: Misbehaviour = {}): Promise<TestPayCode> {
    const created = await createPayCode(this.trusted.content.accountToken, capMinor as AmountMinor, nowMs);
    const response = await this.authenticator.assertBytes(created.hash, misbehaviour);
    const challenge = misbehaviour.challenge ?? created.hash;
    const small = createPasskeyAssertion(response, challenge, misbehaviour.origin ?? this.origin);
    return { ...created, assertion: encodePasskeyAssertion(unwrap(small)) };
  }

  /** A fresh showing of it. @param secret of the account, for cross-check */
  async show(
    payCode: ConfirmedPayCode,
    nowMs: number,
    secret?: Uint8Array,
    certificateSerial: Bytes = this.trusted.content.serial,
  ): Promise<TwinCode> {
    return createPayCodeShowing(payCode, {
      mode: secret ? 'cross-check' : 'split',
      nowMs,
      rhythmMs: RHYTHM_MS,
      deviceKey: this.deviceKey,
      walletCertificate: this.certificate,
      certificateSerial,
      ...(secret && { accountSecret: await importAccountSecret(secret) }),
    });
  }
}

/** How long A is shown before B. */
export const RHYTHM_MS = 250;

export async function createTestTerminal(): Promise<TestTerminal> {
  return new TestTerminal(await createSigningKey(false));
}

/** @param origin of the wallet app, e.g. `http://localhost:8787`; the RP id is its host name */
export async function createTestWallet(origin: string): Promise<TestWallet> {
  const authenticator = await createSoftwareAuthenticator({ origin, rpId: new URL(origin).hostname });
  return new TestWallet(await createSigningKey(false), authenticator, origin);
}

/** What the verifier of an assertion made at `origin` expects. */
export async function relyingPartyOf(origin: string): Promise<RelyingParty> {
  return { rpIdHash: await sha256(encodeUtf8(new URL(origin).hostname)), origins: [origin] };
}

/** The value of a result that a test takes for granted; says the code otherwise. */
export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.code}${result.detail ? ` (${result.detail})` : ''}`);
  return result.value;
}
