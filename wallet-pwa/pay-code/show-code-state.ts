import type { AmountMinor } from '../../shared/protocol/amount.ts';
import type { AccountNumber } from '../../shared/protocol/identifiers.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import type { KeptPayCode } from './kept-pay-code.ts';

/** What the person chose before consenting. */
export interface CodeChoice {
  readonly accountNumber: AccountNumber | undefined;
  readonly capMinor: AmountMinor;
  /** Set by hand: it is remembered, and stays when another card is chosen. */
  readonly isCapChosen: boolean;
}

/** Where "Show code" stands on the screen. What is kept on the phone is the pay code; this may be lost and costs nothing. */
export type ShowCodeState =
  | { readonly status: 'none' }
  /** Card and cap. `notice` says calmly why it is here again. */
  | { readonly status: 'choosing'; readonly choice: CodeChoice; readonly notice?: RefusalCode }
  /** Being stored, and the passkey dialogue is open. */
  | { readonly status: 'confirming'; readonly choice: CodeChoice }
  /** The code is on the screen. `refusal`: a shop tried in vain; it goes on being shown. */
  | { readonly status: 'showing'; readonly code: KeptPayCode; readonly refusal?: RefusalCode }
  /** A shop asks for more than the code covers: its order is on a sheet of its own. The code is not shown meanwhile. */
  | { readonly status: 'asked'; readonly code: KeptPayCode }
  /** Its time is over. What a shop scanned in the last seconds may still come out as paid. */
  | { readonly status: 'over'; readonly code: KeptPayCode; readonly refusal?: RefusalCode }
  /** The receipt is verified and stored. */
  | { readonly status: 'paid'; readonly code: KeptPayCode };

/** No update reloads the page while a code is on it, until its outcome was looked at. */
export function isCodeShown({ status }: ShowCodeState): boolean {
  return status !== 'none' && status !== 'choosing';
}
