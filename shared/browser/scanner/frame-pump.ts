/** A still screen sends no new frames, and a hidden page none at all: then the last one is looked at again. */
const FRAME_WAIT_MS = 200;
/** At most about twelve looks a second: a hand does not hold still faster, and a phone stays cool. */
export const LOOK_INTERVAL_MS = 80;

/** Called with one frame at a time; the next is taken when the promise settles. */
export type FrameHandler = (video: HTMLVideoElement, capturedAtMs: number) => Promise<void>;

/** Hands the frames of a playing video to `handle`, never more than one at once, until `signal` aborts. */
export async function pumpFrames(video: HTMLVideoElement, handle: FrameHandler, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const startedAtMs = performance.now();
    const capturedAtMs = await nextFrame(video);
    if (signal.aborted) return;
    if (video.videoWidth > 0 && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
      await handle(video, capturedAtMs);
    }
    const restMs = LOOK_INTERVAL_MS - (performance.now() - startedAtMs);
    if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs));
  }
}

/** @returns when the frame was captured, by Date.now()'s clock */
function nextFrame(video: HTMLVideoElement): Promise<number> {
  return new Promise((resolve) => {
    let handle = 0;
    const timer = setTimeout(() => {
      if (handle) video.cancelVideoFrameCallback(handle);
      resolve(Date.now());
    }, FRAME_WAIT_MS);
    if (!('requestVideoFrameCallback' in video)) return;
    handle = video.requestVideoFrameCallback((nowMs, metadata) => {
      clearTimeout(timer);
      // captureTime is there for cameras; it tells how old the light already is.
      const ageMs = Math.max(0, performance.now() - (metadata.captureTime ?? nowMs));
      resolve(Date.now() - Math.min(ageMs, 1000));
    });
  });
}
