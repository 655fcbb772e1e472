import { Store } from '../../shared/browser/state/store.ts';
import type { TwinCode } from '../../shared/protocol/codes/twin-code.ts';

/** Makes a fresh pair of codes again and again, for as long as one is shown. */
export class ShowingLoop {
  /** What is to be drawn; undefined while nothing is shown. */
  readonly pair = new Store<TwinCode | undefined>(undefined);
  #stop: AbortController | undefined;

  start(make: () => Promise<TwinCode>, everyMs: number): void {
    this.stop();
    const stop = new AbortController();
    this.#stop = stop;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const turn = async (): Promise<void> => {
      clearTimeout(timer);
      timer = setTimeout(() => void turn(), everyMs);
      const pair = await make();
      if (!stop.signal.aborted) this.pair.set(pair);
    };
    stop.signal.addEventListener('abort', () => clearTimeout(timer));
    // Timers sleep in a hidden page: who comes back must not hold an old code before the till.
    globalThis.document?.addEventListener('visibilitychange', () => !document.hidden && void turn(), {
      signal: stop.signal,
    });
    void turn();
  }

  stop(): void {
    this.#stop?.abort();
    this.#stop = undefined;
    this.pair.set(undefined);
  }
}
