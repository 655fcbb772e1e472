import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import jsQR from 'jsqr';
import { decodeQR } from 'qr/decode.js';
import {
  type FramePlan,
  planFrame,
  planImage,
  planThoroughFrame,
  planThoroughImage,
} from '../../../shared/browser/scanner/frame-plan.ts';
import type { Luminance } from '../../../shared/browser/scanner/luminance.ts';
import { readQr } from '../../../shared/browser/scanner/read-qr.ts';
import { loadThoroughReader, readQrThoroughly } from '../../../shared/browser/scanner/read-qr-thorough.ts';
import { UnreadWatch } from '../../../shared/browser/scanner/unread-watch.ts';
import { cutQuickly, type Pixels, toRgba } from './cut-quickly.ts';

export interface Look {
  readonly texts: readonly string[];
  readonly tookMs: number;
}

/** A reader that watches one showing. */
export interface Watcher {
  look(frame: Luminance, lookIndex: number, atMs: number): Promise<Look>;
}

/** One way of reading. */
export interface Contestant {
  readonly name: string;
  /** Takes part in every so many showings: the slowest would take up most of the time. */
  readonly every: number;
  watch(): Watcher;
  /** Everything it does about a still picture. */
  readStill(picture: Luminance): Promise<string | undefined>;
}

/**
 * From calling the thorough reader until it is there, out of the service worker's cache. The app calls it when the scanner
 * opens, before there is a frame; here the first frame has the code already, so all of it counts.
 */
const THOROUGH_READY_MS = 250;

export async function createContestants(): Promise<readonly Contestant[]> {
  const wasmFile = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  await loadThoroughReader({ wasmBinary: new Uint8Array(readFileSync(wasmFile)).buffer });
  return [
    {
      name: '@zxing alone',
      every: 1,
      watch: () => ({
        look: async (frame, lookIndex) => lookWithZxing(frame, planFrame(lookIndex, frame, 'camera')),
      }),
      readStill: async (picture) => readStillWithZxing(picture),
    },
    createPlain('jsqr', 10, async (frame) => {
      const { data, width, height } = frame;
      const found = jsQR(data, width, height, { inversionAttempts: 'dontInvert' });
      return found?.data ? [found.data] : [];
    }),
    createPlain('qr', 1, async (frame) => {
      try {
        return [decodeQR(frame)];
      } catch {
        return [];
      }
    }),
    createPlain('zxing-wasm', 1, async (frame) => {
      const reading = await readQrThoroughly(frame, { isInverted: false });
      return reading.status === 'read' ? reading.texts : [];
    }),
    createSequence('zxing-wasm after a second', (unread) => unread),
    createSequence('the app: zxing-wasm as soon as it is there', () => true),
  ];
}

/** A reader that is handed the whole frame each time. */
function createPlain(name: string, every: number, read: (frame: Pixels) => Promise<readonly string[]>): Contestant {
  const look = async (picture: Luminance) => {
    const frame = toRgba(picture);
    return timed(() => read(frame));
  };
  return { name, every, watch: () => ({ look }), readStill: async (picture) => (await look(picture)).texts[0] };
}

/**
 * @zxing first, then zxing-wasm, with the looks, cuts and rules of the app.
 * @param isCalled whether zxing-wasm is to be loaded, given that frames stay unread
 */
function createSequence(name: string, isCalled: (isUnread: boolean) => boolean): Contestant {
  const watch = (): Watcher => {
    const unread = new UnreadWatch();
    let calledAtMs = isCalled(false) ? 0 : undefined;
    return {
      async look(frame, lookIndex, atMs) {
        const isThorough = calledAtMs !== undefined && atMs >= calledAtMs + THOROUGH_READY_MS;
        const look = isThorough
          ? await lookThoroughly(frame, planThoroughFrame(lookIndex, frame, 'camera'))
          : await lookWithZxing(frame, planFrame(lookIndex, frame, 'camera'));
        if (isCalled(unread.take(look.texts, atMs + look.tookMs))) calledAtMs ??= atMs + look.tookMs;
        return look;
      },
    };
  };
  const readStill = async (picture: Luminance) => readStillWithZxing(picture) ?? (await readStillThoroughly(picture));
  return { name, every: 1, watch, readStill };
}

/** With the cut, which costs the app about the same on a canvas. */
function lookWithZxing(frame: Luminance, plan: FramePlan): Promise<Look> {
  return timed(async () => {
    const reading = readQr(cutQuickly(frame, plan), plan);
    return reading.status === 'read' ? [reading.text] : [];
  });
}

async function lookThoroughly(frame: Luminance, plan: FramePlan): Promise<Look> {
  const cut = await timedValue(async () => cutQuickly(frame, plan));
  const pixels = toRgba(cut.value);
  const { texts, tookMs } = await timed(async () => {
    const reading = await readQrThoroughly(pixels, plan);
    return reading.status === 'read' ? reading.texts : [];
  });
  return { texts, tookMs: tookMs + cut.tookMs };
}

function readStillWithZxing(picture: Luminance): string | undefined {
  for (const plan of planImage(picture)) {
    const reading = readQr(cutQuickly(picture, plan), plan);
    if (reading.status === 'read') return reading.text;
  }
  return undefined;
}

async function readStillThoroughly(picture: Luminance): Promise<string | undefined> {
  for (const plan of planThoroughImage(picture)) {
    const { texts } = await lookThoroughly(picture, plan);
    if (texts[0] !== undefined) return texts[0];
  }
  return undefined;
}

async function timed(read: () => Promise<readonly string[]>): Promise<Look> {
  const { value: texts, tookMs } = await timedValue(read);
  return { texts, tookMs };
}

/** By this thread's own processor time: what else the machine does at the moment is not the reader's fault. */
async function timedValue<Value>(work: () => Promise<Value>): Promise<{ value: Value; tookMs: number }> {
  const before = process.threadCpuUsage();
  const value = await work();
  const { user, system } = process.threadCpuUsage(before);
  return { value, tookMs: (user + system) / 1000 };
}
