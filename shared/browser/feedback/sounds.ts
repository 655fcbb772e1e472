/** One note: when it begins, how high, how long. */
interface Note {
  readonly atSeconds: number;
  readonly hertz: number;
  readonly seconds: number;
}

export type SoundName = 'paid' | 'guaranteed' | 'not-paid' | 'tap' | 'scanned';

/**
 * Known with the eyes shut: paid rises by a fourth, guaranteed rises and comes back to its first note, not paid falls.
 * Between 400 and 1400 Hz, where a tablet's loudspeaker is loudest and a noisy room least in the way.
 */
const SOUNDS: Readonly<Record<SoundName, readonly Note[]>> = {
  paid: [
    { atSeconds: 0, hertz: 784, seconds: 0.14 },
    { atSeconds: 0.13, hertz: 1047, seconds: 0.32 },
  ],
  guaranteed: [
    { atSeconds: 0, hertz: 784, seconds: 0.13 },
    { atSeconds: 0.12, hertz: 1047, seconds: 0.13 },
    { atSeconds: 0.24, hertz: 784, seconds: 0.3 },
  ],
  'not-paid': [
    { atSeconds: 0, hertz: 523, seconds: 0.18 },
    { atSeconds: 0.17, hertz: 415, seconds: 0.4 },
  ],
  tap: [{ atSeconds: 0, hertz: 1320, seconds: 0.025 }],
  scanned: [{ atSeconds: 0, hertz: 1175, seconds: 0.07 }],
};

const LOUDNESS: Readonly<Record<SoundName, number>> = {
  paid: 0.5,
  guaranteed: 0.5,
  'not-paid': 0.5,
  tap: 0.08,
  scanned: 0.25,
};

let context: AudioContext | undefined;

/**
 * Browsers keep a page silent until the person touched it: call once at start. Listens for the first touch or key and opens
 * the loudspeaker then, so that the first "paid" is heard, and again after the app was in the background.
 */
export function unlockSound(signal?: AbortSignal): void {
  const unlock = () => {
    if (typeof AudioContext === 'undefined') return;
    context ??= new AudioContext({ latencyHint: 'interactive' });
    if (context.state !== 'running') void context.resume().catch(() => {});
  };
  for (const type of ['pointerdown', 'keydown']) {
    addEventListener(type, unlock, { capture: true, passive: true, ...(signal && { signal }) });
  }
}

/** Silent where there is no loudspeaker or the page has not been touched yet: sound is never the only sign. */
export function playSound(name: SoundName): void {
  if (context?.state !== 'running') return;
  for (const note of SOUNDS[name]) playNote(context, note, LOUDNESS[name]);
}

function playNote(audio: AudioContext, { atSeconds, hertz, seconds }: Note, loudness: number): void {
  const startSeconds = audio.currentTime + atSeconds;
  const tone = new OscillatorNode(audio, { type: 'triangle', frequency: hertz });
  const volume = new GainNode(audio, { gain: 0 });
  // A soft edge at both ends: a wave that is cut off clicks.
  volume.gain.setValueAtTime(0, startSeconds);
  volume.gain.linearRampToValueAtTime(loudness, startSeconds + 0.008);
  volume.gain.exponentialRampToValueAtTime(0.0001, startSeconds + seconds);
  tone.connect(volume).connect(audio.destination);
  tone.start(startSeconds);
  tone.stop(startSeconds + seconds + 0.02);
}
