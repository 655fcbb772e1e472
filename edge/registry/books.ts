import type { AmountMinor } from '../../shared/protocol/amount.ts';
import type { Bytes } from '../../shared/protocol/bytes.ts';
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
  /** What is set aside on an account that is there, as one phone of its holder is told of it. */
  describeReserves(accountNumber: AccountNumber, devicePublicKey: Bytes, nowMs: number): Reserves;
  /** Serial of the certificate whose allowance a phone may pay from now, on this account; undefined: none. */
  liveAllowance(accountNumber: AccountNumber, devicePublicKey: Bytes, nowMs: number): Bytes | undefined;
  /** Tills are to take nothing more out of what a phone has set aside. */
  revokeAllowancesOf(devicePublicKey: Bytes, nowMs: number): void;
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

/** What is set aside on an account for paying without network. Minor units. */
export interface Reserves {
  /** On all the customer's phones. */
  readonly reservedMinor: number;
  /** The part of it that the phone that asks cannot pay from, and when it is free again. */
  readonly releases: readonly Release[];
}

export interface Release {
  readonly amountMinor: number;
  readonly atMs: number;
  /** Another phone may still pay from it. */
  readonly isElsewhere?: boolean;
}
