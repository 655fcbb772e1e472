import { accept, type Result, refuse } from '../../protocol/result.ts';
import type { Decoder } from './decoder.ts';
import { type FramePlan, planImage, planThoroughImage } from './frame-plan.ts';

/** Reads the codes in a picture file: every way of looking in turn, until one finds something; at last the thorough reader. */
export async function readImage(file: Blob, decoder: Decoder): Promise<Result<readonly string[]>> {
  const size = await measure(file);
  if (!size) return refuse('image_without_code');
  const texts = decoder.isThorough ? undefined : await readAsPlanned(file, decoder, planImage(size));
  if (texts) return accept(texts);
  const found = (await decoder.callThoroughReader()) && (await readAsPlanned(file, decoder, planThoroughImage(size)));
  return found ? accept(found) : refuse('image_without_code');
}

async function readAsPlanned(
  file: Blob,
  decoder: Decoder,
  plans: readonly FramePlan[],
): Promise<readonly string[] | undefined> {
  for (const plan of plans) {
    // Decoded again for each look: the worker takes the bitmap over, and a copy would cost as much.
    const picture = await createImageBitmap(file).catch(() => undefined);
    if (!picture) return undefined;
    const { texts } = await decoder.decode(picture, plan);
    if (texts.length > 0) return texts;
  }
  return undefined;
}

async function measure(file: Blob): Promise<{ width: number; height: number } | undefined> {
  const picture = await createImageBitmap(file).catch(() => undefined);
  const size = picture && { width: picture.width, height: picture.height };
  picture?.close();
  return size;
}
