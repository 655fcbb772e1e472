import { type CodeDrawing, drawCode } from './draw-code.ts';

/** Two texts to be shown in turn on one spot. */
export interface TwinTexts {
  readonly a: string;
  readonly b: string;
}

export interface TwinDrawing {
  readonly a: CodeDrawing;
  readonly b: CodeDrawing;
}

/**
 * Draws both with the same number of modules, so that nothing grows or shrinks as they change places. The texts of one pair
 * may differ by a byte, and so end up on two sides of a symbol's limit.
 * @param versionMin of what was shown before: a fresh pair keeps its size too
 */
export function drawTwinCode({ a, b }: TwinTexts, versionMin = 1): TwinDrawing {
  const drawings = [drawCode(a), drawCode(b)] as const;
  const version = Math.max(versionMin, ...drawings.map((drawing) => drawing.version));
  const [drawingA, drawingB] = drawings.map((drawing, index) =>
    drawing.version === version ? drawing : drawCode(index === 0 ? a : b, 'L', version),
  ) as [CodeDrawing, CodeDrawing];
  return { a: drawingA, b: drawingB };
}
