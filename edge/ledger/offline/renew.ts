import { encodeHex, isEqualBytes } from '../../../shared/protocol/bytes.ts';
import type { RefusalCode } from '../../../shared/protocol/refusals.ts';
import { accept, type Result, refuse } from '../../../shared/protocol/result.ts';
import { TERMS_VERSION } from '../../../shared/protocol/wire/offline.ts';
import { cardsOfCustomer, findCard } from '../../registry/card-records.ts';
import { findPasskey } from '../../registry/passkey-records.ts';
import { insertRehearsal, loadAgreedTerms } from '../../registry/rehearsals.ts';
import { findWalletSession, type WalletSession } from '../../registry/sessions.ts';
import { type CertifiedCard, loadWalletCertificate } from '../../registry/wallet-certificates.ts';
import { takeRateLimit } from '../../security/rate-limits.ts';
import { accountNumberOf, serialOf } from '../accounts.ts';
import type { CarriedClosing, RenewCommand } from '../commands.ts';
import type { PaymentContext } from '../payments/payment-steps.ts';
import { endAllowance, loadAllowance, loadAllowanceInUse } from './allowances.ts';
import { closeAllowance } from './close.ts';
import { grantAllowance } from './grant.ts';
import { releaseDueReserves } from './reserve.ts';

/** What became of a wallet's wish: `refusal` says why no allowance was granted though one was wanted. */
export interface Renewed {
  readonly refusal?: RefusalCode;
}

/**
 * Closes the allowance before, and grants the next, in one transaction: however often and at once it is asked, a phone has one in
 * use. Refuses `not_signed_in`, `not_found` (not a card of this customer), `allowance_unknown`, `closing_mismatch`,
 * `certificate_invalid` (a rehearsal of another phone), `rate_limited`.
 */
export function renewAllowance(context: PaymentContext, command: RenewCommand): Result<Renewed> {
  const { sql, nowMs } = context;
  const session = findWalletSession(sql, command.tokenHash, nowMs);
  if (!session) return refuse('not_signed_in');
  const cards = cardsOfCustomer(sql, session.customerId);
  const card = cards.find(({ accountToken }) => isEqualBytes(accountToken, command.accountToken));
  if (!card) return refuse('not_found');
  releaseDueReserves(context);
  const closed = command.closing && close(context, session, command.closing);
  if (closed && !closed.ok) return closed;
  const rehearsed = rehearse(context, session, command);
  if (!rehearsed.ok) return rehearsed;
  if (!command.isWanted) return accept({});
  const { devicePublicKey, credentialId } = session;
  const passkeyPublicKey = findPasskey(sql, credentialId)!.publicKey;
  return grant(context, session, { ...card, devicePublicKey, credentialId, passkeyPublicKey }, command);
}

function close(context: PaymentContext, session: WalletSession, closing: CarriedClosing): Result<true> {
  const { sql, rules, nowMs } = context;
  const allowance = loadAllowance(sql, closing.allowance);
  const holder = allowance && findCard(sql, accountNumberOf(rules.participant, allowance.account))?.customerId;
  if (!allowance || !holder || !isEqualBytes(holder, session.customerId)) return refuse('allowance_unknown');
  if (!allowance.closing && !isWithinRate(context, session, nowMs)) return refuse('rate_limited');
  return closeAllowance(context, allowance, closing);
}

function rehearse({ sql, nowMs }: PaymentContext, session: WalletSession, { rehearsal }: RenewCommand): Result<true> {
  if (!rehearsal) return accept(true);
  const { devicePublicKey, credentialId } = session;
  const certificate = loadWalletCertificate(sql, rehearsal.certificate);
  const isOfPhone =
    certificate?.credentialId === credentialId && isEqualBytes(certificate.devicePublicKey, devicePublicKey);
  if (!isOfPhone) return refuse('certificate_invalid');
  insertRehearsal(sql, { devicePublicKey, credentialId }, rehearsal, nowMs);
  return accept(true);
}

function grant(
  context: PaymentContext,
  session: WalletSession,
  card: CertifiedCard,
  { settings }: RenewCommand,
): Result<Renewed> {
  const { sql, nowMs } = context;
  if (!settings.isOn) return accept({ refusal: 'offline_not_agreed' });
  const inUse = loadAllowanceInUse(sql, session.devicePublicKey);
  if (inUse && nowMs < inUse.expiresAtMs) {
    // The answer may have been lost: it is in the card's certificate again. A phone has one, on one of its cards.
    return accept(inUse.account === serialOf(card.accountNumber) ? {} : { refusal: 'limit_reached' });
  }
  if ((loadAgreedTerms(sql, session) ?? 0) < TERMS_VERSION) return accept({ refusal: 'rehearsal_missing' });
  if (!isWithinRate(context, session, nowMs)) return refuse('rate_limited');
  // One that its wallet never closed is over: what is held for it stays so until its claim window ends.
  if (inUse) endAllowance(sql, inUse.id, nowMs);
  const refusal = grantAllowance(context, card, settings);
  return accept(refusal ? { refusal } : {});
}

/** Each closing and each grant writes to the books; answers given again do not. */
function isWithinRate({ sql }: PaymentContext, { customerId }: WalletSession, nowMs: number): boolean {
  return takeRateLimit(sql, 'allowanceByCustomer', encodeHex(customerId), nowMs);
}
