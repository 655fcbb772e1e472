import { expect } from 'vitest';
import { decodeBase64url, encodeHex } from '../../../shared/protocol/bytes.ts';
import type { CentreTrust } from '../../../shared/protocol/centre-trust.ts';
import type { ReceiptContent } from '../../../shared/protocol/documents/receipt.ts';
import { isPaid, verifyReceipt } from '../../../shared/protocol/payment/verify-receipt.ts';
import { unwrap } from '../../support/devices.ts';
import type { Sale } from './make-sale.ts';
import type { OpenCentre } from './open-centre.ts';

/** Opens a receipt as anyone can who holds the centre's public key. */
export async function openReceipt(receipt: string | undefined, trust: CentreTrust): Promise<ReceiptContent> {
  return unwrap(await verifyReceipt(decodeBase64url(receipt ?? '')!, trust));
}

/** A receipt says "paid" for this very sale. */
export async function expectReceiptOf(
  sale: Pick<Sale, 'requestHash' | 'amountMinor'>,
  receipt: string | undefined,
  trust: CentreTrust,
) {
  const content = await openReceipt(receipt, trust);
  expect(isPaid(content)).toBe(true);
  expect(encodeHex(content.requestHash)).toBe(encodeHex(sale.requestHash));
  expect(content.amountMinor).toBe(sale.amountMinor);
  return content;
}

/**
 * From outside: the books are whole and hold exactly what was paid and put in, on every account.
 * @param paid each sale that has a receipt, once
 * @param putInMinor by account number, all that it was ever topped up with
 */
export async function expectBooks(
  { administration, merchant }: OpenCentre,
  paid: readonly Pick<Sale, 'accountNumber' | 'amountMinor'>[],
  putInMinor: ReadonlyMap<string, number>,
): Promise<void> {
  const check = await administration.get<{ faults: string[]; isWhole: boolean }>('books-check');
  expect(check).toMatchObject({ faults: [], isWhole: true });
  const takenMinor = paid.reduce((sum, sale) => sum + sale.amountMinor, 0);
  const cameInMinor = [...putInMinor.values()].reduce((sum, amountMinor) => sum + amountMinor, 0);
  const balance = await administration.get('trial-balance');
  expect(balance).toMatchObject({
    faults: [],
    moneyInMinor: cameInMinor,
    owedToMerchantsMinor: takenMinor,
    availableMinor: cameInMinor - takenMinor,
    heldMinor: 0,
    reservedMinor: 0,
  });
  expect(await administration.availableMinor(merchant.accountNumber)).toBe(takenMinor);
  for (const [accountNumber, amountMinor] of putInMinor) {
    const spentMinor = paid
      .filter((sale) => sale.accountNumber === accountNumber)
      .reduce((sum, sale) => sum + sale.amountMinor, 0);
    expect(await administration.availableMinor(accountNumber)).toBe(amountMinor - spentMinor);
  }
}
