import type { FramePlan } from './frame-plan.ts';

/** What the page posts to a decoding worker: a picture (transferred, not copied) and what to look at in it. */
export interface DecodeRequest {
  readonly id: number;
  readonly picture: ImageBitmap;
  readonly plan: FramePlan;
}

/**
 * What a worker answers.
 * `unreadable`: something like a code is there. `broken`: this worker cannot decode on this device; use the next kind.
 */
export interface DecodeReply {
  readonly id: number;
  readonly status: 'read' | 'unreadable' | 'nothing' | 'broken';
  /** More than one when a reader finds several codes in one picture. */
  readonly texts: readonly string[];
  readonly isDark: boolean;
}

/** What a worker that has something large to load says once, when that is done or cannot be. */
export interface LoadNotice {
  readonly status: 'ready' | 'failed';
}

/** The part of DedicatedWorkerGlobalScope the workers use; the DOM types of the page do not know it. */
export interface DecodeWorkerScope {
  onmessage: ((event: MessageEvent<DecodeRequest>) => void) | null;
  postMessage(message: DecodeReply | LoadNotice): void;
}
