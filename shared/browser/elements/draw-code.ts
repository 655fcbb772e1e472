import { create, type QRCodeErrorCorrectionLevel } from 'qrcode';

/** What a scanner needs around a symbol, in modules (ISO/IEC 18004, 9.1). */
export const QUIET_ZONE_MODULES = 4;

export interface CodeDrawing {
  /** Modules per side, quiet zone included: the side of the SVG's view box. */
  readonly sizeModules: number;
  /** One path of all dark modules, in module units. */
  readonly path: string;
  readonly version: number;
}

/**
 * Draws `text` as one SVG path. Mixed segments (a link's host in bytes, its upper-case payload alphanumeric) are chosen
 * by the encoder. Throws when the text is longer than the largest symbol holds: callers bound their payloads.
 * @param forcedVersion a larger symbol than the text needs, so that two codes have the same number of modules
 */
export function drawCode(
  text: string,
  errorLevel: QRCodeErrorCorrectionLevel = 'L',
  forcedVersion?: number,
): CodeDrawing {
  const { modules, version } = create(text, {
    errorCorrectionLevel: errorLevel,
    ...(forcedVersion !== undefined && { version: forcedVersion }),
  });
  const { size, data } = modules;
  let path = '';
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (!data[y * size + x]) continue;
      let run = 1;
      while (x + run < size && data[y * size + x + run]) run++;
      path += `M${x + QUIET_ZONE_MODULES} ${y + QUIET_ZONE_MODULES}h${run}v1h-${run}z`;
      x += run;
    }
  }
  return { sizeModules: size + 2 * QUIET_ZONE_MODULES, path, version };
}
