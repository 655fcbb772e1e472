import { accept, type Result, refuse } from '../../protocol/result.ts';
import type { Decoder } from './decoder.ts';
import { planImage } from './frame-plan.ts';

/** Reads a code from a picture file: every way of looking in turn, until one finds it. */
export async function readImage(file: Blob, decoder: Decoder): Promise<Result<string>> {
  for (const plan of planImage(await measure(file))) {
    // Decoded again for each look: the worker takes the bitmap over, and a copy would cost as much.
    const picture = await createImageBitmap(file).catch(() => undefined);
    if (!picture) return refuse('image_without_code');
    const [text] = (await decoder.decode(picture, plan)).texts;
    if (text !== undefined) return accept(text);
  }
  return refuse('image_without_code');
}

async function measure(file: Blob): Promise<{ width: number; height: number }> {
  const picture = await createImageBitmap(file).catch(() => undefined);
  const size = { width: picture?.width ?? 1, height: picture?.height ?? 1 };
  picture?.close();
  return size;
}
