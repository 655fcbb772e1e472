import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { cutFrame, readPixels } from './cut-frame.ts';
import type { DecodeReply, DecodeRequest, DecodeWorkerScope } from './decode-message.ts';
import { isDark, toLuminance } from './luminance.ts';
import { loadThoroughReader, readQrThoroughly } from './read-qr-thorough.ts';

/**
 * Decodes with zxing-cpp in WebAssembly, from our own origin. Its answer may hold several texts.
 *
 * The name of this file is known to the edge: its script alone, of all we serve, may compile WebAssembly.
 */
const scope = self as unknown as DecodeWorkerScope;

const loaded = loadThoroughReader({ locateFile: () => wasmUrl }).then(
  () => true,
  () => false,
);
void loaded.then((isLoaded) => scope.postMessage({ status: isLoaded ? 'ready' : 'failed' }));

scope.onmessage = async ({ data }) => scope.postMessage(await decode(data));

async function decode({ id, picture, plan }: DecodeRequest): Promise<DecodeReply> {
  if (!(await loaded)) {
    picture.close();
    return { id, status: 'broken', texts: [], isDark: false };
  }
  const pixels = readPixels(cutFrame(picture, plan));
  picture.close();
  try {
    const reading = await readQrThoroughly(pixels, plan);
    if (reading.status === 'read') return { id, ...reading, isDark: false };
    return { id, status: reading.status, texts: [], isDark: isDark(toLuminance(pixels)) };
  } catch {
    // Out of memory or a fault in the binary: it cannot be trusted with the next picture either.
    return { id, status: 'broken', texts: [], isDark: false };
  }
}
