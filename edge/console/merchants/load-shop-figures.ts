import type { AccountNumber } from '../../../shared/protocol/identifiers.ts';
import type { ConsoleContext } from '../console-context.ts';
import { addDays, dayOf, dayStartMs } from '../parts/days.ts';

export interface ShopFigures {
  readonly takingsTodayMinor: number;
  readonly paymentsToday: number;
  /** Balance of the payable account: what the programme owes the shop. */
  readonly owedMinor: number;
}

/** What shops took today, and what they are owed, by their payable account. */
export async function loadShopFigures(
  c: ConsoleContext,
  accountNumbers: readonly AccountNumber[],
): Promise<(accountNumber: AccountNumber) => ShopFigures> {
  const { ledger } = c.get('books');
  const { timeZone } = c.get('desk').programme;
  const today = dayOf(Date.now(), timeZone);
  const [takings, accounts] = await Promise.all([
    ledger.takingsByMerchant(dayStartMs(today, timeZone), dayStartMs(addDays(today, 1), timeZone)),
    ledger.accountViews(accountNumbers),
  ]);
  const takingsOf = new Map(takings.map((one) => [one.accountNumber, one]));
  const balanceOf = new Map(accounts.map((one) => [one.accountNumber, one.balanceMinor]));
  return (accountNumber) => ({
    takingsTodayMinor: takingsOf.get(accountNumber)?.takingsMinor ?? 0,
    paymentsToday: takingsOf.get(accountNumber)?.payments ?? 0,
    owedMinor: balanceOf.get(accountNumber) ?? 0,
  });
}
