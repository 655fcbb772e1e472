import { create } from 'qrcode';
import { QUIET_ZONE_MODULES } from '../../../shared/browser/elements/draw-code.ts';

/** A code's plate as the app draws it (black on white, quiet zone included), in texels from 0 (black) to 1 (white). */
export interface CodeTexture {
  readonly texels: Float32Array;
  readonly sideTexels: number;
  readonly sideModules: number;
  /** The code without its quiet zone. */
  readonly symbolModules: number;
}

/** @param texelsPerModule about as many as the camera has pixels there: more would only shimmer */
export function createCodeTexture(text: string, texelsPerModule: number): CodeTexture {
  const { modules } = create(text, { errorCorrectionLevel: 'L' });
  const sideModules = modules.size + 2 * QUIET_ZONE_MODULES;
  const sideTexels = sideModules * texelsPerModule;
  const texels = new Float32Array(sideTexels * sideTexels).fill(1);
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (modules.get(row, column) !== 1) continue;
      const left = (column + QUIET_ZONE_MODULES) * texelsPerModule;
      const top = (row + QUIET_ZONE_MODULES) * texelsPerModule;
      for (let y = top; y < top + texelsPerModule; y++)
        texels.fill(0, y * sideTexels + left, y * sideTexels + left + texelsPerModule);
    }
  }
  return { texels, sideTexels, sideModules, symbolModules: modules.size };
}
