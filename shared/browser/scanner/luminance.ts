/** A grey picture as the QR reader takes it. */
export interface Luminance {
  readonly values: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

interface RgbaPixels {
  readonly data: Uint8ClampedArray | Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Grey by ITU-R BT.601 in integers. What is fully transparent counts as paper, whatever colour hides beneath. */
export function toLuminance({ data, width, height }: RgbaPixels): Luminance {
  const values = new Uint8ClampedArray(width * height);
  for (let from = 0, to = 0; to < values.length; from += 4, to++) {
    const alpha = data[from + 3]!;
    if (alpha === 0) {
      values[to] = 255;
      continue;
    }
    const grey = (306 * data[from]! + 601 * data[from + 1]! + 117 * data[from + 2]! + 512) >> 10;
    values[to] = alpha === 255 ? grey : 255 + (((grey - 255) * alpha) >> 8);
  }
  return { values, width, height };
}

/** Below this mean a camera's picture is mostly noise; a lit counter gives 90 and more. */
const DARK_BELOW = 38;

/** Looks at every 97th pixel (a prime, so that it does not walk down one column): enough to tell night from day. */
export function isDark({ values }: Luminance): boolean {
  let sum = 0;
  let count = 0;
  for (let index = 0; index < values.length; index += 97, count++) sum += values[index]!;
  return count > 0 && sum / count < DARK_BELOW;
}
