import { Store } from '../state/store.ts';

/**
 * Whether the centre can be reached, by what requests saw, not by what the browser believes: `navigator.onLine` is true
 * behind a dead uplink. Its "offline" is taken at once; its "online" only asks for a try.
 */
export class NetworkState {
  /** True until something says otherwise: the first request decides. */
  readonly isOnline: Store<boolean>;

  /** @param probe makes some small request that reports here; called when the browser says a network came back */
  constructor(probe?: () => void, events: EventTarget = globalThis, isOnLine = navigator.onLine, signal?: AbortSignal) {
    this.isOnline = new Store(isOnLine);
    const options = signal ? { signal } : {};
    events.addEventListener('offline', () => this.isOnline.set(false), options);
    events.addEventListener('online', () => (probe ? probe() : this.isOnline.set(true)), options);
  }

  /** A request was answered by the centre, whatever it said. */
  reportAnswered(): void {
    this.isOnline.set(true);
  }

  /** A request went unanswered for its whole time. */
  reportNoAnswer(): void {
    this.isOnline.set(false);
  }
}
