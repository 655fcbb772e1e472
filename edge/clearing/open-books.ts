import type { ParticipantCode } from '../../shared/protocol/identifiers.ts';
import type { Env } from '../env.ts';
import { loadProgrammeView } from './programme.ts';

/**
 * Tells the Ledger object of each new participant whose books it keeps and by which rules. The participant's row says
 * whether that is done, and the call changes nothing the second time, so a crash in between is made good by the next call.
 * Rules that were changed while a ledger was being told of the ones before are still to be told.
 */
export async function openBooks(sql: SqlStorage, env: Env, nowMs: number): Promise<void> {
  const waiting = sql
    .exec<{ code: string }>('SELECT code FROM participants WHERE books_opened_at_ms IS NULL')
    .toArray();
  const view = waiting.length > 0 ? loadProgrammeView(sql) : undefined;
  if (!view) return;
  for (const { code } of waiting) {
    const opened = await env.LEDGER.getByName(code).open({
      participant: code as ParticipantCode,
      programme: view.programme,
      currency: view.currency.code,
      exponent: view.currency.exponent,
      amountMinorMax: view.amountMinorMax,
    });
    if (!opened.ok) throw new Error(`The books of ${code} refuse to open: ${opened.code}`);
    sql.exec(
      `UPDATE participants SET books_opened_at_ms = ?
       WHERE code = ? AND ? = (SELECT amount_minor_max FROM programme)`,
      nowMs,
      code,
      view.amountMinorMax,
    );
  }
}
