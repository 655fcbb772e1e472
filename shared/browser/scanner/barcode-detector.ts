/** The Shape Detection API's part that we use; not in the DOM types. https://wicg.github.io/shape-detection-api/ */
export interface BarcodeDetectorLike {
  detect(source: CanvasImageSource | ImageData): Promise<readonly { readonly rawValue: string }[]>;
}

interface BarcodeDetectorConstructor {
  new (options: { formats: readonly string[] }): BarcodeDetectorLike;
  getSupportedFormats(): Promise<readonly string[]>;
}

/** @returns the platform's own QR reader, or undefined where there is none (the class alone promises nothing) */
export async function createPlatformDetector(
  scope: { BarcodeDetector?: BarcodeDetectorConstructor } = globalThis as never,
): Promise<BarcodeDetectorLike | undefined> {
  const Detector = scope.BarcodeDetector;
  if (!Detector) return undefined;
  try {
    const formats = await Detector.getSupportedFormats();
    return formats.includes('qr_code') ? new Detector({ formats: ['qr_code'] }) : undefined;
  } catch {
    return undefined;
  }
}
