import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { WakeLock } from './wake-lock.ts';

/** Keeps the screen on for as long as its element is on the page. */
export class WakeLockController implements ReactiveController {
  readonly #wakeLock = new WakeLock();

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostConnected(): void {
    this.#wakeLock.hold();
  }

  hostDisconnected(): void {
    this.#wakeLock.release();
  }
}
