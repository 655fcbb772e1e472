import * as v from 'valibot';
import { AmountMinor } from '../amount.ts';
import { CurrencyCode } from '../currency.ts';
import { DisplayName, ShopName } from '../documents/fields.ts';
import { AccountNumber, MerchantNo, OperatorNo, ParticipantCode, ProgrammeId, TerminalId } from '../identifiers.ts';

/**
 * What the console's forms and `/api/v1/administration/…` take: one schema for both. Signed in by the console's session or
 * by an API key (`Authorization: Bearer …`, made in the console). Every answer is the created or changed thing.
 */
export const ClaimConsoleCall = v.strictObject({
  setupCode: v.pipe(v.string(), v.maxLength(64)),
  programme: ProgrammeId,
  programmeName: DisplayName,
  currency: CurrencyCode,
  participantName: DisplayName,
  administratorName: DisplayName,
});
export type ClaimConsoleCall = v.InferOutput<typeof ClaimConsoleCall>;

export const CreateParticipantCall = v.strictObject({ code: ParticipantCode, name: DisplayName });
export const CreateMerchantCall = v.strictObject({ name: ShopName, merchantNo: v.optional(MerchantNo) });
export const CreateTerminalCall = v.strictObject({ merchantNo: MerchantNo, terminalId: v.optional(TerminalId) });
/** Answer holds a fresh activation code; the old terminal key, if any, keeps working until the new one is activated. */
export const CreateActivationCodeCall = v.strictObject({ terminalId: TerminalId, operatorNo: v.optional(OperatorNo) });
export const CreateOperatorCall = v.strictObject({ merchantNo: MerchantNo, operatorNo: OperatorNo, name: DisplayName });
export const CreateAccountCall = v.strictObject({ label: DisplayName });
export const TopUpCall = v.strictObject({
  accountNumber: AccountNumber,
  amountMinor: AmountMinor,
  /** Chosen by the caller; the same reference tops up once. */
  reference: v.pipe(v.string(), v.minLength(8), v.maxLength(64), v.regex(/^[A-Za-z0-9._:-]+$/)),
});
export const SetAccountStatusCall = v.strictObject({
  accountNumber: AccountNumber,
  status: v.picklist(['open', 'frozen']),
});
export const SetMerchantStatusCall = v.strictObject({ merchantNo: MerchantNo, status: v.picklist(['open', 'closed']) });
export const SetTerminalStatusCall = v.strictObject({ terminalId: TerminalId, status: v.picklist(['open', 'closed']) });
