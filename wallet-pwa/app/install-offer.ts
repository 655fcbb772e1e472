import { Store } from '../../shared/browser/state/store.ts';

/** Chromium's own offer to install; not in the DOM types. */
interface BeforeInstallPromptEvent extends Event {
  prompt(): Promise<unknown>;
}

const DISMISSED_KEY = 'tandem-wallet-install';

/**
 * Keeps the browser's offer to put the wallet on the home screen until there is a good moment: after something went well, never
 * on the first screen. Once declined it does not come again.
 */
export class InstallOffer {
  readonly isOpen = new Store(false);
  #offer: BeforeInstallPromptEvent | undefined;

  constructor() {
    addEventListener('beforeinstallprompt', (event) => {
      event.preventDefault();
      if (wasDismissed()) return;
      this.#offer = event as BeforeInstallPromptEvent;
      this.isOpen.set(true);
    });
    addEventListener('appinstalled', () => this.isOpen.set(false));
  }

  async accept(): Promise<void> {
    this.isOpen.set(false);
    await this.#offer?.prompt().catch(() => {});
  }

  dismiss(): void {
    this.isOpen.set(false);
    try {
      localStorage.setItem(DISMISSED_KEY, '1');
    } catch {
      // Without storage it is offered again next time: no harm.
    }
  }
}

function wasDismissed(): boolean {
  try {
    return localStorage.getItem(DISMISSED_KEY) !== null;
  } catch {
    return false;
  }
}
