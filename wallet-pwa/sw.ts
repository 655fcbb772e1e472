import { flushOnSync } from '../shared/browser/service-worker/flush-on-sync.ts';
import { precacheApp } from '../shared/browser/service-worker/precache-app.ts';
import { flushInWorker } from './app/flush-in-worker.ts';

declare const self: { readonly __WB_MANIFEST: readonly string[] };

precacheApp({ manifest: self.__WB_MANIFEST, base: '/wallet/' });
flushOnSync(flushInWorker);
