/** A code in view is reported again only after this long: once a second is enough to react, and too slow to flood. */
const REPEAT_AFTER_MS = 1000;

/**
 * Lets each text through once a second. Two codes shown in turn are two texts: neither holds the other back.
 */
export class RepeatFilter {
  readonly #seenAtMs = new Map<string, number>();

  /** @returns true when the text is new, or was last let through a second ago */
  accept(text: string, nowMs: number): boolean {
    for (const [seen, atMs] of this.#seenAtMs) {
      if (nowMs - atMs >= REPEAT_AFTER_MS) this.#seenAtMs.delete(seen);
    }
    if (this.#seenAtMs.has(text)) return false;
    this.#seenAtMs.set(text, nowMs);
    return true;
  }
}
