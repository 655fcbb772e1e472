import type { LitElement, ReactiveController } from 'lit';

/**
 * Moves the focus into a screen when it has come up, so that keyboards and screen readers are where the eyes are.
 * @param selector what to focus inside the screen; a heading needs `tabindex="-1"`
 */
export class FocusOnArrival implements ReactiveController {
  readonly #host: LitElement;
  readonly #selector: string;
  #isDone = false;

  constructor(host: LitElement, selector: string) {
    this.#host = host;
    this.#selector = selector;
    host.addController(this);
  }

  hostUpdated(): void {
    if (this.#isDone) return;
    const target = this.#host.renderRoot.querySelector<HTMLElement>(this.#selector);
    if (!target) return;
    this.#isDone = true;
    // Lit children draw themselves a microtask later; the focus must find them drawn.
    queueMicrotask(() => target.focus({ preventScroll: true }));
  }

  hostDisconnected(): void {
    this.#isDone = false;
  }
}
