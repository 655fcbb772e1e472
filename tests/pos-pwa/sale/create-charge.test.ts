import { describe, expect, it } from 'vitest';
import { createCharge } from '../../../pos-pwa/sale/create-charge.ts';
import type { ScannedCustomer } from '../../../pos-pwa/scan/scanned-customer.ts';
import { createRandomBytes } from '../../../shared/protocol/bytes.ts';
import { verifyTerminalCertificate } from '../../../shared/protocol/payment/certificates.ts';
import { verifyTwinCapture } from '../../../shared/protocol/payment/twin-capture.ts';
import { createSigningKey } from '../../../shared/protocol/signing-key.ts';
import { unwrap } from '../../support/devices.ts';
import { createTestCentre } from '../../support/test-centre.ts';

const NOW_MS = 1_790_000_000_000;
const requestHash = createRandomBytes(32);
const pairId = createRandomBytes(8);
const customer = {
  pair: { pairId, capturedAtMs: [NOW_MS - 300, NOW_MS - 50] },
  codes: ['A', 'B'],
} as unknown as ScannedCustomer;

describe('a charge', () => {
  it('is the word of this till on what it saw, and when, for this one request', async () => {
    const key = await createSigningKey(false);
    const centre = await createTestCentre({ nowMs: NOW_MS });
    const certificate = await centre.certifyTerminal(key.publicKey);
    const terminal = unwrap(await verifyTerminalCertificate(certificate, centre.trust));
    const { capture, codes } = await createCharge({ requestHash }, customer, NOW_MS, key);
    expect(codes).toEqual(['A', 'B']);
    expect(await verifyTwinCapture(capture, requestHash, terminal)).toMatchObject({
      value: { pairId, capturedAtMs: [NOW_MS - 300, NOW_MS - 50], chargedAtMs: NOW_MS },
    });
    expect(await verifyTwinCapture(capture, createRandomBytes(32), terminal)).toMatchObject({
      code: 'capture_mismatch',
    });
  });

  it('is never before what it charges for, also when the clock was set back meanwhile', async () => {
    const key = await createSigningKey(false);
    const centre = await createTestCentre({ nowMs: NOW_MS });
    const certificate = await centre.certifyTerminal(key.publicKey);
    const terminal = unwrap(await verifyTerminalCertificate(certificate, centre.trust));
    const { capture } = await createCharge({ requestHash }, customer, NOW_MS - 5000, key);
    expect((await verifyTwinCapture(capture, requestHash, terminal)).ok).toBe(true);
  });
});
