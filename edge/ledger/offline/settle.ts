import { BOUNDS } from '../../../shared/protocol/bounds.ts';
import { isEqualBytes } from '../../../shared/protocol/bytes.ts';
import { decideSettlement } from '../../../shared/protocol/offline/decide-settlement.ts';
import type { PartyStatus } from '../../../shared/protocol/payment/lifecycle.ts';
import type { RefusalCode } from '../../../shared/protocol/refusals.ts';
import { findTerminalSession } from '../../registry/sessions.ts';
import { loadRevokedAtMs } from '../../registry/terminal-certificates.ts';
import { availableMinor, SYSTEM_ACCOUNTS } from '../accounts.ts';
import type { SettleCommand } from '../commands.ts';
import { loadPosting, type Posting } from '../journal/posting.ts';
import type { Decided } from '../payments/answers.ts';
import { matchCarriedRequest, wasAwaited } from '../payments/carried-requests.ts';
import {
  answerAsBefore,
  answerRefusal,
  loadState,
  type PaymentContext,
  refuseRequest,
  statusOf,
  TOO_EARLY,
} from '../payments/payment-steps.ts';
import { payRequest } from '../payments/payments.ts';
import { signatureOf } from '../payments/requests.ts';
import { type LoadedConsent, loadConsent } from '../payments/standing.ts';
import { type KeptAcceptance, keepAcceptance, loadAcceptance } from './acceptances.ts';
import { type AllowanceRecord, loadAllowance } from './allowances.ts';
import { carryRequest } from './carry-request.ts';
import { bookDebt } from './debts.ts';
import { recordDoubleSpend } from './double-spends.ts';
import {
  type FoundContradiction,
  findContradicting,
  type HandedInBy,
  insertLink,
  loadGuaranteedMinor,
  loadLinks,
  loadTakenHereMinor,
  type SettledFrom,
} from './links.ts';
import { keepReserve, releaseReserve, voidReserve } from './reserve.ts';
import { loadRevocationTime } from './revocations.ts';

/**
 * A consent out of an allowance: by the till or by the phone, in time or late, in any order and any number of times. Decided by
 * `decideSettlement`; paid from what was set aside, from what else is available, or by the guarantee.
 */
export function settleConsent(context: PaymentContext, command: SettleCommand): Decided {
  const { sql, rules, nowMs } = context;
  const { authorisation, request } = command;
  const { link } = authorisation;
  const refused = carryRequest(context, command);
  if (refused) return refused;
  const handedInBy = whoHandsIn(context, command);
  if (handedInBy === 'till') matchCarriedRequest(sql, request, nowMs);
  const allowance = loadDueAllowance(context, command);
  const loaded = loadConsent(sql, command);
  const { standing, card, parties, posting } = loaded;
  // Of the till that asked, for what it asked: no other has a word on this consent, and the first that are kept count for ever.
  const isOfRequest = [request.hash, standing.requestHash].every((hash) =>
    isEqualBytes(authorisation.requestHash, hash),
  );
  if (command.acceptance && isOfRequest) keepAcceptance(context, standing.id, request.terminalId, command.acceptance);
  const acceptance = loadAcceptance(sql, authorisation.hash);
  // What was decided before the till's word was known is decided on once more.
  if (standing.finalRefusal && standing.finalRefusal.sequence > (acceptance?.sinceSequence ?? 0))
    return answerRefusal(context, standing.finalRefusal.sequence);
  const account = posting.debit?.serial;
  const refuseIt = (code: RefusalCode) =>
    refuseRequest(context, 'authorisation', command, authorisation.hash, code, { account });
  if (!allowance || allowance.account !== account) return refuseIt('allowance_unknown');
  const found = findContradicting(allowance, loadLinks(sql, allowance), link);
  const decision = decideSettlement(
    {
      state: loadState(context, standing, request.traceKey),
      requestHash: authorisation.requestHash,
      authorisationHash: authorisation.hash,
      requestedAtMs: request.requestedAtMs,
      requestExpiresAtMs: standing.expiresAtMs,
      wasAwaited: wasAwaited(sql, standing),
      allowance,
      booked: { ...allowance, revokedAtMs: revokedAtMs(sql, allowance) },
      link,
      authorisedAtMs: authorisation.authorisedAtMs,
      contradiction: found?.contradiction,
      acceptance,
      merchant: parties.merchant,
      terminal: terminalAt(context, parties.terminal, command, acceptance),
      account: statusOf(posting.debit, card?.isRevoked),
      isSameCurrency: request.currency === rules.currency && request.exponent === rules.exponent,
      availableMinor: posting.debit ? availableMinor(posting.debit) : 0,
      guaranteedMinor: loadGuaranteedMinor(sql, request.terminalId, nowMs - claimWindowMs(allowance)),
      takenHereMinor: takenHereMinor(context, command, allowance, acceptance),
      settings: command.settings,
    },
    nowMs,
  );
  if (decision.kind === 'repeat') return answerAsBefore(context, request.traceKey);
  const paying = { loaded, allowance, handedInBy };
  if (decision.isDoubleSpend && found) keepEvidence(context, command, paying, found);
  if (decision.kind === 'refuse') {
    if (decision.code === 'request_unknown') return TOO_EARLY;
    const isWithdrawn = decision.code === 'account_frozen' && card?.isRevoked;
    return refuseIt(isWithdrawn ? 'certificate_revoked' : decision.code);
  }
  // An overdraft that nothing contradicts cannot be; no guarantee is paid without what proves the fraud.
  if (decision.from === 'guarantee' && !found) return refuseIt('double_spent');
  return pay(context, command, paying, decision.from);
}

