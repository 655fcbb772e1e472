import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  type PrecacheEntry,
  precacheAndRoute,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

/** The part of ServiceWorkerGlobalScope used here; the page's DOM types do not know it. */
interface WorkerScope {
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
  addEventListener(type: 'activate', listener: (event: ExtendableEvent) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
}

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

export interface PrecacheOptions {
  /** `self.__WB_MANIFEST`, filled in by the build. */
  readonly manifest: readonly (PrecacheEntry | string)[];
  /** Where this app lives, e.g. `/pos/`: its addresses get the app, everything else the network. */
  readonly base: string;
}

/**
 * Makes an app open with the network cut: all its files are stored at installation, and every address under its base is
 * answered with its page. Nothing else is cached: an answer about money never comes from a cache.
 *
 * A new version waits until the page says SKIP_WAITING, because two versions in one page do not fit together.
 */
export function precacheApp({ manifest, base }: PrecacheOptions): void {
  const scope = globalThis as unknown as WorkerScope;
  precacheAndRoute([...manifest], { cleanURLs: false });
  cleanupOutdatedCaches();
  registerRoute(
    new NavigationRoute(createHandlerBoundToURL(`${base}index.html`), {
      allowlist: [new RegExp(`^${base.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}`)],
    }),
  );
  scope.addEventListener('message', ({ data }) => {
    if (typeof data === 'object' && data !== null && 'type' in data && data.type === 'SKIP_WAITING') {
      void scope.skipWaiting();
    }
  });
  // The page that installed this may stay open for days. Unless it belongs to this worker, the next version has nobody to
  // wait for: it would take over at once and throw away the files that the open page still loads its screens from.
  scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));
}
