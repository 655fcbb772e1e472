import type { FramePlan } from './frame-plan.ts';

let canvas: OffscreenCanvas | undefined;

/** Cuts and scales a picture as planned, on one canvas that is used again for every frame. Runs in workers only. */
export function cutFrame(picture: ImageBitmap, plan: FramePlan): OffscreenCanvas {
  canvas ??= new OffscreenCanvas(plan.outWidth, plan.outHeight);
  if (canvas.width !== plan.outWidth) canvas.width = plan.outWidth;
  if (canvas.height !== plan.outHeight) canvas.height = plan.outHeight;
  const context = canvas.getContext('2d', { willReadFrequently: true }) as OffscreenCanvasRenderingContext2D;
  // A picture with holes in it (a transparent PNG) is a picture on paper.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, plan.outWidth, plan.outHeight);
  context.imageSmoothingQuality = 'medium';
  context.drawImage(
    picture,
    plan.cropX,
    plan.cropY,
    plan.cropWidth,
    plan.cropHeight,
    0,
    0,
    plan.outWidth,
    plan.outHeight,
  );
  return canvas;
}

export function readPixels(cut: OffscreenCanvas): ImageData {
  const context = cut.getContext('2d', { willReadFrequently: true }) as OffscreenCanvasRenderingContext2D;
  return context.getImageData(0, 0, cut.width, cut.height);
}
