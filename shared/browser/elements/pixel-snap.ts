import type { ReactiveController, ReactiveElement } from 'lit';

/**
 * Keeps every module of the codes that an element draws a whole number of device pixels: edges stay sharp, and no row is a pixel
 * wider than its neighbour.
 */
export class PixelSnap implements ReactiveController {
  /** Of each drawing's side, quiet zone included; 0 while there is none. */
  sizeModules = 0;
  readonly #host: ReactiveElement;
  #sizeObserver: ResizeObserver | undefined;

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#sizeObserver = new ResizeObserver(() => this.#snap());
    this.#sizeObserver.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#sizeObserver?.disconnect();
  }

  hostUpdated(): void {
    this.#snap();
  }

  #snap(): void {
    const { clientWidth, clientHeight, renderRoot } = this.#host;
    const sidePx = Math.min(clientWidth, clientHeight);
    if (this.sizeModules === 0 || sidePx === 0) return;
    const modulePx = Math.floor((sidePx * devicePixelRatio) / this.sizeModules) / devicePixelRatio;
    const snappedPx = modulePx > 0 ? `${modulePx * this.sizeModules}px` : '100%';
    for (const drawing of renderRoot.querySelectorAll('svg')) {
      drawing.style.width = snappedPx;
      drawing.style.height = snappedPx;
    }
  }
}
