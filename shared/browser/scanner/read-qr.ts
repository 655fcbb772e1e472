import { BrowserQRCodeReader } from '@zxing/browser';
import {
  BinaryBitmap,
  ChecksumException,
  DecodeHintType,
  FormatException,
  HybridBinarizer,
  InvertedLuminanceSource,
  NotFoundException,
  RGBLuminanceSource,
} from '@zxing/library';
import type { Luminance } from './luminance.ts';

/** `unreadable`: the three corners were found, but not the text: blurred, bent, too far away or partly covered. */
export type QrReading =
  | { readonly status: 'read'; readonly text: string }
  | { readonly status: 'unreadable' }
  | { readonly status: 'nothing' };

export interface LookOptions {
  readonly isTryHarder: boolean;
  readonly isInverted: boolean;
}

const quickReader = new BrowserQRCodeReader();
const thoroughReader = new BrowserQRCodeReader(new Map([[DecodeHintType.TRY_HARDER, true]]));

/** Looks for one QR code in a grey picture with zxing's reader. Synchronous: call it off the main thread. */
export function readQr(luminance: Luminance, { isTryHarder, isInverted }: LookOptions): QrReading {
  const grey = new RGBLuminanceSource(luminance.values, luminance.width, luminance.height);
  const source = isInverted ? new InvertedLuminanceSource(grey) : grey;
  const reader = isTryHarder ? thoroughReader : quickReader;
  try {
    const text = reader.decodeBitmap(new BinaryBitmap(new HybridBinarizer(source))).getText();
    return text === '' ? { status: 'unreadable' } : { status: 'read', text };
  } catch (error) {
    if (error instanceof ChecksumException || error instanceof FormatException) return { status: 'unreadable' };
    if (error instanceof NotFoundException) return { status: 'nothing' };
    // The port has a few out-of-range accesses on pictures that only look like a code. Nothing was read; look again.
    return { status: 'nothing' };
  }
}
