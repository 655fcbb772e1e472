import type { FramePlan } from './frame-plan.ts';

let canvas: OffscreenCanvas | undefined;

/** Cuts, scales and turns a picture as planned, on one canvas that is used again for every frame. Runs in workers only. */
export function cutFrame(picture: ImageBitmap, plan: FramePlan): OffscreenCanvas {
  const { outWidth, outHeight } = plan;
  canvas ??= new OffscreenCanvas(outWidth, outHeight);
  if (canvas.width !== outWidth) canvas.width = outWidth;
  if (canvas.height !== outHeight) canvas.height = outHeight;
  const context = canvas.getContext('2d', { willReadFrequently: true }) as OffscreenCanvasRenderingContext2D;
  // A picture with holes in it (a transparent PNG) is a picture on paper; so is what a turn uncovers.
  context.resetTransform();
  context.fillStyle = '#fff';
  context.fillRect(0, 0, outWidth, outHeight);
  context.imageSmoothingQuality = 'medium';
  const [a, b] = turnToFit(plan.turnDegrees);
  context.setTransform(a, b, -b, a, outWidth / 2, outHeight / 2);
  context.drawImage(
    picture,
    plan.cropX,
    plan.cropY,
    plan.cropWidth,
    plan.cropHeight,
    -outWidth / 2,
    -outHeight / 2,
    outWidth,
    outHeight,
  );
  return canvas;
}

/** Cosine and sine of the turn, times what keeps a square whole when it is turned by it. */
export function turnToFit(degrees: number): readonly [number, number] {
  const radians = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const fit = 1 / (Math.abs(cos) + Math.abs(sin));
  return [cos * fit, sin * fit];
}

export function readPixels(cut: OffscreenCanvas): ImageData {
  const context = cut.getContext('2d', { willReadFrequently: true }) as OffscreenCanvasRenderingContext2D;
  return context.getImageData(0, 0, cut.width, cut.height);
}
