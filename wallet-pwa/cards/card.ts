import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { Currency } from '../../shared/protocol/currency.ts';
import type { AccountNumber } from '../../shared/protocol/identifiers.ts';

/** A card in this wallet, its certificate verified: signed by the pinned centre, for this phone's key and this passkey. */
export interface Card {
  readonly accountNumber: AccountNumber;
  readonly accountToken: Bytes;
  readonly label: string;
  readonly status: 'open' | 'frozen' | 'closed';
  /** Posted balance less holds as the centre last said, minor units. */
  readonly availableMinor: number;
  readonly currency: Currency;
  readonly certificate: Bytes;
  readonly certificateExpiresAtMs: number;
  /**
   * Makes the check values of this card's codes. Kept as a key that cannot be read out, like the phone's own: neither a copy of
   * the storage nor a script in the page can carry it away. It comes and goes with the card it belongs to.
   */
  readonly accountSecret?: CryptoKey;
  /** Place in the wallet, as the centre lists them. */
  readonly position: number;
}
