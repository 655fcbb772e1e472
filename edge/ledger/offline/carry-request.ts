import { isEqualBytes } from '../../../shared/protocol/bytes.ts';
import { decidePayment, type PartyStatus } from '../../../shared/protocol/payment/lifecycle.ts';
import { TRANS_TYPES } from '../../../shared/protocol/trans-type.ts';
import { loadRevokedAtMs } from '../../registry/terminal-certificates.ts';
import { serialOf } from '../accounts.ts';
import type { SettleCommand } from '../commands.ts';
import { assertBooks } from '../contradiction.ts';
import type { Decided } from '../payments/answers.ts';
import { insertCarriedRequest } from '../payments/carried-requests.ts';
import { type PaymentContext, refuseRequest } from '../payments/payment-steps.ts';
import { insertRequest } from '../payments/requests.ts';
import { loadStanding, loadSubmission } from '../payments/standing.ts';

/**
 * Takes the request that came with a consent, unless the till handed it in: because its life is over, or the till took the
 * consent on its own, or the phone says that the till has no network. A late one is judged by its own time: a till that was closed or
 * replaced since had sold by then, and sells nothing after it; one that is still to be paid is as lawful as any, or not.
 * @returns why it is not lawful
 */
export function carryRequest(context: PaymentContext, command: SettleCommand): Decided | undefined {
  const { sql, rules, shelf, nowMs } = context;
  const { request, authorisation, requestDocument, terminalCertificate } = command;
  if (!isEqualBytes(authorisation.requestHash, request.hash)) return undefined;
  const isLate = nowMs > request.expiresAtMs || command.acceptance !== undefined;
  if (!isLate && !command.isTillAway) return undefined;
  if (loadStanding(sql, request.traceKey, authorisation.hash).status !== 'none') return undefined;
  const { parties, filed } = loadSubmission(sql, { request, document: requestDocument, terminalCertificate });
  const atItsTime = (status: PartyStatus) => (isLate && status === 'closed' ? 'open' : status);
  const revokedAtMs = loadRevokedAtMs(sql, terminalCertificate.serial) ?? Number.POSITIVE_INFINITY;
  const decision = decidePayment(
    { status: 'none' },
    {
      kind: 'submit',
      requestHash: request.hash,
      amountMinor: request.amountMinor,
      expiresAtMs: request.expiresAtMs,
      isSale: request.transType === TRANS_TYPES.sale,
      merchant: parties.merchant,
      terminal: request.requestedAtMs < revokedAtMs ? atItsTime(parties.terminal) : parties.terminal,
      operator: atItsTime(parties.operator),
      amountMinorMax: rules.amountMinorMax,
    },
    Math.min(nowMs, request.expiresAtMs),
  );
  if (decision.kind === 'refuse')
    return refuseRequest(context, 'authorisation', command, authorisation.hash, decision.code);
  assertBooks(parties.merchantAccount !== undefined, 'an open merchant has an account');
  const submission = { request, document: requestDocument, terminalCertificate };
  const certificate = shelf.file(terminalCertificate, filed);
  insertRequest(sql, submission, request.expiresAtMs, certificate, serialOf(parties.merchantAccount), nowMs);
  insertCarriedRequest(sql, loadStanding(sql, request.traceKey, request.hash).id, nowMs);
  return undefined;
}
