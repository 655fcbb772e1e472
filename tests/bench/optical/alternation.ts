import type { Luminance } from '../../../shared/browser/scanner/luminance.ts';
import { Camera } from './camera.ts';
import { type CodeTexture, createCodeTexture } from './code-texture.ts';
import { createRandom } from './create-random.ts';
import { drawOptics, type FrameSize } from './optics.ts';
import { createTwinTexts, type TwinKind } from './twin-kinds.ts';

export const FRAME_MS = 50;
/** A showing that is not read by then has failed. */
export const SHOWING_MS = 6000;

export interface AlternationOptions {
  readonly kind: TwinKind;
  readonly size: FrameSize;
  /** How long each code of a pair is shown. */
  readonly rhythmMs: number;
  /** How long one pair is shown before the next takes its place; 0 keeps the first. */
  readonly regenerationMs: number;
  readonly number: number;
}

/** Which code a text is; pairs are numbered as they are shown. */
export interface CodePlace {
  readonly pair: number;
  readonly half: 'a' | 'b';
}

/** One showing: two codes in turn before a camera. Frames are made when they are asked for, and once. */
export class Alternation {
  readonly #options: AlternationOptions;
  readonly #phaseMs: number;
  readonly #texelsPerModule: number;
  readonly #camera: Camera;
  readonly #frames = new Map<number, Luminance>();
  readonly #textures = new Map<string, CodeTexture>();
  readonly #places = new Map<string, CodePlace>();

  constructor(options: AlternationOptions) {
    this.#options = options;
    const { kind, size, number } = options;
    const random = createRandom(number, kind.payloadBytes, kind.codeBytes, size.height);
    const optics = drawOptics(size, random);
    this.#phaseMs = random.next() * 2 * options.rhythmMs;
    this.#texelsPerModule = 4;
    const { symbolModules } = this.#textureOf({ pair: 0, half: 'a' });
    this.#texelsPerModule = Math.max(3, Math.round(optics.poseAt(0).sidePx / symbolModules));
    this.#textures.clear();
    this.#camera = new Camera(optics, { codeAt: (atMs) => this.#codeAt(atMs) }, random);
  }

  /** Frame 0 is the first with a code in it. */
  frame(index: number): Luminance {
    let frame = this.#frames.get(index);
    if (!frame) {
      frame = this.#camera.takePicture(index * FRAME_MS);
      this.#frames.set(index, frame);
    }
    return frame;
  }

  /** @returns undefined for a text that was never shown */
  placeOf(text: string): CodePlace | undefined {
    return this.#places.get(text);
  }

  #codeAt(atMs: number): { texture: CodeTexture; untilMs: number } {
    const { rhythmMs, regenerationMs } = this.#options;
    const turn = Math.floor((atMs + this.#phaseMs) / rhythmMs);
    // A new pair begins where a code ends, so that none is cut short.
    const turnsPerPair =
      regenerationMs > 0 ? Math.max(2, Math.round(regenerationMs / rhythmMs)) : Number.POSITIVE_INFINITY;
    const place: CodePlace = { pair: Math.floor(turn / turnsPerPair), half: turn % 2 === 0 ? 'a' : 'b' };
    return { texture: this.#textureOf(place), untilMs: (turn + 1) * rhythmMs - this.#phaseMs };
  }

  #textureOf({ pair, half }: CodePlace): CodeTexture {
    const key = `${pair}${half}`;
    let texture = this.#textures.get(key);
    if (!texture) {
      const { kind, number } = this.#options;
      const text = createTwinTexts(kind, createRandom(number, pair, kind.codeBytes))[half];
      this.#places.set(text, { pair, half });
      texture = createCodeTexture(text, this.#texelsPerModule);
      this.#textures.set(key, texture);
    }
    return texture;
  }
}
