import type { Page } from '@playwright/test';

/** Somebody clears all that a site has kept: databases, keys, cookies, the app itself. Its passkeys are the device's. */
export function clearSiteData(page: Page, origin: string): Promise<void> {
  return clear(page, origin, 'all');
}

/** A browser that runs short of space clears all that it counts as storage; cookies are not, so the session goes on. */
export function evictStorage(page: Page, origin: string): Promise<void> {
  return clear(page, origin, 'indexeddb,cache_storage,service_workers,local_storage,file_systems');
}

/** The session is left open: with its end the page would lose its virtual authenticator. */
async function clear(page: Page, origin: string, storageTypes: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes });
}
