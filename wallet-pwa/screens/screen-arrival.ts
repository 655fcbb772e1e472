import type { LitElement, ReactiveController } from 'lit';
import { say } from '../texts.ts';

/**
 * What arriving on a screen means for who does not see it: the window is named after it, and the focus stands on its headline,
 * so that reading goes on from there. The first screen of all keeps the focus where the browser has it.
 */
export class ScreenArrival implements ReactiveController {
  static #isFirst = true;
  readonly #host: LitElement;
  readonly #title: string;
  #hasArrived = false;

  constructor(host: LitElement, title: string) {
    this.#host = host;
    this.#title = title;
    host.addController(this);
  }

  hostConnected(): void {
    this.#hasArrived = false;
    document.title = say('app.title', { screen: this.#title });
  }

  hostUpdated(): void {
    if (this.#hasArrived) return;
    this.#hasArrived = true;
    if (!ScreenArrival.#isFirst) this.#host.renderRoot.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
    ScreenArrival.#isFirst = false;
    scrollTo({ top: 0, behavior: 'instant' });
  }
}
