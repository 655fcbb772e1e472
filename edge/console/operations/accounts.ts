import * as v from 'valibot';
import { AccountNumber } from '../../../shared/protocol/identifiers.ts';
import { accept, type Result, refuse } from '../../../shared/protocol/result.ts';
import { SetAccountStatusCall, type TopUpCall } from '../../../shared/protocol/wire/administration.ts';
import type { Env } from '../../env.ts';
import type { BookedTransfer } from '../../ledger/journal/transfers.ts';
import type { AccountDetails } from '../../ledger/views/account-views.ts';
import type { Card } from '../../registry/cards.ts';
import { openRegistry } from '../../registry/open-registry.ts';
import { originsOf } from '../../security/origins.ts';
import { type Books, booksOfAccount, type Desk } from './desk.ts';
import type { LinkedCode } from './shops.ts';

const REASON_CHARS_MAX = 120;

/** As the wire has it, and why: what was done to someone's money is never without a reason. */
export const ChangeAccountStatusCall = v.strictObject({
  ...SetAccountStatusCall.entries,
  reason: v.pipe(
    v.string(),
    v.trim(),
    v.minLength(3),
    v.maxLength(REASON_CHARS_MAX),
    v.regex(/^[^\p{Cc}\p{Cf}\p{Cs}]+$/u),
  ),
});

export const CreateClaimCodeCall = v.strictObject({ accountNumber: AccountNumber });

export interface IssuedCard {
  readonly card: Card;
  readonly claim: LinkedCode;
}

/** Opens an account, and makes the one-time code with which a customer takes it over. */
export async function issueCard({ env }: Desk, { ledger }: Books, label: string): Promise<IssuedCard> {
  using registry = openRegistry(ledger);
  const { card, claim } = await registry.cards.createCard(label);
  return { card, claim: { ...claim, link: linkClaim(env, claim.code) } };
}

/** Refuses `account_unknown`, `already_exists` (someone has the card). */
export async function createClaimCode(desk: Desk, accountNumber: AccountNumber): Promise<Result<LinkedCode>> {
  const books = booksOfAccount(desk, accountNumber);
  if (!books.ok) return books;
  using registry = openRegistry(books.value.ledger);
  const fresh = await registry.cards.createClaimCode(accountNumber);
  return fresh.ok ? accept({ ...fresh.value, link: linkClaim(desk.env, fresh.value.code) }) : fresh;
}

/** The code stands behind the `#`: browsers send that part to no server, so it gets into no log. */
export function linkClaim(env: Env, code: string): string {
  return `${originsOf(env).walletOrigin}/wallet/#claim=${code}`;
}

/**
 * Money comes in: the same reference tops up once, and is answered as the first time. Refuses `account_unknown`,
 * `account_frozen` (closed), `already_exists` (the reference was used for something else).
 */
export async function topUpAccount(desk: Desk, call: v.InferOutput<typeof TopUpCall>): Promise<Result<BookedTransfer>> {
  const books = await booksOfCustomer(desk, call.accountNumber);
  return books.ok ? books.value.ledger.topUp(call) : books;
}

/** Refuses `account_unknown`, `account_frozen` (closed for good). */
export async function changeAccountStatus(
  desk: Desk,
  call: v.InferOutput<typeof ChangeAccountStatusCall>,
): Promise<Result<AccountDetails>> {
  const books = await booksOfCustomer(desk, call.accountNumber);
  if (!books.ok) return books;
  const { ledger } = books.value;
  const changed = await ledger.setAccountStatus({ ...call, by: desk.actor.name });
  if (!changed.ok) return changed;
  const details = await ledger.accountDetails(call.accountNumber);
  return details ? accept(details) : refuse('account_unknown');
}

export const SeeFlagCall = v.strictObject({
  accountNumber: AccountNumber,
  /** Of the flag as it was shown: what came after it was not seen. */
  lastSequence: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
});

/** Takes a card off the list of those with many refused tries. Refuses `account_unknown`, `not_found` (no such flag). */
export async function seeAccountFlag(desk: Desk, call: v.InferOutput<typeof SeeFlagCall>): Promise<Result<true>> {
  const books = await booksOfCustomer(desk, call.accountNumber);
  return books.ok ? books.value.ledger.seeAccountFlag({ ...call, by: desk.actor.name }) : books;
}

/** Of a customer's account only: what is owed to shops is changed by their sales alone. */
async function booksOfCustomer(desk: Desk, accountNumber: AccountNumber): Promise<Result<Books>> {
  const books = booksOfAccount(desk, accountNumber);
  if (!books.ok) return books;
  using registry = openRegistry(books.value.ledger);
  const card = await registry.cards.findCard(accountNumber);
  return card ? books : refuse('account_unknown');
}
