import { BOUNDS } from '../../../shared/protocol/bounds.ts';
import type { RefusalCode } from '../../../shared/protocol/refusals.ts';
import { type Account, availableMinor } from '../accounts.ts';

/** The kinds of entry that move or hold money. */
export type TransferKind = 'payment' | 'top-up' | 'adjustment' | 'hold' | 'post' | 'void';

export interface TransferFacts {
  readonly kind: TransferKind;
  readonly debit: Account | undefined;
  readonly credit: Account | undefined;
  readonly amountMinor: number;
}

/** How a transfer changes the pending and posted sums: of the debit account's debits and the credit account's credits. */
export interface TransferEffect {
  readonly pendingMinor: number;
  readonly postedMinor: number;
}

/**
 * Whether money may move from `debit` to `credit`. Guards stand in order of precedence; after the last the transfer must
 * succeed. @returns the refusal, or undefined when it may
 */
export function decideTransfer({ kind, debit, credit, amountMinor }: TransferFacts): RefusalCode | undefined {
  if (!debit || !credit || debit.serial === credit.serial) return 'account_unknown';
  if (kind === 'top-up' && credit.kind !== 'customer') return 'account_unknown';
  if (!isAmount(amountMinor)) return 'amount_out_of_bounds';
  // Money that was held before an account was frozen is spoken for.
  if (kind === 'post' || kind === 'void') return undefined;
  if (debit.status !== 'open' || credit.status === 'closed') return 'account_frozen';
  if (debit.kind === 'customer' && availableMinor(debit) < amountMinor) return 'insufficient_balance';
  if (!isSum(debit.debitsPosted + debit.debitsPending + amountMinor)) return 'amount_out_of_bounds';
  if (!isSum(credit.creditsPosted + credit.creditsPending + amountMinor)) return 'amount_out_of_bounds';
  return undefined;
}

/** @param heldMinor what the hold set aside, for a post or void; a post may move less than that */
export function effectOf(kind: TransferKind, amountMinor: number, heldMinor = 0): TransferEffect {
  switch (kind) {
    case 'payment':
    case 'top-up':
    case 'adjustment':
      return { pendingMinor: 0, postedMinor: amountMinor };
    case 'hold':
      return { pendingMinor: amountMinor, postedMinor: 0 };
    case 'post':
      return { pendingMinor: -heldMinor, postedMinor: amountMinor };
    case 'void':
      return { pendingMinor: -heldMinor, postedMinor: 0 };
  }
}

export function isAmount(amountMinor: number): boolean {
  return Number.isSafeInteger(amountMinor) && amountMinor >= 1 && amountMinor <= BOUNDS.amountMinorMax;
}

/** Sums stay exact as numbers: below 2^53. */
function isSum(sumMinor: number): boolean {
  return sumMinor <= Number.MAX_SAFE_INTEGER;
}
