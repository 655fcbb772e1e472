/** Long enough for the platform's detector to have had its chance, short enough for a person not to give up. */
export const UNREAD_MS_MAX = 1000;

/**
 * Notices when looking leads nowhere: for a second there was no text that had not been read before. Of two codes shown in turn
 * the one may be read over and over and the other never; so a text known already is no success.
 */
export class UnreadWatch {
  readonly #known = new Set<string>();
  #sinceMs: number | undefined;

  /** @returns true when the thorough reader is due */
  take(texts: readonly string[], nowMs: number): boolean {
    this.#sinceMs ??= nowMs;
    for (const text of texts) {
      if (!this.#known.has(text)) this.#sinceMs = nowMs;
      this.#known.add(text);
    }
    return nowMs - this.#sinceMs >= UNREAD_MS_MAX;
  }

  /** While nobody looks, nothing stays unread. */
  rest(): void {
    this.#sinceMs = undefined;
  }
}
