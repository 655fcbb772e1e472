import { type Bytes, encodeBase64url, encodeHex, isEqualBytes } from '../../shared/protocol/bytes.ts';
import { importAccountSecret, payloadOfHalf } from '../../shared/protocol/codes/cross-check-code.ts';
import { type Capture, type FindAccountSecret, joinTwinCode } from '../../shared/protocol/codes/join-twin-code.ts';
import {
  decodePayCodePayload,
  isCertificateSerial,
  type PayCodePayload,
  peekPayCode,
} from '../../shared/protocol/codes/pay-code-payload.ts';
import { parseTwinHalf } from '../../shared/protocol/codes/twin-code.ts';
import { decodeContent, decodeDocument, hashContent } from '../../shared/protocol/documents/document.ts';
import { PayCode, PayCodeShowing } from '../../shared/protocol/documents/pay-code.ts';
import type { ParticipantCode } from '../../shared/protocol/identifiers.ts';
import type { TrustedWallet } from '../../shared/protocol/payment/certificates.ts';
import type { VerifiedCapture } from '../../shared/protocol/payment/twin-capture.ts';
import { type Result, refuse } from '../../shared/protocol/result.ts';
import type { ChargePayCodeCall } from '../../shared/protocol/wire/pay-codes.ts';
import type { Programme } from '../clearing/load-programme.ts';
import type { Env } from '../env.ts';
import type { ProvenCard } from '../ledger/commands.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { openRegistry } from '../registry/open-registry.ts';
import { deriveAccountSecret } from '../security/account-secrets.ts';
import { BoundedCache } from '../security/bounded-cache.ts';
import { type Carried, takeWalletCertificate } from './verified-documents.ts';

/** What looking into scanned codes takes. */
export interface CodeContext {
  readonly env: Env;
  readonly programme: Programme;
  readonly ledger: DurableObjectStub<Ledger>;
  readonly acquirer: ParticipantCode;
}

type Captures = readonly [Capture, Capture];

/** Each text with the moment that the terminal says it saw it: by its side, whichever came first in the list. */
export function pairCaptures(codes: ChargePayCodeCall['codes'], capture: VerifiedCapture): Captures {
  const [capturedA, capturedB] = capture.capturedAtMs;
  const captureOf = (text: string, place: 'A' | 'B'): Capture => {
    const half = parseTwinHalf(text);
    return { text, capturedAtMs: (half.ok ? half.value.side : place) === 'A' ? capturedA : capturedB };
  };
  return [captureOf(codes[0], 'A'), captureOf(codes[1], 'B')];
}

/** What cannot be read has no account, but some secret, which nobody knows: so the joiner says what is wrong with it. */
const NO_ACCOUNT = new Uint8Array(16);

export function findAccountSecret({ KEY_SECRET }: Env): FindAccountSecret {
  return async (payload) => {
    const decoded = decodePayCodePayload(payload);
    const accountToken = (decoded.ok && peekPayCode(decoded.value)?.accountToken) || NO_ACCOUNT;
    return importAccountSecret(await deriveAccountSecret(KEY_SECRET, accountToken));
  };
}

/** The texts of certificates by participant and serial: what a serial stands for never changes. */
const named = new BoundedCache<string>(2_000);

/** The wallet certificate that a payload carries, or names. Refuses `document_malformed`, `certificate_invalid`, `programme_mismatch`. */
export async function takeWalletOf(
  { programme, ledger, acquirer }: CodeContext,
  payload: PayCodePayload,
): Promise<Result<Carried<TrustedWallet>>> {
  const { trust } = programme;
  if (!isCertificateSerial(payload)) return takeWalletCertificate(encodeBase64url(payload.wallet), trust);
  const name = `${acquirer}.${encodeHex(payload.wallet)}`;
  const known = named.get(name);
  if (known) return takeWalletCertificate(known, trust);
  using registry = openRegistry(ledger);
  const document = await registry.wallets.findCertificate(payload.wallet);
  if (!document) return refuse('certificate_invalid');
  const text = encodeBase64url(document);
  named.set(name, text);
  return takeWalletCertificate(text, trust);
}

const WITHOUT_TIME = { windowMs: Number.POSITIVE_INFINITY, toleranceMs: Number.POSITIVE_INFINITY };

/**
 * Whose phone made what was scanned, for a charge that is refused: proven by its signature on the showing, though the codes are
 * too old, of two showings, or joined with the wrong secret.
 */
export async function findProvenCard(context: CodeContext, captures: Captures): Promise<ProvenCard | undefined> {
  const joined = await joinTwinCode(captures, WITHOUT_TIME, findAccountSecret(context.env));
  const payloads = joined.ok ? [joined.value.payload] : captures.flatMap(({ text }) => payloadsOf(text));
  for (const bytes of payloads) {
    const payload = decodePayCodePayload(bytes);
    const card = payload.ok ? await proveCard(context, payload.value) : undefined;
    if (card) return { ...card, isJoined: joined.ok };
  }
  return undefined;
}

/** One cross-check code carries it all; one split code nothing. */
function payloadsOf(text: string): Bytes[] {
  const half = parseTwinHalf(text);
  return half.ok && half.value.mode === 'cross-check' ? [payloadOfHalf(half.value)] : [];
}

async function proveCard(
  context: CodeContext,
  payload: PayCodePayload,
): Promise<Omit<ProvenCard, 'isJoined'> | undefined> {
  const showing = decodeDocument(PayCodeShowing, payload.showing);
  const content = showing.ok ? decodeContent(PayCode, showing.value.content.payCode) : undefined;
  if (!showing.ok || !content) return undefined;
  const wallet = await takeWalletOf(context, payload);
  if (!wallet.ok) return undefined;
  const { verified, document } = wallet.value;
  const { accountToken, serial } = verified.content;
  const isOfCard = isEqualBytes(content.accountToken, accountToken) && (await showing.value.verify(verified.deviceKey));
  if (!isOfCard) return undefined;
  const payCode = await hashContent(PayCode, showing.value.content.payCode);
  const payCodeExpiresAtMs = content.createdAtMs + content.validForSeconds * 1000;
  return { walletCertificate: { serial, document }, accountToken, payCode, payCodeExpiresAtMs };
}
