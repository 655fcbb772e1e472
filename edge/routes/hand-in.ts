import { BOUNDS } from '../../shared/protocol/bounds.ts';
import { type Bytes, decodeBase64url, encodeUtf8 } from '../../shared/protocol/bytes.ts';
import { hashContent } from '../../shared/protocol/documents/document.ts';
import { RequestCancellation } from '../../shared/protocol/documents/request.ts';
import { sha256 } from '../../shared/protocol/hash.ts';
import { formatTraceKey } from '../../shared/protocol/identifiers.ts';
import { verifyAcceptance } from '../../shared/protocol/offline/acceptance.ts';
import { isWithinValidity, type TrustedTerminal } from '../../shared/protocol/payment/certificates.ts';
import type { VerifiedAuthorisation } from '../../shared/protocol/payment/verify-authorisation.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import { accept, type Refusal, type Result, refuse } from '../../shared/protocol/result.ts';
import type { AuthoriseCall, CancelRequestCall, SubmitRequestCall } from '../../shared/protocol/wire/payments.ts';
import type { Programme } from '../clearing/load-programme.ts';
import type { Env } from '../env.ts';
import type {
  CarriedAcceptance,
  CarriedCertificate,
  PaymentResult,
  RecordAttemptCommand,
  RecordUnprovenCommand,
} from '../ledger/commands.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { originsOf } from '../security/origins.ts';
import { relyingPartyOf } from '../security/relying-party.ts';
import { findLedger } from './api-context.ts';
import {
  type Carried,
  takeAuthorisation,
  takeCancellation,
  takeRequest,
  takeTerminalCertificate,
  takeWalletCertificate,
} from './verified-documents.ts';

/**
 * The three documents that are handed in: parse, verify every signature, then one call into the ledger. What is refused here
 * under a genuine terminal's certificate is recorded there too, so that nobody's attempt goes unseen: with its fields and a
 * signed receipt where the terminal's request is good, by its hash alone where it is not.
 *
 * @param tokenHash of the till's session, where the call had one: it says that the till itself handed it in
 */
export async function submitRequest(
  env: Env,
  programme: Programme,
  call: SubmitRequestCall,
  tokenHash: Bytes | undefined,
): Promise<PaymentResult> {
  const terminal = await takeTerminalCertificate(call.terminalCertificate, programme.trust);
  if (!terminal.ok) return terminal;
  const ledger = ledgerOfTerminal(env, programme, terminal.value.verified);
  if (!ledger) return refuse('terminal_unknown');
  const terminalCertificate = carry(terminal.value);
  const request = await takeRequest(call.request, terminal.value.verified, call.terminalCertificate, Date.now());
  if (!request.ok) {
    const attempt = { kind: 'submission', terminalCertificate } as const;
    return recordUnproven(ledger, attempt, await hashHandedIn(call.request), request);
  }
  const { verified, document, untimely } = request.value;
  // A late one may be a repetition; a new one the ledger refuses by its own clock, which knows of no certificate's end.
  if (untimely === undefined || untimely === 'request_expired')
    return ledger.submitRequest({ request: verified, document, terminalCertificate, tokenHash });
  const repeated = await ledger.repeatedAnswer(verified.traceKey, verified.hash);
  const attempt = { kind: 'submission', request: verified, terminalCertificate } as const;
  return repeated ?? record(ledger, attempt, verified.hash, untimely);
}

/** What `takeAuthorisation` refuses before it has found the signature of the certificate's phone good. */
const PROVES_NO_WALLET: ReadonlySet<RefusalCode> = new Set([
  'document_malformed',
  'certificate_invalid',
  'signature_invalid',
]);

