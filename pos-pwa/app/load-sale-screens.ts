/**
 * The sale's screens come while the amount is keyed; the service worker has them on the disk.
 * @returns false where they cannot be fetched: then nothing is to be charged, for nothing would say how it ends
 */
export function loadSaleScreens(): Promise<boolean> {
  return import('../sale/pos-sale.ts').then(
    () => true,
    () => false,
  );
}
