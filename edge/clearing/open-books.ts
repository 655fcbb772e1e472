import type { ParticipantCode } from '../../shared/protocol/identifiers.ts';
import type { Env } from '../env.ts';
import { loadProgrammeView, type ProgrammeView } from './programme.ts';

/**
 * Tells the Ledger object of each new participant whose books it keeps and by which rules. The participant's row says
 * whether that is done, and the call changes nothing the second time, so a crash in between is made good by the next call.
 * Rules that were changed while a ledger was being told of the ones before are still to be told. A ledger that does not
 * open keeps nobody from the others': it is asked again next time.
 */
export async function openBooks(sql: SqlStorage, env: Env, nowMs: number): Promise<void> {
  const waiting = sql
    .exec<{ code: string }>('SELECT code FROM participants WHERE books_opened_at_ms IS NULL')
    .toArray();
  const view = waiting.length > 0 ? loadProgrammeView(sql) : undefined;
  if (!view) return;
  for (const { code } of waiting) {
    const problem = await openBooksOf(env, code as ParticipantCode, view);
    if (problem !== undefined) {
      console.error(`The books of ${code} do not open:`, problem);
      continue;
    }
    sql.exec(
      `UPDATE participants SET books_opened_at_ms = ? WHERE code = ?
       AND EXISTS (SELECT 1 FROM programme WHERE amount_minor_max = ? AND request_valid_seconds = ?)`,
      nowMs,
      code,
      view.amountMinorMax,
      view.requestValidSeconds,
    );
  }
}

/** @returns what is in the way, if anything is */
async function openBooksOf(env: Env, participant: ParticipantCode, view: ProgrammeView): Promise<unknown> {
  const { programme, currency, amountMinorMax, requestValidSeconds } = view;
  const { code, exponent } = currency;
  try {
    const command = { participant, programme, currency: code, exponent, amountMinorMax, requestValidSeconds };
    const opened = await env.LEDGER.getByName(participant).open(command);
    return opened.ok ? undefined : opened.code;
  } catch (error) {
    return error;
  }
}
