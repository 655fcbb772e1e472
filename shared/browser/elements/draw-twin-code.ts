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
 * may differ by a byte, and so end up on two sides of a symbol's limit. A slow phone takes a while for each: in between, what is
 * shown meanwhile keeps its turns.
 * @param versionMin of what was shown before: a fresh pair keeps its size too
 */
export async function drawTwinCode({ a, b }: TwinTexts, versionMin = 1): Promise<TwinDrawing> {
  const drawingA = drawCode(a);
  await nextTask();
  const drawingB = drawCode(b);
  const version = Math.max(versionMin, drawingA.version, drawingB.version);
  const widen = (drawing: CodeDrawing, text: string) =>
    drawing.version === version ? drawing : drawCode(text, 'L', version);
  return { a: widen(drawingA, a), b: widen(drawingB, b) };
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
