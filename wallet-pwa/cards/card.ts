import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { Currency } from '../../shared/protocol/currency.ts';
import type { AccountNumber } from '../../shared/protocol/identifiers.ts';
import type { Allowance } from '../../shared/protocol/offline/allowance.ts';
import type { SetAside } from '../offline/kept-chain.ts';

/** What a certificate grants for paying without a network, and where its chain begins. */
export interface Grant {
  readonly allowance: Allowance;
  readonly certificateHash: Bytes;
  readonly issuedAtMs: number;
}

/** Money that was set aside and that this phone cannot pay from: when it is free again. */
export interface Release {
  readonly amountMinor: number;
  readonly atMs: number;
  /** Another phone of the same person can still pay from it. */
  readonly isElsewhere?: boolean | undefined;
}

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
  /** Absent: the certificate grants nothing for paying without a network. */
  readonly grant?: Grant;
  readonly releases?: readonly Release[];
  /** Edition of the terms of paying without a network that this phone has agreed to. */
  readonly offlineTermsVersion?: number;
  /** How far this phone has spent what is set aside: joined to the card where it is shown, never kept with it. */
  readonly setAside?: SetAside;
}

/** All that is the customer's, minor units: what the centre has free, and what is set aside and not given yet. */
export function totalMinor({ availableMinor, setAside }: Pick<Card, 'availableMinor' | 'setAside'>): number {
  return availableMinor + (setAside?.leftMinor ?? 0);
}
