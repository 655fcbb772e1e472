import type { Random } from './create-random.ts';
import { boundSquare, type Pose, projectPlane } from './pose.ts';

export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

export interface Lamp {
  readonly x: number;
  readonly y: number;
  readonly radiusPx: number;
  /** Grey levels in its middle. */
  readonly level: number;
}

/** All that is peculiar to one showing: how the phone is held, how the camera sees, what light there is. */
export interface Optics {
  readonly size: FrameSize;
  readonly focalPx: number;
  poseAt(atMs: number): Pose;
  /** Standard deviation of the blur, in pixels: focus is found and lost a little all the time. */
  blurPxAt(atMs: number): number;
  /** How long each row of the sensor takes light, and how much later the last row does than the first. */
  readonly exposureMs: number;
  readonly readOutMs: number;
  /** Grey levels of the screen's black and white. */
  readonly dark: number;
  readonly light: number;
  /** Standard deviation of the noise, in grey levels. */
  readonly noise: number;
  /** What is mirrored in the glass is added: a lamp, if there is one, and the room's brighter side. */
  lampAt(atMs: number): Lamp | undefined;
  readonly veil: { readonly angle: number; readonly level: number };
  /** Whether the phone shows its apps dark; the plate with the code is white all the same. */
  readonly isDarkTheme: boolean;
  readonly backgroundSeed: number;
}

const RADIANS = Math.PI / 180;
/** A phone's main camera sees about 65 degrees across. */
const FOCAL_BY_WIDTH = 0.8;
/** Whoever holds the phone sees to it that the code is in the picture. */
const FRAME_SHARE_MAX = 0.94;

/**
 * Draws one showing: a phone held before a till's camera, or a till's before a phone's, at a counter. Every showing is hard in
 * its own way, as hands and lights are; few are hard in every way at once.
 */
export function drawOptics(size: FrameSize, random: Random): Optics {
  const { between, next, normal } = random;
  const { width, height } = size;
  const focalPx = width * FOCAL_BY_WIDTH;
  const light = between(130, 245);
  const upsideDown = next() < 0.25 ? Math.PI : 0;
  const shake = next() < 0.1 ? 2 : 1;
  const sway = (level: number, fastest = 1.2) => swing(random, level * shake, 0.3, fastest);
  const tremor = (level: number) => swing(random, level * shake, 5, 9);
  const moves = {
    x: [sway(height * 0.014), tremor(height * 0.0015)],
    y: [sway(height * 0.014), tremor(height * 0.0015)],
    size: [sway(0.025)],
    turn: [sway(2 * RADIANS)],
    leanX: [sway(2.5 * RADIANS)],
    leanY: [sway(2.5 * RADIANS)],
  };
  const at = (swings: readonly ((atMs: number) => number)[], atMs: number) =>
    swings.reduce((sum, value) => sum + value(atMs), 0);
  const held: Pose = fitIntoFrame(size, focalPx, {
    centreX: width / 2 + normal() * width * 0.05,
    centreY: height / 2 + normal() * height * 0.03,
    sidePx: between(0.45, 0.8) * height,
    turn: upsideDown + clamp(normal() * 10, 25) * RADIANS,
    leanX: clamp(normal() * 12, 30) * RADIANS,
    leanY: clamp(normal() * 12, 30) * RADIANS,
  });
  const blurPx = between(0.0008, 0.0024) * height;
  const focus = swing(random, 0.25, 0.2, 0.8);
  const lamp = drawLamp(random, held);
  return {
    size,
    focalPx,
    poseAt: (atMs) => ({
      centreX: held.centreX + at(moves.x, atMs),
      centreY: held.centreY + at(moves.y, atMs),
      sidePx: held.sidePx * (1 + at(moves.size, atMs)),
      turn: held.turn + at(moves.turn, atMs),
      leanX: held.leanX + at(moves.leanX, atMs),
      leanY: held.leanY + at(moves.leanY, atMs),
    }),
    blurPxAt: (atMs) => blurPx * (1 + focus(atMs)),
    exposureMs: between(6, 25),
    readOutMs: between(12, 30),
    light,
    dark: between(8, Math.min(80, light - 80)),
    noise: between(1.5, 8),
    // A mirror that leans by an angle turns what it shows by twice that: the lamp wanders over the code as the hand sways.
    lampAt: (atMs) =>
      lamp && {
        ...lamp,
        x: lamp.x + 2 * focalPx * at(moves.leanY, atMs),
        y: lamp.y + 2 * focalPx * at(moves.leanX, atMs),
      },
    veil: { angle: between(0, 2 * Math.PI), level: between(0, 50) },
    isDarkTheme: next() < 0.4,
    backgroundSeed: Math.floor(next() * 2 ** 31),
  };
}

/** A lamp in the glass six times of ten: mostly broad and weak, now and then small and blinding. */
function drawLamp({ next, between }: Random, { centreX, centreY, sidePx }: Pose): Lamp | undefined {
  if (next() > 0.6) return undefined;
  const isBlinding = next() < 0.2;
  return {
    x: centreX + between(-0.65, 0.65) * sidePx,
    y: centreY + between(-0.65, 0.65) * sidePx,
    radiusPx: (isBlinding ? between(0.04, 0.08) : between(0.12, 0.4)) * sidePx,
    level: isBlinding ? between(140, 220) : between(30, 110),
  };
}

/** A hand never holds still: two slow waves that do not fit each other, from `slowestHz` to `fastestHz`. */
function swing({ between }: Random, level: number, slowestHz: number, fastestHz: number): (atMs: number) => number {
  const waves = [0, 1].map(() => ({
    level: (level * between(0.3, 1)) / 2,
    perMs: (2 * Math.PI * between(slowestHz, fastestHz)) / 1000,
    phase: between(0, 2 * Math.PI),
  }));
  return (atMs) => waves.reduce((sum, wave) => sum + wave.level * Math.sin(wave.perMs * atMs + wave.phase), 0);
}

/** Farther away and nearer to the middle, until the whole code is in the picture. */
function fitIntoFrame({ width, height }: FrameSize, focalPx: number, pose: Pose): Pose {
  const box = boundSquare(projectPlane(pose, focalPx), 1);
  const share = Math.max((box.right - box.left) / width, (box.bottom - box.top) / height) / FRAME_SHARE_MAX;
  if (share > 1) return fitIntoFrame({ width, height }, focalPx, { ...pose, sidePx: pose.sidePx / share / 1.01 });
  const [marginX, marginY] = [(width * (1 - FRAME_SHARE_MAX)) / 2, (height * (1 - FRAME_SHARE_MAX)) / 2];
  const shift = (low: number, high: number, margin: number, side: number) =>
    Math.max(0, margin - low) - Math.max(0, high - (side - margin));
  return {
    ...pose,
    centreX: pose.centreX + shift(box.left, box.right, marginX, width),
    centreY: pose.centreY + shift(box.top, box.bottom, marginY, height),
  };
}

function clamp(value: number, most: number): number {
  return Math.max(-most, Math.min(most, value));
}
