import { BOUNDS } from '../../shared/protocol/bounds.ts';
import { type Bytes, decodeBase64url, isEqualBytes } from '../../shared/protocol/bytes.ts';
import { joinTwinCode } from '../../shared/protocol/codes/join-twin-code.ts';
import { decodePayCodePayload } from '../../shared/protocol/codes/pay-code-payload.ts';
import type { TrustedTerminal } from '../../shared/protocol/payment/certificates.ts';
import { type VerifiedCapture, verifyTwinCapture } from '../../shared/protocol/payment/twin-capture.ts';
import { verifyPayCode } from '../../shared/protocol/payment/verify-pay-code.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import type { ChargePayCodeCall } from '../../shared/protocol/wire/pay-codes.ts';
import type { Programme } from '../clearing/load-programme.ts';
import type { Env } from '../env.ts';
import type { ChargeCommand, PaymentResult, SubmitCommand } from '../ledger/commands.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { originsOf } from '../security/origins.ts';
import { relyingPartyOf } from '../security/relying-party.ts';
import { carry, hashHandedIn, ledgerOfTerminal, record, recordUnproven } from './hand-in.ts';
import { type CodeContext, findAccountSecret, findProvenCard, pairCaptures, takeWalletOf } from './scanned-codes.ts';
import { type Carried, takeRequest, takeTerminalCertificate } from './verified-documents.ts';

/**
 * R2: the terminal's request, the two codes it scanned, and its signed word on when. Every signature is verified and the codes
 * are joined here, then the ledger is called once (before that, a cross-check code names its certificate, which is looked
 * up the first time). What is refused is recorded as with the other documents; where the phone is known that made what was
 * scanned, the try counts against its account.
 */
export async function chargePayCode(env: Env, programme: Programme, call: ChargePayCodeCall): Promise<PaymentResult> {
  const terminal = await takeTerminalCertificate(call.terminalCertificate, programme.trust);
  if (!terminal.ok) return terminal;
  const ledger = ledgerOfTerminal(env, programme, terminal.value.verified);
  if (!ledger) return refuse('terminal_unknown');
  const nowMs = Date.now();
  const kind = 'charge';
  const terminalCertificate = carry(terminal.value);
  const request = await takeRequest(call.request, terminal.value.verified, call.terminalCertificate, nowMs);
  if (!request.ok) {
    const documentHash = await hashHandedIn(call.request, call.capture, ...call.codes);
    return recordUnproven(ledger, { kind, terminalCertificate }, documentHash, request);
  }
  const { verified, document, untimely } = request.value;
  const submission: SubmitCommand = { request: verified, document, terminalCertificate };
  const handedIn = await hashHandedIn(call.capture, ...call.codes);
  const capture = await takeCapture(call.capture, verified.hash, terminal.value.verified);
  // Its request alone is of anyone who scanned the till's code: without the till's word it hands nothing in, and shows the till nothing.
  if (!capture.ok) {
    const documentHash = await hashHandedIn(call.request, call.capture, ...call.codes);
    return recordUnproven(ledger, { kind, terminalCertificate }, documentHash, capture);
  }
  const { hash, chargedAtMs } = capture.value.verified;
  if (untimely !== undefined && untimely !== 'request_expired') {
    const repeated = await findRepeated(ledger, submission, [hash, handedIn]);
    return repeated ?? record(ledger, { kind, request: verified, terminalCertificate }, handedIn, untimely);
  }
  if (Math.abs(nowMs - chargedAtMs) > BOUNDS.chargeDelaySecondsMax * 1000) {
    // The first answer again, to a till that never got it, however late; a new one is of a till whose clock was set.
    const repeated = await findRepeated(ledger, submission, [hash, handedIn]);
    return repeated ?? ledger.refuseCharge({ ...submission, documentHash: hash, code: 'clock_off' });
  }
  const context: CodeContext = { env, programme, ledger, acquirer: verified.acquirer };
  const charge = await takeCharge(context, call, submission, capture.value);
  if (charge.ok) return ledger.chargePayCode(charge.value);
  const card = await findProvenCard(context, pairCaptures(call.codes, capture.value.verified));
  return ledger.refuseCharge({ ...submission, documentHash: handedIn, code: charge.code, ...(card && { card }) });
}

/** Joins the codes and verifies what they carry. */
async function takeCharge(
  context: CodeContext,
  call: ChargePayCodeCall,
  submission: SubmitCommand,
  capture: Carried<VerifiedCapture>,
): Promise<Result<ChargeCommand>> {
  const { env, programme, acquirer } = context;
  const { chargedAtMs, pairId } = capture.verified;
  const { payCode: settings } = programme.view;
  // Of either mode, whatever the programme's is: a phone without network shows what it knows, and both prove all there is.
  const joined = await joinTwinCode(pairCaptures(call.codes, capture.verified), settings, findAccountSecret(env));
  if (!joined.ok) return joined;
  if (!isEqualBytes(joined.value.pairId, pairId)) return refuse('capture_mismatch');
  const payload = decodePayCodePayload(joined.value.payload);
  if (!payload.ok) return payload;
  const wallet = await takeWalletOf(context, payload.value);
  if (!wallet.ok) return wallet;
  const relyingParty = await relyingPartyOf(originsOf(env));
  const trusted = wallet.value.verified;
  const payCode = await verifyPayCode(payload.value, joined.value, trusted, relyingParty, chargedAtMs, settings);
  if (!payCode.ok) return payCode;
  // The standard form (R1.9): issuer, acquirer and clearing centre in one.
  if (payCode.value.issuer !== acquirer) return refuse('account_unknown');
  const { windowMs, toleranceMs, stepUpMinor } = settings;
  return accept({
    ...submission,
    capture: capture.verified,
    captureDocument: capture.document,
    payCode: payCode.value,
    showing: payload.value.showing,
    assertion: payload.value.assertion,
    walletCertificate: carry(wallet.value),
    devicePublicKey: trusted.content.devicePublicKey,
    rules: { windowMs, toleranceMs, stepUpMinor },
  });
}

async function takeCapture(
  text: string,
  requestHash: Bytes,
  terminal: TrustedTerminal,
): Promise<Result<Carried<VerifiedCapture>>> {
  const document = decodeBase64url(text);
  if (!document) return refuse('document_malformed');
  const verified = await verifyTwinCapture(document, requestHash, terminal);
  return verified.ok ? accept({ verified: verified.value, document }) : verified;
}

/** The first answer to what came before under one of these hashes. */
async function findRepeated(
  ledger: DurableObjectStub<Ledger>,
  { request }: SubmitCommand,
  documentHashes: readonly Bytes[],
): Promise<PaymentResult | undefined> {
  for (const documentHash of documentHashes) {
    const repeated = await ledger.repeatedAnswer(request.traceKey, documentHash);
    if (repeated) return repeated;
  }
  return undefined;
}
