import type { AmountMinor } from '../../../../shared/protocol/amount.ts';
import { type Bytes, createRandomBytes, encodeBase64url } from '../../../../shared/protocol/bytes.ts';
import { decodeDocument, hashContent } from '../../../../shared/protocol/documents/document.ts';
import {
  WalletCertificate,
  type WalletCertificateContent,
} from '../../../../shared/protocol/documents/wallet-certificate.ts';
import { type Allowance, allowanceOf } from '../../../../shared/protocol/offline/allowance.ts';
import {
  type ChainHead,
  type ChainLink,
  type ChainPlace,
  nextPlace,
  startOfChain,
} from '../../../../shared/protocol/offline/chain.ts';
import {
  createPasskeyAssertion,
  encodePasskeyAssertion,
} from '../../../../shared/protocol/passkey/passkey-assertion.ts';
import { createAuthorisation } from '../../../../shared/protocol/payment/create-authorisation.ts';
import type { VerifiedRequest } from '../../../../shared/protocol/payment/verify-request.ts';
import type { EvidenceFile } from '../../../../shared/protocol/wire/offline-evidence.ts';
import {
  createTestTerminal,
  createTestWallet,
  relyingPartyOf,
  type TestTerminal,
  type TestWallet,
  unwrap,
} from '../../../support/devices.ts';
import type { Misbehaviour } from '../../../support/software-authenticator.ts';
import { createTestCentre, type TestCentre } from '../../../support/test-centre.ts';

export const NOW = 1_795_000_000_000;
export const ORIGIN = 'https://pay.example.org';
export const RELYING_PARTY = await relyingPartyOf(ORIGIN);

/** A phone with an allowance: as much of one as signs, without a disk. */
export interface OfflineWallet {
  readonly wallet: TestWallet;
  readonly allowance: Allowance;
  readonly start: ChainHead;
}

/** A consent in its place, with all that travels. */
export interface OfflineConsent {
  readonly link: ChainLink;
  /** The chain after it. */
  readonly head: ChainHead;
  readonly authorisation: Bytes;
  readonly assertion: Bytes;
  readonly walletCertificate: Bytes;
}

export async function createOfflineParties(): Promise<{ centre: TestCentre; terminal: TestTerminal }> {
  const centre = await createTestCentre({ nowMs: NOW });
  const terminal = await createTestTerminal();
  await terminal.adopt(await centre.certifyTerminal(terminal.key.publicKey), centre.trust);
  return { centre, terminal };
}

export async function createOfflineWallet(
  centre: TestCentre,
  changes: Partial<WalletCertificateContent> = {},
): Promise<OfflineWallet> {
  const wallet = await createTestWallet(ORIGIN);
  const keys = {
    accountToken: createRandomBytes(16),
    devicePublicKey: wallet.deviceKey.publicKey,
    passkeyPublicKey: wallet.authenticator.publicKey,
  };
  const certificate = await centre.certifyWallet(keys, {
    allowanceLimitMinor: 5_000 as AmountMinor,
    allowancePaymentMaxMinor: 2_500 as AmountMinor,
    allowanceCountMax: 50,
    allowanceExpiresAtSeconds: NOW / 1000 + 86_400,
    ...changes,
  });
  await wallet.adopt(certificate, centre.trust);
  const { contentBytes } = unwrap(decodeDocument(WalletCertificate, certificate));
  const start = startOfChain(await hashContent(WalletCertificate, contentBytes));
  return { wallet, allowance: allowanceOf(wallet.trusted.content)!, start };
}

export async function requestOf(
  terminal: TestTerminal,
  amountMinor: number,
  nowMs: number = NOW,
): Promise<VerifiedRequest> {
  return unwrap(await terminal.verify((await terminal.createRequest(amountMinor, nowMs)).document, nowMs));
}

/** Consents to a request in the place after `head`, or in the one that is given. */
export async function consent(
  { wallet, allowance }: OfflineWallet,
  request: VerifiedRequest,
  head: ChainHead,
  more: { place?: ChainPlace; misbehaviour?: Misbehaviour } = {},
): Promise<OfflineConsent> {
  const place = more.place ?? unwrap(nextPlace(allowance, head, request.amountMinor, NOW));
  const { accountToken } = wallet.trusted.content;
  const created = await createAuthorisation(request, accountToken, NOW, wallet.deviceKey, place);
  const misbehaviour = more.misbehaviour ?? {};
  const response = await wallet.authenticator.assertBytes(created.hash, misbehaviour);
  const challenge = misbehaviour.challenge ?? created.hash;
  const small = unwrap(createPasskeyAssertion(response, challenge, misbehaviour.origin ?? ORIGIN));
  return {
    link: { ...place, hash: created.hash, amountMinor: request.amountMinor },
    head: { counter: place.counter, head: created.hash, cumulativeMinor: place.cumulativeMinor },
    authorisation: created.document,
    assertion: encodePasskeyAssertion(small),
    walletCertificate: wallet.certificate,
  };
}

export function evidenceOf(
  centre: TestCentre,
  wallet: OfflineWallet,
  consents: readonly OfflineConsent[],
  closing?: Uint8Array,
): EvidenceFile {
  return {
    format: 'tandem-evidence/1',
    programme: centre.programme,
    centreKeys: centre.announcements.map(encodeBase64url),
    rpId: new URL(ORIGIN).hostname,
    origins: [ORIGIN],
    walletCertificate: encodeBase64url(wallet.wallet.certificate),
    consents: consents.map(({ authorisation, assertion }) => ({
      authorisation: encodeBase64url(authorisation),
      assertion: encodeBase64url(assertion),
    })),
    ...(closing && { closing: encodeBase64url(closing) }),
  };
}
