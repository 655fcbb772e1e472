import * as v from 'valibot';
import { AccountNumber } from '../../../shared/protocol/identifiers.ts';
import type { Result } from '../../../shared/protocol/result.ts';
import { openOfflineDesk } from '../../ledger/offline/open-offline-desk.ts';
import { booksOfAccount, type Desk } from './desk.ts';

export const CollectDebtCall = v.strictObject({ accountNumber: AccountNumber });

export interface CollectedDebt {
  readonly collectedMinor: number;
  readonly owedMinor: number;
}

/**
 * Takes what an account owes from what is on it, as far as it goes, frozen or not. Refuses `account_unknown`, `not_found` (it
 * owes nothing), `insufficient_balance` (there is nothing on it).
 */
export async function collectDebt(
  desk: Desk,
  { accountNumber }: v.InferOutput<typeof CollectDebtCall>,
): Promise<Result<CollectedDebt>> {
  const books = booksOfAccount(desk, accountNumber);
  if (!books.ok) return books;
  using offline = openOfflineDesk(books.value.ledger);
  return offline.collectDebt({ accountNumber, by: desk.actor.name });
}
