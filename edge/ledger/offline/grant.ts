import type { AmountMinor } from '../../../shared/protocol/amount.ts';
import type { RefusalCode } from '../../../shared/protocol/refusals.ts';
import type { OfflineSettings } from '../../../shared/protocol/wire/offline.ts';
import { type CertifiedCard, insertWalletCertificate } from '../../registry/wallet-certificates.ts';
import { availableMinor, loadAccount, serialOf } from '../accounts.ts';
import type { BookContext } from '../rules.ts';
import { insertAllowance } from './allowances.ts';
import { loadDebtMinor } from './debts.ts';
import { holdReserve } from './reserve.ts';

/** The share of what is available that may be set aside: something stays for pay codes and for cards on other phones. */
const SHARE = 2;

/**
 * Sets money aside for what one phone pays without network, and issues the certificate that says so: both or neither.
 * @returns why not: `account_frozen`, `allowance_unaffordable`
 */
export function grantAllowance(
  context: BookContext & { readonly keyGeneration: number },
  card: CertifiedCard,
  settings: OfflineSettings,
): RefusalCode | undefined {
  const { sql, nowMs } = context;
  const account = loadAccount(sql, serialOf(card.accountNumber));
  if (account?.status !== 'open') return 'account_frozen';
  // What the account owes the guarantee is not its own to set aside.
  const freeMinor = availableMinor(account) - loadDebtMinor(sql, account.serial);
  const limitMinor = Math.min(settings.limitMinor, Math.floor(freeMinor / SHARE)) as AmountMinor;
  if (limitMinor < 1) return 'allowance_unaffordable';
  const nowSeconds = Math.floor(nowMs / 1000);
  const terms = {
    limitMinor,
    paymentMaxMinor: Math.min(settings.paymentMaxMinor, limitMinor) as AmountMinor,
    countMax: settings.countMax,
    expiresAtMs: (nowSeconds + settings.validSeconds) * 1000,
  };
  const { serial } = insertWalletCertificate(sql, card, context.keyGeneration, nowMs, terms);
  const hold = holdReserve(context, account.serial, serial, limitMinor);
  const { devicePublicKey } = card;
  const claimUntilMs = terms.expiresAtMs + settings.claimSeconds * 1000;
  const allowance = { ...terms, serial, account: account.serial, devicePublicKey, claimUntilMs };
  insertAllowance(sql, allowance, hold, nowMs);
  return undefined;
}
