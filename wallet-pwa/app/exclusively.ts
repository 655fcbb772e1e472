/**
 * What the centre says of the cards is asked for and stored by one window at a time: of two answers that cross, the older could not
 * be told.
 */
export function exclusively<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks.request('tandem-wallet-cards', work) as Promise<T>;
}
