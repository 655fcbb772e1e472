import { accept, type Result, refuse } from '../../protocol/result.ts';

/** Chromium's wish list for the picker; other engines ignore what they do not know. */
interface ScreenOptions extends DisplayMediaStreamOptions {
  readonly selfBrowserSurface?: 'exclude';
  readonly surfaceSwitching?: 'include';
  readonly controller?: unknown;
}

interface CaptureControllerLike {
  setFocusBehavior(behavior: 'no-focus-change'): void;
}

export function canReadScreen(): boolean {
  return typeof navigator.mediaDevices?.getDisplayMedia === 'function';
}

/** Asks for a window or screen to read from. Must be called from a click. The caller stops the tracks. */
export async function openScreen(): Promise<Result<MediaStream>> {
  if (!canReadScreen()) return refuse('screen_denied');
  const Controller = (globalThis as { CaptureController?: new () => CaptureControllerLike }).CaptureController;
  const controller = Controller ? new Controller() : undefined;
  const options: ScreenOptions = {
    audio: false,
    // A code stands still; ten frames a second find it as fast as sixty.
    video: { frameRate: { ideal: 10, max: 15 } },
    selfBrowserSurface: 'exclude',
    surfaceSwitching: 'include',
    ...(controller && { controller }),
  };
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia(options);
    try {
      // The person is paying here; the window with the code need not come to the front.
      controller?.setFocusBehavior('no-focus-change');
    } catch {
      // Only windows and tabs have a focus to keep.
    }
    return accept(stream);
  } catch {
    return refuse('screen_denied');
  }
}
