import type { PrecacheEntry } from 'workbox-precaching';
import { precacheApp } from '../shared/browser/service-worker/precache-app.ts';

declare const self: { readonly __WB_MANIFEST: (PrecacheEntry | string)[] };

precacheApp({ manifest: self.__WB_MANIFEST, base: '/wallet/' });
