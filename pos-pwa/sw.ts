import { precacheApp } from '../shared/browser/service-worker/precache-app.ts';

declare const self: { readonly __WB_MANIFEST: readonly string[] };

precacheApp({ manifest: self.__WB_MANIFEST, base: '/pos/' });
