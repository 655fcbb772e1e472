import { describeMachine } from '../report.ts';
import { Alternation } from './alternation.ts';
import { type Contestant, createContestants } from './contestants.ts';
import { measurePictures } from './measure-pictures.ts';
import { type OpticalMeasured, type OpticalReport, percentile } from './optical-report.ts';
import type { FrameSize } from './optics.ts';
import type { OpticalOptions } from './options.ts';
import { TWIN_KINDS, type TwinKind } from './twin-kinds.ts';
import { type Watched, watchAlternation } from './watch-alternation.ts';

const SIZES: readonly FrameSize[] = [
  { width: 640, height: 480 },
  { width: 1280, height: 720 },
];
/** Compilers need some looks before they know what a reader does. */
const WARM_UP_SHOWINGS = 3;

/** How soon both of two codes in turn are read, by each reader, from the same frames. */
export async function measureOptics(options: OpticalOptions, say: (text: string) => void): Promise<OpticalReport> {
  const contestants = (await createContestants()).filter(({ name }) => name.includes(options.only));
  const measured: OpticalMeasured[] = [];
  for (const size of SIZES) {
    for (const kind of TWIN_KINDS) {
      say(`${kind.mode} of ${kind.payloadBytes} bytes at ${size.width}×${size.height} …`);
      const ofKind = await measureKind(kind, size, contestants, options);
      for (const { contestant, medianMs, p95Ms, failures } of ofKind)
        say(`  ${contestant}: ${Math.round(medianMs)} ms, 95 of 100 in ${Math.round(p95Ms)} ms, ${failures} unread`);
      measured.push(...ofKind);
    }
  }
  const { picturesFolder } = options;
  const pictures = picturesFolder === undefined ? [] : await measurePictures(picturesFolder, contestants);
  return { measuredOn: describeMachine(), options, measured, pictures };
}

async function measureKind(
  kind: TwinKind,
  size: FrameSize,
  contestants: readonly Contestant[],
  options: OpticalOptions,
): Promise<readonly OpticalMeasured[]> {
  const watched = new Map<Contestant, Watched[]>(contestants.map((contestant) => [contestant, []]));
  for (let number = -WARM_UP_SHOWINGS; number < options.showings; number++) {
    const alternation = new Alternation({ kind, size, number, ...options });
    for (const [contestant, results] of watched) {
      if (number > 0 && number % contestant.every !== 0) continue;
      const result = await watchAlternation(alternation, contestant, options.slowness);
      if (number >= 0) results.push(result);
    }
  }
  return [...watched].map(([{ name }, results]) => summarize(kind, size, name, results));
}

function summarize(
  { mode, payloadBytes }: TwinKind,
  { width, height }: FrameSize,
  contestant: string,
  results: readonly Watched[],
): OpticalMeasured {
  const sum = (pick: (result: Watched) => number) => results.reduce((total, result) => total + pick(result), 0);
  const sortedMs = results.map(({ bothAfterMs }) => bothAfterMs ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
  return {
    picture: `${width}×${height}`,
    mode,
    payloadBytes,
    contestant,
    showings: results.length,
    medianMs: percentile(sortedMs, 0.5),
    p95Ms: percentile(sortedMs, 0.95),
    p99Ms: percentile(sortedMs, 0.99),
    failures: results.filter(({ bothAfterMs }) => bothAfterMs === undefined).length,
    wrongReads: sum(({ wrongReads }) => wrongReads),
    decodeMsPerFrame: sum(({ decodeMs }) => decodeMs) / sum(({ looks }) => looks),
    decodeMsMax: Math.max(...results.map(({ decodeMsMax }) => decodeMsMax)),
  };
}
