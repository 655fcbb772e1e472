import { Store } from '../../shared/browser/state/store.ts';

/** Chromium's own offer to install; not in the DOM types. */
interface BeforeInstallPromptEvent extends Event {
  prompt(): Promise<unknown>;
}

const DISMISSED_KEY = 'tandem-wallet-install';

/** `prompt`: the browser asks when told to. `by-hand`: the person does it in the share sheet (iOS). */
export type InstallWay = 'none' | 'prompt' | 'by-hand';

/**
 * Keeps the browser's offer to put the wallet on the home screen until there is a good moment: after something went well, never
 * on the first screen. Once declined it does not come again.
 */
export class InstallOffer {
  readonly way = new Store<InstallWay>('none');
  #offer: BeforeInstallPromptEvent | undefined;

  constructor() {
    addEventListener('beforeinstallprompt', (event) => {
      event.preventDefault();
      if (wasDismissed()) return;
      this.#offer = event as BeforeInstallPromptEvent;
      this.way.set('prompt');
    });
    addEventListener('appinstalled', () => this.way.set('none'));
    if (isIosBrowser() && !wasDismissed()) this.way.set('by-hand');
  }

  async accept(): Promise<void> {
    this.way.set('none');
    await this.#offer?.prompt().catch(() => {});
  }

  dismiss(): void {
    this.way.set('none');
    try {
      localStorage.setItem(DISMISSED_KEY, '1');
    } catch {
      // Without storage it is offered again next time: no harm.
    }
  }
}

/** Only Safari on iOS has this member; it is true once the app runs from the home screen. */
function isIosBrowser(): boolean {
  return (navigator as { standalone?: boolean }).standalone === false;
}

function wasDismissed(): boolean {
  try {
    return localStorage.getItem(DISMISSED_KEY) !== null;
  } catch {
    return false;
  }
}
