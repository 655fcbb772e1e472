/** Short words on what happened elsewhere. They wait while something is on the screen that they must not lie over. */
export class HeldWords {
  readonly #show: (text: string) => void;
  #waiting: string | undefined;

  constructor(show: (text: string) => void) {
    this.#show = show;
  }

  /** Only the newest waits: the list of payments has them all. */
  tell(text: string, isHeld: boolean): void {
    if (isHeld) this.#waiting = text;
    else this.#show(text);
  }

  /** Nothing is in the way any more. */
  release(): void {
    const text = this.#waiting;
    this.#waiting = undefined;
    if (text !== undefined) this.#show(text);
  }
}
