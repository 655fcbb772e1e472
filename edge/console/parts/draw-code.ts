import { create } from 'qrcode';

/** What a scanner needs around a symbol, in modules (ISO/IEC 18004, 9.1). */
const QUIET_ZONE_MODULES = 4;

export interface CodeDrawing {
  /** Modules per side, quiet zone included. */
  readonly sizeModules: number;
  /** One path of all dark modules, in module units. */
  readonly path: string;
}

/** Draws `text` as one SVG path, with middling error correction: these codes get printed, folded and photographed. */
export function drawCode(text: string): CodeDrawing {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules;
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
  return { sizeModules: size + 2 * QUIET_ZONE_MODULES, path };
}
