import { cutFrame, readPixels } from './cut-frame.ts';
import type { DecodeReply, DecodeRequest, DecodeWorkerScope } from './decode-message.ts';
import { isDark, toLuminance } from './luminance.ts';
import { readQr } from './read-qr.ts';

/** Decodes with zxing's QR reader, for browsers without a BarcodeDetector. A chunk of its own, loaded with the scanner. */
const scope = self as unknown as DecodeWorkerScope;

scope.onmessage = ({ data }) => scope.postMessage(decode(data));

function decode({ id, picture, plan }: DecodeRequest): DecodeReply {
  const luminance = toLuminance(readPixels(cutFrame(picture, plan)));
  picture.close();
  const reading = readQr(luminance, plan);
  return {
    id,
    status: reading.status,
    texts: reading.status === 'read' ? [reading.text] : [],
    isDark: isDark(luminance),
  };
}
