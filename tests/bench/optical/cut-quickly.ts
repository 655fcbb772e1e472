import { turnToFit } from '../../../shared/browser/scanner/cut-frame.ts';
import type { FramePlan } from '../../../shared/browser/scanner/frame-plan.ts';
import type { Luminance } from '../../../shared/browser/scanner/luminance.ts';

/**
 * What cutFrame() does on a canvas, on plain arrays, and about as fast: one interpolated sample for each pixel. No plan here
 * shrinks a frame so far that a canvas would average more than that.
 */
export function cutQuickly({ values, width, height }: Luminance, plan: FramePlan): Luminance {
  const { cropX, cropY, cropWidth, cropHeight, outWidth, outHeight, turnDegrees } = plan;
  const out = new Uint8ClampedArray(outWidth * outHeight);
  if (turnDegrees === 0 && outWidth === cropWidth && outHeight === cropHeight) {
    for (let y = 0; y < outHeight; y++) {
      const from = (cropY + y) * width + cropX;
      out.set(values.subarray(from, from + cropWidth), y * outWidth);
    }
    return { values: out, width: outWidth, height: outHeight };
  }
  const [a, b] = turnToFit(turnDegrees);
  const square = a * a + b * b;
  const [scaleX, scaleY] = [cropWidth / outWidth, cropHeight / outHeight];
  for (let y = 0; y < outHeight; y++) {
    const dy = y + 0.5 - outHeight / 2;
    for (let x = 0; x < outWidth; x++) {
      const dx = x + 0.5 - outWidth / 2;
      const u = ((a * dx + b * dy) / square + outWidth / 2) * scaleX;
      const v = ((a * dy - b * dx) / square + outHeight / 2) * scaleY;
      const to = y * outWidth + x;
      if (u < 0 || v < 0 || u >= cropWidth || v >= cropHeight) {
        out[to] = 255;
        continue;
      }
      const px = Math.min(width - 1.001, Math.max(0, cropX + u - 0.5));
      const py = Math.min(height - 1.001, Math.max(0, cropY + v - 0.5));
      const [left, top] = [px | 0, py | 0];
      const [fx, fy] = [px - left, py - top];
      const at = top * width + left;
      const upper = values[at]! * (1 - fx) + values[at + 1]! * fx;
      const lower = values[at + width]! * (1 - fx) + values[at + width + 1]! * fx;
      out[to] = upper + (lower - upper) * fy;
    }
  }
  return { values: out, width: outWidth, height: outHeight };
}

export interface Pixels {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** For readers that take colours. Not counted as theirs: a camera's picture has them already. */
export function toRgba({ values, width, height }: Luminance): Pixels {
  const data = new Uint8ClampedArray(values.length * 4);
  const pixels = new Uint32Array(data.buffer);
  for (let at = 0; at < values.length; at++) pixels[at] = 0xff000000 | (values[at]! * 0x010101);
  return { data, width, height };
}
