import { prepareZXingModule, type ReaderOptions, readBarcodes, type ZXingModuleOverrides } from 'zxing-wasm/reader';
import type { QrReading } from './read-qr.ts';

/**
 * zxing-cpp looks at several sizes, all quarter turns and with a finer locator by itself. Errors are wanted too: a code that
 * was found but not read is worth a word to who holds it.
 */
const OPTIONS: ReaderOptions = {
  formats: ['QRCode'],
  tryHarder: true,
  tryRotate: true,
  tryInvert: false,
  tryDownscale: true,
  returnErrors: true,
  // As a phone beside a till may show one each; with more than these somebody has to point at the one that is meant.
  maxNumberOfSymbols: 4,
  // The text as it is: the package's default rewrites some kinds of content for people.
  textMode: 'Plain',
};

/** Only the reading half of ImageData: what is there in a worker and in a test alike. */
type Pixels = Pick<ImageData, 'data' | 'width' | 'height'>;

/** Every text found, or why there is none. */
export type QrReadings =
  | { readonly status: 'read'; readonly texts: readonly string[] }
  | Exclude<QrReading, { status: 'read' }>;

/**
 * Loads the WebAssembly reader. Where its binary comes from is for the caller to say: left alone, the package fetches it from
 * a public host, which neither the content security policy nor a till without network lets through.
 */
export async function loadThoroughReader(binary: ZXingModuleOverrides): Promise<void> {
  await prepareZXingModule({ overrides: binary, fireImmediately: true });
}

/** Looks for QR codes with zxing-cpp. Only after loadThoroughReader(), and off the main thread. */
export async function readQrThoroughly(pixels: Pixels, { isInverted }: { isInverted: boolean }): Promise<QrReadings> {
  const found = await readBarcodes(pixels as ImageData, { ...OPTIONS, tryInvert: isInverted });
  const texts = found.filter(({ isValid, text }) => isValid && text !== '').map(({ text }) => text);
  if (texts.length > 0) return { status: 'read', texts: [...new Set(texts)] };
  return { status: found.length > 0 ? 'unreadable' : 'nothing' };
}
