/** One observable value. Setting the same value again tells nobody. */
export class Store<T> {
  #value: T;
  readonly #listeners = new Set<(value: T) => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of [...this.#listeners]) listener(value);
  }

  update(change: (value: T) => T): void {
    this.set(change(this.#value));
  }

  /** Listens until the signal aborts or the returned function is called. Not called with the present value. */
  subscribe(listener: (value: T) => void, signal?: AbortSignal): () => void {
    const unsubscribe = () => void this.#listeners.delete(listener);
    if (signal?.aborted) return unsubscribe;
    this.#listeners.add(listener);
    signal?.addEventListener('abort', unsubscribe, { once: true });
    return unsubscribe;
  }
}
