import type { AmountMinor } from '../../shared/protocol/amount.ts';
import type { CurrencyCode } from '../../shared/protocol/currency.ts';
import type { AccountNumber, ParticipantCode, ProgrammeId } from '../../shared/protocol/identifiers.ts';
import type { Result } from '../../shared/protocol/result.ts';

/**
 * What the registry asks of the books of the same object. All of it is synchronous and takes part in the transaction
 * that is open, so that people and their accounts come into being together or not at all.
 */
export interface Books {
  /** Whose books these are; throws before they were opened. */
  rules(): BookRules;
  openCustomerAccount(nowMs: number): AccountNumber;
  openMerchantAccount(nowMs: number): AccountNumber;
  /** The same reference tops up once. */
  topUp(accountNumber: AccountNumber, amountMinor: AmountMinor, reference: string, nowMs: number): Result<unknown>;
  loadAccount(accountNumber: AccountNumber): BookedAccount | undefined;
  /** The highest batch number the terminal ever handed in; 0 before its first request. */
  highestBatchNo(terminalId: string): number;
}

export interface BookRules {
  readonly participant: ParticipantCode;
  readonly programme: ProgrammeId;
  readonly currency: CurrencyCode;
  readonly exponent: number;
}

export interface BookedAccount {
  readonly status: 'open' | 'frozen' | 'closed';
  /** Posted balance less holds, minor units. */
  readonly availableMinor: number;
}