/** @param tokenHash of the till's session, where the call had one: it says that the till itself handed the consent in */
export async function authorise(
  env: Env,
  programme: Programme,
  call: AuthoriseCall,
  tokenHash?: Bytes | undefined,
): Promise<PaymentResult> {
  const { trust } = programme;
  const terminal = await takeTerminalCertificate(call.terminalCertificate, trust);
  if (!terminal.ok) return terminal;
  const ledger = ledgerOfTerminal(env, programme, terminal.value.verified);
  if (!ledger) return refuse('terminal_unknown');
  const nowMs = Date.now();
  const terminalCertificate = carry(terminal.value);
  const kind = 'authorisation';
  const request = await takeRequest(call.request, terminal.value.verified, call.terminalCertificate, nowMs);
  if (!request.ok) {
    const documentHash = await hashHandedIn(call.request, call.authorisation, call.assertion);
    return recordUnproven(ledger, { kind, terminalCertificate }, documentHash, request);
  }
  const attempt = { kind, request: request.value.verified, terminalCertificate } as const;
  const refused = await hashHandedIn(call.authorisation, call.assertion);
  const unproven = (refusal: Refusal) => recordUnproven(ledger, { kind, terminalCertificate }, refused, refusal);
  const wallet = await takeWalletCertificate(call.walletCertificate, trust);
  if (!wallet.ok) return unproven(wallet);
  const assertion = decodeBase64url(call.assertion);
  if (!assertion) return unproven(refuse('document_malformed'));
  const relyingParty = await relyingPartyOf(originsOf(env));
  const authorisation = await takeAuthorisation(
    call.authorisation,
    assertion,
    wallet.value.verified,
    relyingParty,
    nowMs,
  );
  // Whoever scanned the till's code may send this, and certificates are no secret: without the phone's signature it is nobody's.
  if (!authorisation.ok && PROVES_NO_WALLET.has(authorisation.code)) return unproven(authorisation);
  // Told to this very consent for good: when the request's time has come, a copy of it that was held up on its way pays nothing.
  const named = authorisation.ok ? authorisation.value.verified.hash : refused;
  if (request.value.untimely === 'clock_off') return record(ledger, attempt, named, 'clock_off');
  if (!authorisation.ok) return record(ledger, attempt, refused, authorisation.code, authorisation.detail);
  const { verified, document, untimely } = authorisation.value;
  // The standard form (R1.9): issuer, acquirer and clearing centre in one.
  if (verified.issuer !== request.value.verified.acquirer)
    return record(ledger, attempt, verified.hash, 'account_unknown');
  const { link } = verified;
  // A consent out of an allowance may be late: it only had to be good at its own time. From the future it is refused to its phone for
  // good, as the phone takes it; the till that took it in good faith may come again.
  if (link && untimely === 'clock_off')
    return record(ledger, attempt, call.acceptance === undefined ? verified.hash : refused, untimely);
  if (link) {
    const acceptance = await takeAcceptance(call.acceptance, terminal.value.verified, verified);
    if (!acceptance.ok) {
      const documentHash = await hashHandedIn(call.authorisation, call.assertion, call.acceptance ?? '');
      return record(ledger, attempt, documentHash, acceptance.code);
    }
    return ledger.settle({
      authorisation: { ...verified, link },
      request: request.value.verified,
      document,
      requestDocument: request.value.document,
      assertion,
      walletCertificate: carry(wallet.value),
      terminalCertificate,
      isTillAway: call.isTillAway ?? false,
      acceptance: acceptance.value,
      tokenHash,
      settings: programme.view.offline,
    });
  }
  if (untimely) {
    // The first answer again, to a wallet that never got it, however late; a new one is too late.
    const repeated = await ledger.repeatedAnswer(request.value.verified.traceKey, verified.hash);
    return repeated ?? record(ledger, attempt, verified.hash, untimely);
  }
  return ledger.authorise({
    authorisation: verified,
    request: request.value.verified,
    document,
    assertion,
    walletCertificate: carry(wallet.value),
    terminalCertificate,
    ...(call.isTillAway && { carriedRequest: request.value.document }),
  });
}

/** The terminal's word that it took this consent on its own, where the call brings it. Refuses what `verifyAcceptance` refuses. */
async function takeAcceptance(
  text: string | undefined,
  terminal: TrustedTerminal,
  consent: Pick<VerifiedAuthorisation, 'requestHash' | 'hash' | 'amountMinor'>,
): Promise<Result<CarriedAcceptance | undefined>> {
  if (text === undefined) return accept(undefined);
  const document = decodeBase64url(text);
  if (!document) return refuse('document_malformed');
  const { requestHash, hash: authorisationHash, amountMinor } = consent;
  const verified = await verifyAcceptance(document, terminal, { requestHash, authorisationHash, amountMinor });
  return verified.ok ? accept({ content: verified.value, document }) : verified;
}

/** A cancellation needs no freshness: it names one request by hash, and ends it for ever. */
export async function cancelRequest(env: Env, programme: Programme, call: CancelRequestCall): Promise<PaymentResult> {
  const terminal = await takeTerminalCertificate(call.terminalCertificate, programme.trust);
  if (!terminal.ok) return terminal;
  const ledger = ledgerOfTerminal(env, programme, terminal.value.verified);
  if (!ledger) return refuse('terminal_unknown');
  const terminalCertificate = carry(terminal.value);
  const taken = await takeCancellation(call.cancellation, terminal.value.verified);
  if (!taken.ok) {
    const attempt = { kind: 'cancellation', terminalCertificate } as const;
    return recordUnproven(ledger, attempt, await hashHandedIn(call.cancellation), taken);
  }
  const { verified, document } = taken.value;
  const { content: certificate } = terminal.value.verified;
  const { requestHash, batchNo, voucherNo, cancelledAtMs } = verified.content;
  const isTimely = isWithinValidity(certificate, cancelledAtMs, BOUNDS.clockToleranceSeconds * 1000);
  return ledger.cancelRequest({
    traceKey: formatTraceKey({ terminalId: certificate.terminalId, batchNo, voucherNo }),
    requestHash,
    publicKey: certificate.publicKey,
    document,
    hash: await hashContent(RequestCancellation, verified.contentBytes),
    terminalCertificate,
    ...(!isTimely && { objection: 'certificate_expired' }),
  });
}

/** Names what came where its signatures are not good, as the text it came as: no content of it is to be believed. */
export function hashHandedIn(...texts: readonly string[]): Promise<Bytes> {
  return sha256(encodeUtf8(texts.join('.')));
}

export async function record(
  ledger: DurableObjectStub<Ledger>,
  attempt: Omit<RecordAttemptCommand, 'code' | 'documentHash'>,
  documentHash: Bytes,
  code: RefusalCode,
  detail?: string,
): Promise<PaymentResult> {
  const receipt = await ledger.recordAttempt({ ...attempt, documentHash, code });
  return { ...refuse(code, detail), ...(receipt !== undefined && { receipt }) };
}

export async function recordUnproven(
  ledger: DurableObjectStub<Ledger>,
  attempt: Pick<RecordUnprovenCommand, 'kind' | 'terminalCertificate'>,
  documentHash: Bytes,
  refusal: Refusal,
): Promise<Refusal> {
  await ledger.recordUnprovenAttempt({ ...attempt, documentHash, code: refusal.code });
  return refusal;
}

export function ledgerOfTerminal(env: Env, programme: Programme, { content }: TrustedTerminal) {
  return findLedger(env, programme, content.acquirer);
}

export function carry({ verified, document }: Carried<{ content: { serial: Bytes } }>): CarriedCertificate {
  return { serial: verified.content.serial, document };
}
