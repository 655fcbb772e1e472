import { createTwinCapture } from '../../shared/protocol/payment/twin-capture.ts';
import type { SigningKey } from '../../shared/protocol/signing-key.ts';
import type { ScannedCustomer } from '../scan/scanned-customer.ts';
import type { Sale, ScannedCodes } from './sale.ts';

/** Signs that the scanned customer is charged for this sale. Store it before it is handed in. */
export async function createCharge(
  { requestHash }: Pick<Sale, 'requestHash'>,
  { pair, codes }: ScannedCustomer,
  nowMs: number,
  key: SigningKey,
): Promise<ScannedCodes> {
  // The clock may have been set back since they were scanned; nothing is charged before it was seen.
  const chargedAtMs = Math.max(nowMs, ...pair.capturedAtMs);
  return { codes, capture: await createTwinCapture(requestHash, pair, chargedAtMs, key) };
}
