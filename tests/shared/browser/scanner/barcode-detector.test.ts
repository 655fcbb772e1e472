import { describe, expect, it } from 'vitest';
import { createPlatformDetector } from '../../../../shared/browser/scanner/barcode-detector.ts';

function createScope(formats: () => Promise<readonly string[]>) {
  class BarcodeDetector {
    static getSupportedFormats = formats;
    async detect() {
      return [];
    }
  }
  return { BarcodeDetector };
}

describe('createPlatformDetector', () => {
  it('is there when the platform reads QR codes', async () => {
    expect(await createPlatformDetector(createScope(async () => ['ean_13', 'qr_code']))).toBeDefined();
  });

  it('is not there for a class whose service is missing, as on desktop Linux', async () => {
    expect(await createPlatformDetector(createScope(async () => []))).toBeUndefined();
    expect(
      await createPlatformDetector(createScope(async () => Promise.reject(new Error('no service')))),
    ).toBeUndefined();
    expect(await createPlatformDetector({})).toBeUndefined();
  });
});
