import { create } from 'qrcode';

const QUIET_ZONE_MODULES = 4;

export interface RenderOptions {
  readonly modulePx?: number;
  readonly rotationDegrees?: number;
  readonly isInverted?: boolean;
  /** Radius of a box blur, in pixels. */
  readonly blurPx?: number;
  readonly dark?: number;
  readonly light?: number;
}

/** A code as a camera might hand it over: RGBA pixels, turned about the middle of a picture that holds it whole. */
export function renderCode(text: string, options: RenderOptions = {}) {
  const { modulePx = 5, rotationDegrees = 0, isInverted = false, blurPx = 0, dark = 20, light = 235 } = options;
  const { modules } = create(text, { errorCorrectionLevel: 'L' });
  const codePx = (modules.size + 2 * QUIET_ZONE_MODULES) * modulePx;
  const sidePx = rotationDegrees % 90 === 0 ? codePx : Math.ceil(codePx * Math.SQRT2);
  const angle = (rotationDegrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const grey = new Float32Array(sidePx * sidePx);
  for (let y = 0; y < sidePx; y++) {
    for (let x = 0; x < sidePx; x++) {
      const [dx, dy] = [x + 0.5 - sidePx / 2, y + 0.5 - sidePx / 2];
      const column = Math.floor((dx * cos + dy * sin + codePx / 2) / modulePx) - QUIET_ZONE_MODULES;
      const row = Math.floor((-dx * sin + dy * cos + codePx / 2) / modulePx) - QUIET_ZONE_MODULES;
      const isInside = row >= 0 && column >= 0 && row < modules.size && column < modules.size;
      const isDark = isInside && modules.get(row, column) === 1;
      grey[y * sidePx + x] = isDark !== isInverted ? dark : light;
    }
  }
  return toRgba(blurPx > 0 ? blur(grey, sidePx, blurPx) : grey, sidePx);
}

function toRgba(grey: Float32Array, sidePx: number) {
  const data = new Uint8ClampedArray(sidePx * sidePx * 4);
  for (let index = 0; index < grey.length; index++) {
    data.fill(grey[index]!, index * 4, index * 4 + 3);
    data[index * 4 + 3] = 255;
  }
  return { data, width: sidePx, height: sidePx };
}

function blur(grey: Float32Array, sidePx: number, radiusPx: number): Float32Array {
  const blurred = new Float32Array(grey.length);
  for (let y = 0; y < sidePx; y++) {
    for (let x = 0; x < sidePx; x++) {
      let sum = 0;
      let count = 0;
      for (let dy = -radiusPx; dy <= radiusPx; dy++) {
        for (let dx = -radiusPx; dx <= radiusPx; dx++) {
          const [nx, ny] = [x + dx, y + dy];
          if (nx < 0 || ny < 0 || nx >= sidePx || ny >= sidePx) continue;
          sum += grey[ny * sidePx + nx]!;
          count++;
        }
      }
      blurred[y * sidePx + x] = sum / count;
    }
  }
  return blurred;
}
