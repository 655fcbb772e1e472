import type { AmountMinor } from '../../shared/protocol/amount.ts';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { Currency } from '../../shared/protocol/currency.ts';
import type { AccountNumber } from '../../shared/protocol/identifiers.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';

/** A try at the pay code that was refused. The shop and the amount are known only where the centre signed it. */
export interface RefusedTry {
  readonly code: RefusalCode;
  readonly signed?: {
    readonly receipt: Bytes;
    readonly shopName: string;
    readonly amountMinor: AmountMinor;
    readonly decidedAtMs: number;
  };
}

/**
 * How far a pay code has come on this phone.
 *
 * - `prepared`: stored; the passkey was not asked or did not answer. No code of it was ever drawn
 * - `confirmed`: the person consented; it may be shown, and charged by whoever scanned it
 * - `withdrawn`: the person took it back. It is not shown any more; a shop that had scanned it may have been quicker
 * - `paid`: the centre's signed receipt is here
 * - `ended`: the centre knows of no payment by it, and can take none any more
 * - `dropped`: given up before the person consented
 */
export type PayCodeState =
  | { readonly status: 'prepared' }
  | {
      readonly status: 'confirmed';
      readonly assertion: Bytes;
      readonly confirmedAtMs: number;
      readonly refusal?: RefusedTry;
    }
  | { readonly status: 'withdrawn'; readonly withdrawnAtMs: number; readonly refusal?: RefusedTry }
  | {
      readonly status: 'paid';
      readonly receipt: Bytes;
      readonly decidedAtMs: number;
      readonly sequence: number;
      readonly traceKey: string;
      readonly shopName: string;
      readonly amountMinor: AmountMinor;
    }
  | { readonly status: 'ended'; readonly endedAtMs: number; readonly refusal?: RefusedTry }
  | { readonly status: 'dropped'; readonly droppedAtMs: number };

/** One consent to pay at most the cap, from before the passkey is asked until the centre's word is stored. */
export interface KeptPayCode {
  /** Its hash, in hex. */
  readonly id: string;
  readonly hash: Bytes;
  /** Canonical content of the `PayCode`: what every showing carries. */
  readonly content: Bytes;
  readonly capMinor: AmountMinor;
  readonly currency: Currency;
  readonly accountNumber: AccountNumber;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly state: PayCodeState;
}

/** Its time is not over, the person consented and did not take it back: it may be shown, also after a reload. */
export function canBeShown({ state, expiresAtMs }: KeptPayCode, nowMs: number): boolean {
  return state.status === 'confirmed' && nowMs < expiresAtMs;
}

/** True while a shop may have charged it and the centre has not said how it ended. */
export function isOutstanding({ state }: KeptPayCode): boolean {
  return state.status === 'confirmed' || state.status === 'withdrawn';
}
