import { LOOK_INTERVAL_MS } from '../../../shared/browser/scanner/frame-pump.ts';
import { type Alternation, FRAME_MS, SHOWING_MS } from './alternation.ts';
import type { Contestant } from './contestants.ts';

export interface Watched {
  /** From the first frame with a code until both of one pair were decoded. */
  readonly bothAfterMs: number | undefined;
  readonly looks: number;
  readonly decodeMs: number;
  /** The longest single look. */
  readonly decodeMsMax: number;
  /** Texts read that were never shown. */
  readonly wrongReads: number;
}

/**
 * Lets a reader watch a showing as the frame pump does: it takes the next frame when it is done with the last one and the
 * interval is over; what comes in between is missed. Decoding takes as long as it takes here, times `slowness`.
 */
export async function watchAlternation(
  alternation: Alternation,
  contestant: Contestant,
  slowness: number,
): Promise<Watched> {
  const watcher = contestant.watch();
  const seen = new Set<string>();
  let [looks, decodeMs, decodeMsMax, wrongReads] = [0, 0, 0, 0];
  let readyAtMs = 0;
  for (;;) {
    const frameIndex = Math.ceil(readyAtMs / FRAME_MS);
    const frameAtMs = frameIndex * FRAME_MS;
    const summary = () => ({ looks, decodeMs, decodeMsMax, wrongReads });
    if (frameAtMs > SHOWING_MS) return { bothAfterMs: undefined, ...summary() };
    const { texts, tookMs } = await watcher.look(alternation.frame(frameIndex), looks, frameAtMs);
    const doneAtMs = frameAtMs + tookMs * slowness;
    looks++;
    decodeMs += tookMs;
    decodeMsMax = Math.max(decodeMsMax, tookMs);
    for (const text of texts) {
      const place = alternation.placeOf(text);
      if (!place) {
        wrongReads++;
        continue;
      }
      seen.add(`${place.pair}${place.half}`);
      const isWhole = seen.has(`${place.pair}a`) && seen.has(`${place.pair}b`);
      if (isWhole && doneAtMs <= SHOWING_MS) return { bothAfterMs: doneAtMs, ...summary() };
    }
    readyAtMs = Math.max(doneAtMs, readyAtMs + LOOK_INTERVAL_MS);
  }
}
