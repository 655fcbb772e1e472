import type { Bytes } from '../../shared/protocol/bytes.ts';
import { decodeBase64url } from '../../shared/protocol/bytes.ts';
import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import {
  type DecodedDocument,
  type DocumentContent,
  decodeDocument,
} from '../../shared/protocol/documents/document.ts';
import { PaymentRequest, RequestCancellation } from '../../shared/protocol/documents/request.ts';
import {
  type TrustedTerminal,
  type TrustedWallet,
  verifyTerminalCertificate,
  verifyWalletCertificate,
} from '../../shared/protocol/payment/certificates.ts';
import {
  type RelyingParty,
  type VerifiedAuthorisation,
  verifyAtItsTime,
} from '../../shared/protocol/payment/verify-authorisation.ts';
import { type VerifiedRequest, verifyRequest } from '../../shared/protocol/payment/verify-request.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import { BoundedCache } from '../security/bounded-cache.ts';

/**
 * Signatures are checked here, in the stateless worker, before anything is asked of the ledger. That a certificate or a request
 * is signed rightly is a fact for ever, so it is kept by the text it came as; whether it is still good (time, withdrawal,
 * payment before) is never kept.
 *
 * The largest text is 2.7 kB, so the caches together stay below some 20 MB of an isolate's 128.
 */
const terminals = new BoundedCache<TrustedTerminal>(2_000);
const wallets = new BoundedCache<TrustedWallet>(2_000);
const requests = new BoundedCache<VerifiedRequest>(4_000);

/** A document with the bytes it came as. */
export interface Carried<T> {
  readonly verified: T;
  readonly document: Bytes;
}

/** A document that was in order at its own time, with what the time now says against it. */
export interface Timely<T> extends Carried<T> {
  readonly untimely: RefusalCode | undefined;
}

/** Refuses `document_malformed`, `certificate_invalid`, `programme_mismatch`. */
export async function takeTerminalCertificate(
  text: string,
  trust: CentreTrust,
): Promise<Result<Carried<TrustedTerminal>>> {
  const document = decodeBase64url(text);
  if (!document) return refuse('document_malformed');
  const known = terminals.get(text);
  if (known) return accept({ verified: known, document });
  const verified = await verifyTerminalCertificate(document, trust);
  if (!verified.ok) return verified;
  terminals.set(text, verified.value);
  return accept({ verified: verified.value, document });
}

/** Refuses `document_malformed`, `certificate_invalid`, `programme_mismatch`. */
export async function takeWalletCertificate(text: string, trust: CentreTrust): Promise<Result<Carried<TrustedWallet>>> {
  const document = decodeBase64url(text);
  if (!document) return refuse('document_malformed');
  const known = wallets.get(text);
  if (known) return accept({ verified: known, document });
  const verified = await verifyWalletCertificate(document, trust);
  if (!verified.ok) return verified;
  wallets.set(text, verified.value);
  return accept({ verified: verified.value, document });
}

/**
 * A terminal's request. One that only its time speaks against is let through with what that is: it may be a repetition of
 * one handed in before, and the ledger alone knows. Refuses what `verifyRequest` refuses, but for time.
 */
export async function takeRequest(
  text: string,
  terminal: TrustedTerminal,
  certificateText: string,
  nowMs: number,
): Promise<Result<Timely<VerifiedRequest>>> {
  const document = decodeBase64url(text);
  if (!document) return refuse('document_malformed');
  const key = `${text}.${certificateText}`;
  const known = requests.get(key);
  if (known) {
    const untimely = nowMs > known.expiresAtMs ? 'request_expired' : undefined;
    return accept({ verified: known, document, untimely });
  }
  let verified = await verifyRequest(document, terminal, nowMs);
  let untimely: RefusalCode | undefined;
  if (!verified.ok && isOfTime(verified.code)) {
    const decoded = decodeDocument(PaymentRequest, document);
    if (!decoded.ok) return decoded;
    untimely = verified.code;
    verified = await verifyRequest(document, terminal, decoded.value.content.requestedAtSeconds * 1000);
  }
  if (!verified.ok) return verified;
  // From the future, or from after its certificate's end, is not kept: next time it would be in time without being looked at.
  if (untimely === undefined || untimely === 'request_expired') requests.set(key, verified.value);
  return accept({ verified: verified.value, document, untimely });
}

/** A terminal's word that it takes a request back. Refuses `document_malformed`, `signature_invalid`. */
export async function takeCancellation(
  text: string,
  terminal: TrustedTerminal,
): Promise<Result<Carried<DecodedDocument<DocumentContent<(typeof RequestCancellation)['fields']>>>>> {
  const document = decodeBase64url(text);
  if (!document) return refuse('document_malformed');
  const decoded = decodeDocument(RequestCancellation, document);
  if (!decoded.ok) return decoded;
  if (!(await decoded.value.verify(terminal.key))) return refuse('signature_invalid');
  return accept({ verified: decoded.value, document });
}

/** The payer's consent; time as with `takeRequest`. Each is new, so none is kept. */
export async function takeAuthorisation(
  text: string,
  assertion: Bytes,
  wallet: TrustedWallet,
  relyingParty: RelyingParty,
  nowMs: number,
): Promise<Result<Timely<VerifiedAuthorisation>>> {
  const document = decodeBase64url(text);
  if (!document) return refuse('document_malformed');
  const evidence = { authorisation: document, assertion };
  const verified = await verifyAtItsTime(evidence, wallet, relyingParty, nowMs);
  if (!verified.ok) return verified;
  const { authorisation, untimely } = verified.value;
  return accept({ verified: authorisation, document, untimely });
}

function isOfTime(code: RefusalCode): boolean {
  return ['request_expired', 'certificate_expired', 'clock_off'].includes(code);
}
