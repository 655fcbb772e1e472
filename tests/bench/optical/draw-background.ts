import type { Plane } from './blur.ts';
import { createRandom } from './create-random.ts';
import type { Optics } from './optics.ts';
import { invert, projectPlane } from './pose.ts';

/** Half the phone's width and height, and its screen's, in sides of the code's plate. */
const PHONE = { halfWidth: 0.58, halfHeight: 1.18 } as const;
const SCREEN = { halfWidth: 0.545, halfHeight: 1.12 } as const;

interface Patch {
  readonly x: number;
  readonly y: number;
  readonly halfWidth: number;
  readonly halfHeight: number;
  readonly level: number;
}

/**
 * What is around the code: the app's screen with lines of text on it, the phone's rim, and a counter with things on it. It is
 * drawn once a showing and stands still; only the plate with the code moves before it.
 * @param plateSide in sides of the code
 */
export function drawBackground(optics: Optics, plateSide: number): Plane {
  const { width, height } = optics.size;
  const random = createRandom(optics.backgroundSeed);
  const { between } = random;
  const counter = between(50, 190);
  const things = Array.from(
    { length: 40 },
    (): Patch => ({
      x: between(0, width),
      y: between(0, height),
      halfWidth: between(0.005, 0.09) * width,
      halfHeight: between(0.005, 0.06) * height,
      level: between(10, 230),
    }),
  );
  const screen = optics.isDarkTheme ? optics.dark + 12 : optics.light * 0.94;
  const ink = optics.isDarkTheme ? optics.light * 0.85 : optics.dark + 15;
  const words = Array.from(
    { length: 60 },
    (_, index): Patch => ({
      x: between(-0.46, 0.46),
      y: (index % 2 ? 0.6 : -0.6) * (1 + 0.12 * (index % 7)),
      halfWidth: between(0.005, 0.03),
      halfHeight: 0.012,
      level: ink,
    }),
  );
  const values = new Float32Array(width * height).fill(counter);
  for (const thing of things) fillPatch({ values, width, height }, thing);
  const [a, b, c, d, e, f, g, h, i] = invert(projectPlane(optics.poseAt(0), optics.focalPx));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const depth = (g * x + h * y + i) * plateSide;
      const u = (a * x + b * y + c) / depth;
      const v = (d * x + e * y + f) / depth;
      const across = Math.abs(u);
      const along = Math.abs(v);
      if (across >= PHONE.halfWidth || along >= PHONE.halfHeight) continue;
      const isScreen = across < SCREEN.halfWidth && along < SCREEN.halfHeight;
      // The plate itself lies from -0.5 to 0.5; where it is, nothing else needs to be drawn.
      const isText = isScreen && along > 0.55 && words.some((word) => isIn(word, u, v));
      values[y * width + x] = isText ? ink : isScreen ? screen : optics.dark * 0.7;
    }
  }
  return { values, width, height };
}

function isIn(patch: Patch, x: number, y: number): boolean {
  return Math.abs(x - patch.x) < patch.halfWidth && Math.abs(y - patch.y) < patch.halfHeight;
}

function fillPatch({ values, width, height }: Plane, { x, y, halfWidth, halfHeight, level }: Patch): void {
  const [left, right] = [Math.max(0, Math.round(x - halfWidth)), Math.min(width, Math.round(x + halfWidth))];
  const [top, bottom] = [Math.max(0, Math.round(y - halfHeight)), Math.min(height, Math.round(y + halfHeight))];
  for (let row = top; row < bottom; row++) values.fill(level, row * width + left, row * width + right);
}
