/**
 * Keeps the screen on while a code shows. The browser lets go whenever the page is hidden; this takes hold again when it
 * comes back. Where there is no wake lock, or power saving forbids it, the screen dims as ever: nothing else depends on it.
 */
export class WakeLock {
  #sentinel: WakeLockSentinel | undefined;
  #holding: AbortController | undefined;

  /** Holding twice is holding once. */
  hold(): void {
    if (this.#holding) return;
    this.#holding = new AbortController();
    const { signal } = this.#holding;
    document.addEventListener('visibilitychange', () => void this.#acquire(signal), { signal });
    void this.#acquire(signal);
  }

  release(): void {
    this.#holding?.abort();
    this.#holding = undefined;
    void this.#sentinel?.release().catch(() => {});
    this.#sentinel = undefined;
  }

  async #acquire(signal: AbortSignal): Promise<void> {
    if (document.hidden || !('wakeLock' in navigator)) return;
    const sentinel = await navigator.wakeLock.request('screen').catch(() => undefined);
    // Let go while the browser was still asking.
    if (signal.aborted) await sentinel?.release().catch(() => {});
    else this.#sentinel = sentinel;
  }
}
