import type { SigningKey } from '../../shared/protocol/signing-key.ts';
import type { Scanned } from '../scan/scanned.ts';
import { createCharge } from './create-charge.ts';
import type { SaleEvent } from './decide-sale.ts';
import type { Sale } from './sale.ts';

/** What a scan means for the sale it was made for. */
export async function eventOf(scanned: Scanned, sale: Sale, nowMs: number, key: SigningKey): Promise<SaleEvent> {
  switch (scanned.kind) {
    case 'customer':
      return { kind: 'charged', charge: await createCharge(sale, scanned.customer, nowMs, key) };
    case 'consent':
      return { kind: 'charged', charge: scanned.consent };
    case 'receipt':
      return { kind: 'receipt-shown', receipt: scanned.receipt, document: scanned.document };
  }
}
