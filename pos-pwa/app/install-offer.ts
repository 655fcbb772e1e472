import { Store } from '../../shared/browser/state/store.ts';

/** Chromium's event; other browsers install from their own menu. https://wicg.github.io/manifest-incubations/ */
interface BeforeInstallPromptEvent extends Event {
  prompt(): Promise<unknown>;
}

export type InstallOffer =
  | { readonly status: 'installed' }
  /** The browser offers it: one tap installs. */
  | { readonly status: 'offered'; readonly install: () => Promise<void> }
  | { readonly status: 'by-menu' };

/** Whether the till can be put on the home screen. Listen from the start: the browser offers it once. */
export function watchInstallOffer(): Store<InstallOffer> {
  const isInstalled = matchMedia('(display-mode: standalone)').matches;
  const offer = new Store<InstallOffer>({ status: isInstalled ? 'installed' : 'by-menu' });
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    const install = async () => void (await (event as BeforeInstallPromptEvent).prompt());
    offer.set({ status: 'offered', install });
  });
  addEventListener('appinstalled', () => offer.set({ status: 'installed' }));
  return offer;
}