interface Paying {
  readonly loaded: LoadedConsent;
  readonly allowance: AllowanceRecord;
  readonly handedInBy: HandedInBy;
}

/** After this point it must succeed. From the reserve: it is undone, the payment is booked as any, and the rest is held anew. */
function pay(
  context: PaymentContext,
  command: SettleCommand,
  { loaded, allowance, handedInBy }: Paying,
  settledFrom: SettledFrom,
): Decided {
  const { sql, shelf, nowMs } = context;
  const { authorisation, request } = command;
  const { standing, posting, filed } = loaded;
  const { link, hash, amountMinor } = authorisation;
  const { account } = allowance;
  if (settledFrom === 'reserve') voidReserve(context, allowance);
  const payer = settledFrom === 'guarantee' ? SYSTEM_ACCOUNTS.guarantee : account;
  const now = loadPosting(sql, payer, posting.credit!.serial) as Posting;
  const consent = {
    hash,
    consentedAtMs: authorisation.authorisedAtMs,
    signature: signatureOf(command.document),
    assertion: command.assertion,
    walletCertificate: shelf.file(command.walletCertificate, filed),
  };
  const answer = payRequest(context, request, consent, standing, now, account);
  insertLink(sql, { link, request: standing.id, allowance: allowance.id, settledFrom, handedInBy }, nowMs);
  if (settledFrom === 'reserve')
    keepReserve(context, allowance, { keptMinor: allowance.reservedMinor - amountMinor, releasedMinor: 0 });
  if (settledFrom === 'guarantee') bookDebt(context, standing.id, account, amountMinor);
  return answer;
}

function keepEvidence(
  context: PaymentContext,
  command: SettleCommand,
  { loaded, allowance }: Paying,
  found: FoundContradiction,
): void {
  recordDoubleSpend(context, {
    ...found,
    allowance,
    link: command.authorisation.link,
    request: loaded.standing.id,
    authorisation: command.document,
    assertion: command.assertion,
    walletCertificate: context.shelf.file(command.walletCertificate, loaded.filed),
  });
}

/** The allowance that a consent names. What is held past its claim window is given back first, whether or not the alarm came. */
function loadDueAllowance(context: PaymentContext, { authorisation }: SettleCommand): AllowanceRecord | undefined {
  const { sql, nowMs } = context;
  const allowance = loadAllowance(sql, authorisation.link.allowance);
  if (!allowance || nowMs <= allowance.claimUntilMs || allowance.reservedMinor === 0) return allowance;
  releaseReserve(context, allowance, 0);
  return loadAllowance(sql, authorisation.link.allowance);
}

function revokedAtMs(sql: SqlStorage, { revokedInVersion }: AllowanceRecord): number | undefined {
  return revokedInVersion === undefined ? undefined : loadRevocationTime(sql, revokedInVersion);
}

/** What was in the books before the till took this, by its own clock, it may have handed in: its limit began anew. */
function takenHereMinor(
  { sql }: PaymentContext,
  { request }: SettleCommand,
  { id }: AllowanceRecord,
  acceptance: KeptAcceptance | undefined,
): number {
  if (!acceptance) return 0;
  const sinceMs = acceptance.acceptedAtMs + BOUNDS.clockToleranceSeconds * 1000;
  return loadTakenHereMinor(sql, id, request.terminalId, sinceMs);
}

function claimWindowMs({ claimUntilMs, expiresAtMs }: AllowanceRecord): number {
  return claimUntilMs - expiresAtMs;
}

/** A till in one browser with a wallet, as in a demo, has a session there as well; only a wallet says that the till is away. */
function whoHandsIn({ sql, nowMs }: PaymentContext, { tokenHash, isTillAway, request }: SettleCommand): HandedInBy {
  if (isTillAway || !tokenHash) return 'wallet';
  return findTerminalSession(sql, tokenHash, nowMs)?.terminalId === request.terminalId ? 'till' : 'wallet';
}

/** A tablet that was replaced or closed kept the rules with what it had taken by then. */
function terminalAt(
  { sql }: PaymentContext,
  status: PartyStatus,
  { terminalCertificate }: SettleCommand,
  acceptance: KeptAcceptance | undefined,
): PartyStatus {
  if (status !== 'closed' || !acceptance) return status;
  const revokedAtMs = loadRevokedAtMs(sql, terminalCertificate.serial);
  return revokedAtMs !== undefined && acceptance.acceptedAtMs < revokedAtMs ? 'open' : status;
}
