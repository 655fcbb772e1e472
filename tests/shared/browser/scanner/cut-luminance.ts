import { turnToFit } from '../../../../shared/browser/scanner/cut-frame.ts';
import type { FramePlan } from '../../../../shared/browser/scanner/frame-plan.ts';
import type { Luminance } from '../../../../shared/browser/scanner/luminance.ts';

const PAPER = 255;
/** Samples per pixel and axis: a canvas of middling quality averages too when it shrinks. */
const SAMPLES = 2;

/** What cutFrame() does on a canvas, done on plain arrays: cut, scaled and turned as planned. */
export function cutLuminance(picture: Luminance, plan: FramePlan): Luminance {
  const { outWidth, outHeight, cropX, cropY, cropWidth, cropHeight } = plan;
  const [a, b] = turnToFit(plan.turnDegrees);
  const square = a * a + b * b;
  const values = new Uint8ClampedArray(outWidth * outHeight);
  for (let y = 0; y < outHeight; y++) {
    for (let x = 0; x < outWidth; x++) {
      let sum = 0;
      for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
        const dx = x + ((sample % SAMPLES) + 0.5) / SAMPLES - outWidth / 2;
        const dy = y + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES - outHeight / 2;
        // The inverse of the canvas's transform [a -b; b a].
        const u = (a * dx + b * dy) / square / outWidth + 0.5;
        const v = (a * dy - b * dx) / square / outHeight + 0.5;
        const isInside = u >= 0 && v >= 0 && u < 1 && v < 1;
        sum += isInside ? interpolate(picture, cropX + u * cropWidth - 0.5, cropY + v * cropHeight - 0.5) : PAPER;
      }
      values[y * outWidth + x] = sum / (SAMPLES * SAMPLES);
    }
  }
  return { values, width: outWidth, height: outHeight };
}

function interpolate({ values, width, height }: Luminance, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const at = (column: number, row: number) =>
    values[Math.min(height - 1, Math.max(0, row)) * width + Math.min(width - 1, Math.max(0, column))]!;
  const upper = at(left, top) * (left + 1 - x) + at(left + 1, top) * (x - left);
  const lower = at(left, top + 1) * (left + 1 - x) + at(left + 1, top + 1) * (x - left);
  return upper * (top + 1 - y) + lower * (y - top);
}
