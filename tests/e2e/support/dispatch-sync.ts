import type { Page } from '@playwright/test';
import { OUTBOX_SYNC_TAG } from '../../../shared/browser/outbox/background-sync.ts';

/**
 * The browser wakes an app's service worker, as it does when the network is back, whether a window of it is open or not.
 * @param page any of the same profile; of another origin, or of none
 * @param scope where the app lives, `http://localhost:8787/pos/`
 */
export async function dispatchSync(page: Page, scope: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const found = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const registration = registrations.find(({ scopeURL, isDeleted }) => scopeURL === scope && !isDeleted);
      if (registration) resolve(registration.registrationId);
    });
  });
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.dispatchSyncEvent', {
    origin: new URL(scope).origin,
    registrationId: await found,
    tag: OUTBOX_SYNC_TAG,
    lastChance: false,
  });
}
