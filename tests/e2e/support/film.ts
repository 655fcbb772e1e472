import type { Locator, Page } from '@playwright/test';
import { type Lens, showToCamera } from './camera.ts';

/** As it is at that moment; one that has gone is not waited for. */
const PICTURE = { animations: 'allow', timeout: 3_000 } as const;

/** A moving picture before a camera, until it is stopped. */
export interface Film {
  stop(): Promise<void>;
}

/** Holds a live screen before a page's camera: picture after picture of it, as fast as the machine takes them. */
export function filmScreen(screen: Locator, camera: Page, lens: Lens = {}): Film {
  return roll(async () => showToCamera(camera, await screen.screenshot(PICTURE), lens));
}

/** What somebody filmed over the shoulder: so many pictures of the screen, one after the other. */
export async function recordFrames(screen: Locator, count: number): Promise<Buffer[]> {
  const frames: Buffer[] = [];
  while (frames.length < count) frames.push(await screen.screenshot({ animations: 'allow' }));
  return frames;
}

/** Plays a recording before a page's camera, over and over. */
export function playFrames(frames: readonly Buffer[], camera: Page, lens: Lens = {}): Film {
  let next = 0;
  return roll(async () => {
    await showToCamera(camera, frames[next % frames.length]!, lens);
    next += 1;
  });
}

function roll(showNext: () => Promise<void>): Film {
  let isRolling = true;
  const rolling = (async () => {
    while (isRolling) await showNext();
  })();
  // A screen that has gone (the code was taken, its page closed) ends the film: what was to be seen was seen.
  const ended = rolling.catch(() => undefined);
  return {
    stop() {
      isRolling = false;
      return ended;
    },
  };
}
