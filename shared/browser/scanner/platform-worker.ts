import { createPlatformDetector } from './barcode-detector.ts';
import { cutFrame, readPixels } from './cut-frame.ts';
import type { DecodeReply, DecodeRequest, DecodeWorkerScope } from './decode-message.ts';
import { isDark, toLuminance } from './luminance.ts';

/** Decodes with the platform's BarcodeDetector. Says `broken` where the class is there but its service is not. */
const scope = self as unknown as DecodeWorkerScope;
const detectorReady = createPlatformDetector();

scope.onmessage = async ({ data }) => scope.postMessage(await decode(data));

async function decode({ id, picture, plan }: DecodeRequest): Promise<DecodeReply> {
  const detector = await detectorReady;
  const cut = cutFrame(picture, plan);
  picture.close();
  if (!detector) return { id, status: 'broken', texts: [], isDark: false };
  try {
    const found = await detector.detect(cut);
    const texts = found.map((code) => code.rawValue).filter((text) => text !== '');
    if (texts.length > 0) return { id, status: 'read', texts, isDark: false };
    return {
      id,
      status: found.length > 0 ? 'unreadable' : 'nothing',
      texts: [],
      isDark: isDark(toLuminance(readPixels(cut))),
    };
  } catch {
    return { id, status: 'broken', texts: [], isDark: false };
  }
}
