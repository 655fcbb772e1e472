import type { Workbox } from 'workbox-window';
import { Store } from '../state/store.ts';

export interface UpdateState {
  /** A new version is installed and waits. */
  readonly isReady: boolean;
  /** It waits because a payment runs. */
  readonly isHeld: boolean;
}

/** A till stays open for days: the browser alone would look for a new version only when the page is loaded. */
const CHECK_EVERY_MS = 60 * 60_000;

/**
 * Registers the app's service worker and holds what the update prompt shows. A new version takes over only after the person
 * accepted it, and never while `isBusy`: accepted in mid-payment, it waits for the end.
 */
export class AppUpdates {
  readonly state = new Store<UpdateState>({ isReady: false, isHeld: false });
  readonly #isBusy: Store<boolean>;
  readonly #scriptUrl: string;
  readonly #container: ServiceWorkerContainer | undefined;
  #workbox: Workbox | undefined;
  #isAccepted = false;

  /** @param scriptUrl e.g. `/pos/sw.js` */
  constructor(scriptUrl: string, isBusy: Store<boolean>, container = navigator.serviceWorker) {
    this.#isBusy = isBusy;
    this.#scriptUrl = scriptUrl;
    this.#container = container;
    isBusy.subscribe(() => {
      this.#show(this.state.value.isReady);
      if (this.#isAccepted) this.accept();
    });
  }

  /** Call after the first screen is drawn: installing must not slow it down. */
  async register(): Promise<void> {
    if (!this.#container) return;
    try {
      this.#workbox = await this.#createWorkbox();
      await this.#workbox.register({ immediate: true });
      setInterval(() => void this.#workbox?.update().catch(() => {}), CHECK_EVERY_MS);
    } catch {
      // Private windows of some browsers refuse service workers. The app works, but only with a network.
    }
  }

  /** Not part of the first load: nothing on the first screen waits for it. */
  async #createWorkbox(): Promise<Workbox> {
    const { Workbox } = await import('workbox-window');
    const workbox = new Workbox(this.#scriptUrl, { updateViaCache: 'none' });
    // A page that was loaded while the very first version took over is no older than it.
    let hasVersion = this.#container?.controller != null;
    workbox.addEventListener('waiting', () => this.#show(true));
    workbox.addEventListener('controlling', ({ isUpdate, isExternal }) => {
      // Another window took the update: this page still runs the old one, and goes on until it may reload.
      if (isUpdate || (isExternal && hasVersion)) this.#reloadWhenFree();
      hasVersion = true;
    });
    return workbox;
  }

  /** The person wants the new version: now, or as soon as no payment runs. */
  accept(): void {
    this.#isAccepted = true;
    if (!this.#isBusy.value) this.#workbox?.messageSkipWaiting();
  }

  dismiss(): void {
    this.#isAccepted = false;
    this.state.set({ isReady: false, isHeld: false });
  }

  #show(isReady: boolean): void {
    this.state.set({ isReady, isHeld: isReady && this.#isBusy.value });
  }

  #reloadWhenFree(): void {
    if (!this.#isBusy.value) {
      location.reload();
      return;
    }
    const stop = this.#isBusy.subscribe((isBusy) => {
      if (isBusy) return;
      stop();
      // Whoever ended the payment may be on the way to another screen: the page comes back where that leads.
      setTimeout(() => location.reload());
    });
  }
}
