import { type Bytes, decodeBase64url, isEqualBytes } from '../../shared/protocol/bytes.ts';
import { type CentreTrust, verifyCentreKeys } from '../../shared/protocol/centre-trust.ts';
import { type ContentKey, importContentKey } from '../../shared/protocol/codes/content-seal.ts';
import { importAccountSecret } from '../../shared/protocol/codes/cross-check-code.ts';
import { CentreKey } from '../../shared/protocol/documents/centre-key.ts';
import { decodeDocument, hashContent } from '../../shared/protocol/documents/document.ts';
import {
  WalletCertificate,
  type WalletCertificateContent,
} from '../../shared/protocol/documents/wallet-certificate.ts';
import { allowanceOf } from '../../shared/protocol/offline/allowance.ts';
import { verifyWalletCertificate } from '../../shared/protocol/payment/certificates.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import type { CardAnswer, WalletAnswer } from '../../shared/protocol/wire/wallet.ts';
import type { Card, Grant } from '../cards/card.ts';
import type { Account } from './account.ts';

/** An answer of the centre about this wallet, every signature in it checked. */
export interface VerifiedWallet {
  readonly account: Account;
  readonly trust: CentreTrust;
  readonly cards: readonly Card[];
  readonly contentKeys: readonly ContentKey[];
}

export interface WalletExpectation {
  readonly devicePublicKey: Bytes;
  /** Absent at enrolment: then the first key is taken on trust, over HTTPS. */
  readonly pinnedCentreKey?: Bytes;
}

/**
 * Believes an answer only as far as it is signed: the chain of centre keys contains the pinned one, and each card's certificate
 * is for this card, this phone's key and the programme's currency.
 * Refuses `document_malformed`, `signature_invalid`, `certificate_invalid`, `programme_mismatch`, `currency_mismatch`.
 */
export async function verifyWalletAnswer(
  answer: WalletAnswer,
  expected: WalletExpectation,
): Promise<Result<VerifiedWallet>> {
  const { programme } = answer;
  const announcements = decodeAll(programme.centreKeys);
  const newest = announcements?.at(-1);
  if (!announcements || !newest) return refuse('document_malformed');
  const trust = await verifyCentreKeys(announcements, programme.programme, expected.pinnedCentreKey);
  if (!trust.ok) return trust;
  const announced = decodeDocument(CentreKey, newest);
  if (!announced.ok) return announced;
  const cards: Card[] = [];
  for (const [position, cardAnswer] of answer.cards.entries()) {
    const { currency } = programme;
    const context = { currency, devicePublicKey: expected.devicePublicKey, trust: trust.value };
    const card = await verifyCard(cardAnswer, position, context);
    if (!card.ok) return card;
    cards.push(card.value);
  }
  return accept({
    account: {
      customerName: answer.customerName,
      credentialId: answer.credentialId,
      programme,
      pinnedCentreKey: announced.value.content.publicKey,
      syncedAtMs: programme.centreTimeMs,
    },
    trust: trust.value,
    cards,
    contentKeys: await Promise.all(
      answer.contentKeys.map(({ day, key }) => importContentKey(day, decodeBase64url(key) ?? new Uint8Array())),
    ),
  });
}

/**
 * One card of an answer. Refuses `document_malformed`, `certificate_invalid`, `programme_mismatch`, `currency_mismatch`.
 * @param position in the wallet
 */
export async function verifyCard(
  answer: CardAnswer,
  position: number,
  {
    currency,
    devicePublicKey,
    trust,
  }: {
    readonly currency: WalletAnswer['programme']['currency'];
    readonly devicePublicKey: Bytes;
    readonly trust: CentreTrust;
  },
): Promise<Result<Card>> {
  const certificate = decodeBase64url(answer.certificate);
  const accountToken = decodeBase64url(answer.accountToken);
  if (!certificate || !accountToken) return refuse('document_malformed');
  const verified = await verifyWalletCertificate(certificate, trust);
  if (!verified.ok) return verified;
  const { content } = verified.value;
  const isOurs =
    isEqualBytes(content.accountToken, accountToken) && isEqualBytes(content.devicePublicKey, devicePublicKey);
  if (!isOurs) return refuse('certificate_invalid');
  if (content.currency !== currency.code || content.exponent !== currency.exponent) {
    return refuse('currency_mismatch');
  }
  const secret = answer.secret === undefined ? undefined : decodeBase64url(answer.secret);
  if (answer.secret !== undefined && secret?.length !== 32) return refuse('document_malformed');
  const grant = await readGrant(certificate, content);
  return accept({
    accountNumber: answer.accountNumber,
    accountToken,
    label: answer.label,
    status: answer.status,
    availableMinor: answer.availableMinor,
    currency: { code: content.currency, exponent: content.exponent },
    certificate,
    certificateExpiresAtMs: content.expiresAtSeconds * 1000,
    ...(secret && { accountSecret: await importAccountSecret(secret) }),
    position,
    ...(grant && { grant }),
    ...(answer.releases.length > 0 && { releases: answer.releases }),
    ...(answer.offlineTermsVersion !== undefined && { offlineTermsVersion: answer.offlineTermsVersion }),
  });
}

async function readGrant(certificate: Bytes, content: WalletCertificateContent): Promise<Grant | undefined> {
  const allowance = allowanceOf(content);
  const decoded = decodeDocument(WalletCertificate, certificate);
  if (!allowance || !decoded.ok) return undefined;
  const certificateHash = await hashContent(WalletCertificate, decoded.value.contentBytes);
  return { allowance, certificateHash, issuedAtMs: content.issuedAtSeconds * 1000 };
}

function decodeAll(texts: readonly string[]): Bytes[] | undefined {
  const decoded = texts.map(decodeBase64url);
  return decoded.every((bytes) => bytes !== undefined) ? decoded : undefined;
}
