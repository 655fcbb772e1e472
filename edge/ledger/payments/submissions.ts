import { isEqualBytes } from '../../../shared/protocol/bytes.ts';
import { decidePayment, type SubmitEvent } from '../../../shared/protocol/payment/lifecycle.ts';
import { REFUSALS } from '../../../shared/protocol/refusals.ts';
import { TRANS_TYPES } from '../../../shared/protocol/trans-type.ts';
import { findTerminalSession } from '../../registry/sessions.ts';
import { serialOf } from '../accounts.ts';
import type { SubmitCommand } from '../commands.ts';
import { assertBooks } from '../contradiction.ts';
import type { Decided } from './answers.ts';
import { insertCarriedRequest, markToldTill, matchCarriedRequest } from './carried-requests.ts';
import { answerAsBefore, answerRefusal, loadState, type PaymentContext, refuseRequest } from './payment-steps.ts';
import { insertRequest } from './requests.ts';
import { type LoadedSubmission, loadStanding, loadSubmission } from './standing.ts';

/**
 * R1.2, R1.3: the till hands its request in, and it waits; or it is unlawful, which is recorded, and the till is told. Whoever
 * scanned it may hand it in as well, which says nothing of the till.
 * @param isTills the till itself does: over its own session, or with what its terminal alone can sign
 */
export function submitRequest(
  context: PaymentContext,
  command: SubmitCommand,
  isTills = isOwnSession(context, command),
): Decided {
  const { sql, nowMs } = context;
  const { request } = command;
  const loaded = loadSubmission(sql, command);
  const submitted = decideSubmission(context, command, loaded);
  const isNew = submitted.kind === 'answer' && loaded.standing.status === 'none';
  if (!isTills && isNew) insertCarriedRequest(sql, loadStanding(sql, request.traceKey, request.hash).id, nowMs);
  if (isTills && submitted.kind === 'answer' && !isNew) matchCarriedRequest(sql, request, nowMs);
  if (isTills && isToldUnpaid(submitted)) markToldTill(sql, request.hash, nowMs);
  return submitted;
}

function isToldUnpaid(decided: Decided): boolean {
  return decided.kind === 'refusal' ? REFUSALS[decided.code].isFinal : decided.answer.status === 'expired';
}

function decideSubmission(
  context: PaymentContext,
  command: SubmitCommand,
  { standing, parties, filed }: LoadedSubmission,
): Decided {
  const { sql, rules, shelf, nowMs } = context;
  const { request, terminalCertificate } = command;
  // Refused as too late from anyone's hand, and brought by the customer's phone since: then it is told as it stands.
  const isKnown = standing.status !== 'none' && isEqualBytes(standing.requestHash, request.hash);
  if (standing.finalRefusal && !isKnown) return answerRefusal(context, standing.finalRefusal.sequence);
  const { merchant, terminal, operator, merchantAccount } = parties;
  // A till that was offline while the programme shortened it claims more: its request lives as long as is allowed now.
  const expiresAtMs = Math.min(request.expiresAtMs, request.requestedAtMs + rules.requestValidSeconds * 1000);
  const event: SubmitEvent = {
    kind: 'submit',
    requestHash: request.hash,
    amountMinor: request.amountMinor,
    expiresAtMs,
    isSale: request.transType === TRANS_TYPES.sale,
    merchant,
    terminal,
    operator,
    amountMinorMax: rules.amountMinorMax,
  };
  const decision = decidePayment(loadState(context, standing, request.traceKey), event, nowMs);
  switch (decision.kind) {
    case 'repeat':
      return answerAsBefore(context, request.traceKey);
    case 'refuse':
      return refuseRequest(context, 'submission', command, request.hash, decision.code);
    case 'apply': {
      assertBooks(merchantAccount !== undefined, 'an open merchant has an account');
      const certificate = shelf.file(terminalCertificate, filed);
      insertRequest(sql, command, expiresAtMs, certificate, serialOf(merchantAccount), nowMs);
      const { traceKey } = request;
      return { kind: 'answer', answer: { traceKey, status: 'waiting', expiresAtMs, centreTimeMs: nowMs } };
    }
  }
}

function isOwnSession({ sql, nowMs }: PaymentContext, { request, tokenHash }: SubmitCommand): boolean {
  return tokenHash !== undefined && findTerminalSession(sql, tokenHash, nowMs)?.terminalId === request.terminalId;
}
