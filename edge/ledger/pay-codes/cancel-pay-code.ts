import { encodeHex, isEqualBytes } from '../../../shared/protocol/bytes.ts';
import type { TraceKey } from '../../../shared/protocol/identifiers.ts';
import { accept, type Result, refuse } from '../../../shared/protocol/result.ts';
import { cardsOfCustomer } from '../../registry/card-records.ts';
import { findWalletSession } from '../../registry/sessions.ts';
import { takeRateLimit } from '../../security/rate-limits.ts';
import { serialOf } from '../accounts.ts';
import type { CancelPayCodeCommand } from '../commands.ts';
import { loadRequestById } from '../payments/requests.ts';
import type { BookContext } from '../rules.ts';
import { insertPayCodeCancellation, loadCancelledAccount, loadChargedPayCode } from './pay-codes.ts';

/**
 * Remembers that a customer took a pay code back: one that nobody has charged yet, or one whose customer was asked for more
 * than it covers. One that paid stays paid. How it stands now is for `draftPayCode` to say.
 * @returns the request whose till waits on the customer who declined
 */
export function cancelPayCode(
  { sql, nowMs }: BookContext,
  { tokenHash, hash, content, accountToken, endsAtMs }: CancelPayCodeCommand,
): Result<{ readonly traceKey?: TraceKey }> {
  const session = findWalletSession(sql, tokenHash, nowMs);
  if (!session) return refuse('not_signed_in');
  const { customerId } = session;
  const card = cardsOfCustomer(sql, customerId).find((known) => isEqualBytes(known.accountToken, accountToken));
  if (!card) return refuse('not_found');
  if (loadCancelledAccount(sql, hash) !== undefined) return accept({});
  const charged = loadChargedPayCode(sql, hash);
  // Nothing to remember of what can neither be charged any more nor be declined.
  if (charged ? charged.outcome === 'paid' : nowMs > endsAtMs) return accept({});
  if (!takeRateLimit(sql, 'payCodeCancelByCustomer', encodeHex(customerId), nowMs)) return refuse('rate_limited');
  insertPayCodeCancellation(sql, { hash, content }, serialOf(card.accountNumber), nowMs);
  return accept(charged ? { traceKey: loadRequestById(sql, charged.request).traceKey } : {});
}
