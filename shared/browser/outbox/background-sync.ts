/** The tag under which the browser wakes the service worker when a network is back, whether a window is open or not. */
export const OUTBOX_SYNC_TAG = 'tandem-outbox';
const MESSAGE = 'tandem-outbox-flushed';

/** Chromium's; elsewhere the window's own timers and events do it. https://wicg.github.io/background-sync/spec/ */
interface SyncRegistration extends ServiceWorkerRegistration {
  readonly sync?: { register(tag: string): Promise<void> };
}

/** Asks to be woken. Refused or missing, it changes nothing that matters: the next start hands in. */
export async function askForBackgroundSync(): Promise<void> {
  try {
    const registration: SyncRegistration | undefined = await navigator.serviceWorker?.getRegistration();
    await registration?.sync?.register(OUTBOX_SYNC_TAG);
  } catch {
    // The person or the browser does not allow it.
  }
}

/** What the service worker tells its windows after it has handed in. */
export function createOutboxMessage(): { readonly kind: string } {
  return { kind: MESSAGE };
}

export function isOutboxMessage(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'kind' in data && data.kind === MESSAGE;
}
