import type { AccountNumber } from '../../shared/protocol/identifiers.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';

/** One line of a card's story, whether this phone or only the centre knows of it. */
export interface HistoryEntry {
  /** Stands in addresses: letters, digits and dashes. */
  readonly id: string;
  readonly kind: 'payment' | 'top-up' | 'adjustment';
  /** `checking`: the centre's word is outstanding. `refused`: nothing moved. */
  readonly status: 'done' | 'checking' | 'refused';
  readonly accountNumber: AccountNumber;
  /** Minor units; negative left the card. */
  readonly amountMinor: number;
  /** When somebody paid; of all else, when it happened. */
  readonly atMs: number;
  /** When the centre booked it, of a payment that was made before. */
  readonly settledAtMs?: number;
  readonly shopName?: string;
  /** A code that was shown, and no word of the centre on it yet: `amountMinor` is the most that a shop can have taken. */
  readonly isCode?: true;
  /** Base64url of the centre's signed receipt, on paid and on refused payments. */
  readonly receipt?: string;
  readonly refusal?: RefusalCode;
  /**
   * Of a consent out of an allowance, while the centre's word is outstanding: the till has confirmed that it took it, nobody knows
   * yet, or the person said that it did not.
   */
  readonly offline?: 'accepted' | 'given' | 'left';
  /** For `left`: when the money is free again. */
  readonly freeAtMs?: number;
  /** Handing it in never got through, for this reason: a person has to ask for another try. */
  readonly parkedFor?: RefusalCode;
}
