import { type Bytes, isEqualBytes } from '../../../shared/protocol/bytes.ts';
import { decidePayment } from '../../../shared/protocol/payment/lifecycle.ts';
import type { RefusalCode } from '../../../shared/protocol/refusals.ts';
import type { CancelCommand } from '../commands.ts';
import { detailOfCancellation } from '../journal/entry-detail.ts';
import { appendEntry, loadHead } from '../journal/journal.ts';
import { sha256Now } from '../sha256.ts';
import type { Decided } from './answers.ts';
import { recordAttempt } from './attempts.ts';
import { answerAsBefore, answerRefusal, loadState, type PaymentContext } from './payment-steps.ts';
import { loadRequest, type RequestRecord } from './requests.ts';
import { loadStanding } from './standing.ts';
import { recordUnprovenAttempt } from './unproven-attempts.ts';

/** The till takes its request back: from then on it cannot be paid. */
export function cancelRequest(context: PaymentContext, command: CancelCommand): Decided {
  const { sql, nowMs } = context;
  const { traceKey, requestHash, document, hash } = command;
  const record = loadRequest(sql, traceKey);
  const isAnothers = record && !isAskersKey(context, record, command.publicKey);
  const objection = command.objection ?? (isAnothers ? 'terminal_closed' : undefined);
  // Recorded by its bytes: two keys may sign the same content, and only the asker's own shall get a last word on it.
  if (objection) return refuseCancellation(context, command, record, sha256Now(document), objection);
  const standing = loadStanding(sql, traceKey, hash);
  if (standing.finalRefusal) return answerRefusal(context, standing.finalRefusal.sequence);
  const state = loadState(context, standing, traceKey);
  const decision = decidePayment(state, { kind: 'cancel', requestHash }, nowMs);
  switch (decision.kind) {
    case 'repeat':
      return answerAsBefore(context, traceKey);
    case 'refuse':
      return refuseCancellation(context, command, record, hash, decision.code);
    case 'apply': {
      const detail = detailOfCancellation(standing.requestHash, hash);
      const { sequence } = appendEntry(
        sql,
        loadHead(sql),
        { kind: 'cancellation', subject: standing.id, detail },
        nowMs,
      );
      sql.exec(
        'INSERT INTO cancellations (request, sequence, document) VALUES (?, ?, ?)',
        standing.id,
        sequence,
        document,
      );
      return { ...answerAsBefore(context, traceKey), isNews: true };
    }
  }
}

function refuseCancellation(
  context: PaymentContext,
  { traceKey, requestHash, terminalCertificate }: CancelCommand,
  record: RequestRecord | undefined,
  documentHash: Bytes,
  code: RefusalCode,
): Decided {
  const kind = 'cancellation';
  if (record) recordAttempt(context, { ...record, kind, documentHash, requestHash, code });
  // What was never handed in has no fields to record.
  else recordUnprovenAttempt(context, { kind, documentHash, code, traceKey, terminalCertificate });
  return { kind: 'refusal', code };
}

/** A terminal's name outlives its tablets: the one before may not take back what the one in use asks for. */
function isAskersKey({ shelf }: PaymentContext, record: RequestRecord, publicKey: Bytes): boolean {
  return isEqualBytes(shelf.terminal(record.certificate).content.publicKey, publicKey);
}
