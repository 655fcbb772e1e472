/** What one run of the offline bench does. */
export interface OfflineOptions {
  /** Only parts whose names hold this: codes, verification, acceptance, drain (with cost). */
  readonly only: string;
  readonly verifications: number;
  /** Of the customer's code before the till's camera. */
  readonly showings: number;
  /** Sales in the queue of one till that comes back by itself. */
  readonly oneTill: number;
  /** Tills that come back at the same moment, with so many sales each. */
  readonly storm: { readonly tills: number; readonly sales: number };
  /** Payments with a network, of each kind. */
  readonly payments: number;
  /** Calls to the object that does nothing. */
  readonly calls: number;
}

export const OFFLINE_WHOLE: Omit<OfflineOptions, 'only'> = {
  verifications: 200,
  showings: 100,
  oneTill: 500,
  storm: { tills: 200, sales: 100 },
  payments: 6_000,
  calls: 20_000,
};

export const OFFLINE_QUICK: Omit<OfflineOptions, 'only'> = {
  verifications: 50,
  showings: 10,
  oneTill: 200,
  storm: { tills: 20, sales: 20 },
  payments: 900,
  calls: 5_000,
};
