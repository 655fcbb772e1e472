import { createOutboxMessage, OUTBOX_SYNC_TAG } from '../outbox/background-sync.ts';

declare const self: {
  readonly clients: { matchAll(options: { type: 'window' }): Promise<readonly { postMessage(data: unknown): void }[]> };
  addEventListener(type: 'sync', listener: (event: SyncEvent) => void): void;
};

interface SyncEvent {
  readonly tag: string;
  waitUntil(work: Promise<unknown>): void;
}

/**
 * In a service worker: the network is back, and maybe no window is open. What was done without it is handed in from here.
 * @param flush returns how many are still to be handed in
 */
export function flushOnSync(flush: () => Promise<number>): void {
  const handIn = async () => {
    const waiting = await flush();
    for (const client of await self.clients.matchAll({ type: 'window' })) client.postMessage(createOutboxMessage());
    // The browser tries again, with pauses of its own, as long as this fails.
    if (waiting > 0) throw new Error(`${waiting} payments are still to be handed in.`);
  };
  self.addEventListener('sync', (event) => {
    if (event.tag === OUTBOX_SYNC_TAG) event.waitUntil(handIn());
  });
}
