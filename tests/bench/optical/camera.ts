import type { Luminance } from '../../../shared/browser/scanner/luminance.ts';
import { blurPlane, type Plane } from './blur.ts';
import type { CodeTexture } from './code-texture.ts';
import type { Random } from './create-random.ts';
import { drawBackground } from './draw-background.ts';
import type { Optics } from './optics.ts';
import { boundSquare, type Homography, invert, projectPlane } from './pose.ts';

/** What a camera's row sees while the phone goes from one code to the next. */
export interface Showing {
  /** The code on the screen at a moment, and when the next one takes its place. */
  codeAt(atMs: number): { readonly texture: CodeTexture; readonly untilMs: number };
}

/** Noise is drawn once, and used from another place for each row. */
const NOISE_LENGTH = 1 << 16;

/** Takes pictures of a phone's screen, pixel by pixel, as one showing's optics have it. */
export class Camera {
  readonly #optics: Optics;
  readonly #showing: Showing;
  readonly #plateSide: number;
  readonly #noise: Float32Array;
  readonly #noiseStarts: Random;
  /** Sharp, without glare; and what the lens makes of it. */
  readonly #scene: Plane;
  readonly #seen: Plane;

  constructor(optics: Optics, showing: Showing, random: Random) {
    this.#optics = optics;
    this.#showing = showing;
    const { sideModules, symbolModules } = showing.codeAt(0).texture;
    this.#plateSide = sideModules / symbolModules;
    this.#noise = Float32Array.from({ length: NOISE_LENGTH }, () => random.normal() * optics.noise);
    this.#noiseStarts = random;
    this.#scene = drawBackground(optics, this.#plateSide);
    this.#seen = { ...this.#scene, values: this.#scene.values.slice() };
    blurPlane(this.#seen, optics.blurPxAt(0), optics.blurPxAt(0));
  }

  /** @param atMs when the first row begins to take light */
  takePicture(atMs: number): Luminance {
    const { size, focalPx, exposureMs } = this.#optics;
    const toPixels = projectPlane(this.#optics.poseAt(atMs), focalPx);
    const later = projectPlane(this.#optics.poseAt(atMs + exposureMs), focalPx);
    const box = boundSquare(toPixels, this.#plateSide);
    // Room for what blur and movement carry over the plate's edge.
    const left = Math.max(0, Math.floor(box.left) - 6);
    const top = Math.max(0, Math.floor(box.top) - 6);
    const right = Math.min(size.width, Math.ceil(box.right) + 7);
    const bottom = Math.min(size.height, Math.ceil(box.bottom) + 7);
    const region = this.#cutScene(left, top, right - left, bottom - top);
    this.#drawCode(region, left, top, toPixels, atMs);
    const blurPx = this.#optics.blurPxAt(atMs);
    // What moves while the shutter is open is drawn out along its way; as a blur, each axis takes its part of that.
    const smear = (movePx: number) => Math.hypot(blurPx, movePx / Math.sqrt(12));
    const middle = ([, , x, , , y, , , depth]: Homography) => [x / depth, y / depth] as const;
    const [[fromX, fromY], [toX, toY]] = [middle(toPixels), middle(later)];
    blurPlane(region, smear(toX - fromX), smear(toY - fromY));
    return this.#develop(region, left, top, atMs);
  }

  #cutScene(left: number, top: number, width: number, height: number): Plane {
    const values = new Float32Array(width * height);
    for (let y = 0; y < height; y++) {
      const from = (top + y) * this.#scene.width + left;
      values.set(this.#scene.values.subarray(from, from + width), y * width);
    }
    return { values, width, height };
  }

  #drawCode({ values, width, height }: Plane, left: number, top: number, toPixels: Homography, atMs: number): void {
    const { dark, light, readOutMs, exposureMs, size } = this.#optics;
    const [a, b, c, d, e, f, g, h, i] = invert(toPixels);
    for (let y = 0; y < height; y++) {
      const rowAtMs = atMs + (readOutMs * (top + y)) / size.height;
      const { texture: first, untilMs } = this.#showing.codeAt(rowAtMs);
      // The part of this row's exposure in which the next code was there already.
      const nextShare = Math.min(1, Math.max(0, (rowAtMs + exposureMs - untilMs) / exposureMs));
      const second = nextShare > 0 ? this.#showing.codeAt(untilMs).texture : first;
      const scale = first.sideTexels / this.#plateSide;
      const middle = first.sideTexels / 2;
      const py = top + y;
      for (let x = 0; x < width; x++) {
        const px = left + x;
        const depth = g * px + h * py + i;
        const u = ((a * px + b * py + c) / depth) * scale + middle;
        const v = ((d * px + e * py + f) / depth) * scale + middle;
        if (u < 0 || v < 0 || u >= first.sideTexels || v >= first.sideTexels) continue;
        let white = sample(first.texels, first.sideTexels, u - 0.5, v - 0.5);
        if (nextShare > 0) white += (sample(second.texels, first.sideTexels, u - 0.5, v - 0.5) - white) * nextShare;
        values[y * width + x] = dark + (light - dark) * white;
      }
    }
  }

  /** Adds what the glass mirrors and what the sensor invents, and rounds. */
  #develop(region: Plane, left: number, top: number, atMs: number): Luminance {
    const { width, height } = this.#optics.size;
    const { across, along, lampRow, lampColumn } = drawGlare(this.#optics, atMs);
    const values = new Uint8ClampedArray(width * height);
    const noise = this.#noise;
    const row = new Float32Array(width);
    for (let y = 0; y < height; y++) {
      row.set(this.#seen.values.subarray(y * width, (y + 1) * width));
      const inRegion = y - top;
      if (inRegion >= 0 && inRegion < region.height)
        row.set(region.values.subarray(inRegion * region.width, (inRegion + 1) * region.width), left);
      // Stretches overlap, but no two rows, and no two pictures, get the same one.
      const noiseAt = Math.floor(this.#noiseStarts.next() * (NOISE_LENGTH - width));
      const veil = along[y]!;
      const lamp = lampColumn[y]!;
      for (let x = 0; x < width; x++) row[x]! += veil + across[x]! + lamp * lampRow[x]! + noise[noiseAt + x]!;
      values.set(row, y * width);
    }
    return { values, width, height };
  }
}

function sample(texels: Float32Array, side: number, x: number, y: number): number {
  const left = x < 0 ? 0 : x | 0;
  const top = y < 0 ? 0 : y | 0;
  const right = left < side - 1 ? left + 1 : left;
  const lowerRow = top < side - 1 ? (top + 1) * side : top * side;
  const fx = x < 0 ? 0 : x - left;
  const fy = y < 0 ? 0 : y - top;
  const upperLeft = texels[top * side + left]!;
  const lowerLeft = texels[lowerRow + left]!;
  const upper = upperLeft + (texels[top * side + right]! - upperLeft) * fx;
  const lower = lowerLeft + (texels[lowerRow + right]! - lowerLeft) * fx;
  return upper + (lower - upper) * fy;
}

/** A slope and a round glow: both are made of what each row and each column add. */
function drawGlare({ size: { width, height }, lampAt, veil }: Optics, atMs: number) {
  const [alongX, alongY] = [Math.cos(veil.angle), Math.sin(veil.angle)];
  const reach = Math.abs(alongX) * width + Math.abs(alongY) * height;
  const slope = (length: number, share: number, start: number) =>
    Float32Array.from({ length }, (_, at) => veil.level * (((at - length / 2) * share) / reach + start));
  const lamp = lampAt(atMs);
  const glow = (length: number, middle: number, level: number) =>
    Float32Array.from({ length }, (_, at) =>
      lamp ? level * Math.exp(-((at - middle) ** 2) / (2 * lamp.radiusPx ** 2)) : 0,
    );
  return {
    across: slope(width, alongX, 0.5),
    along: slope(height, alongY, 0),
    lampRow: glow(width, lamp?.x ?? 0, 1),
    lampColumn: glow(height, lamp?.y ?? 0, lamp?.level ?? 0),
  };
}
