import { createOutboxMessage, OUTBOX_SYNC_TAG } from '../shared/browser/outbox/background-sync.ts';
import { precacheApp } from '../shared/browser/service-worker/precache-app.ts';
import { flushInWorker } from './offline/flush-in-worker.ts';

declare const self: {
  readonly __WB_MANIFEST: readonly string[];
  readonly clients: { matchAll(options: { type: 'window' }): Promise<readonly { postMessage(data: unknown): void }[]> };
  addEventListener(type: 'sync', listener: (event: SyncEvent) => void): void;
};

interface SyncEvent {
  readonly tag: string;
  waitUntil(work: Promise<unknown>): void;
}

precacheApp({ manifest: self.__WB_MANIFEST, base: '/pos/' });

// The network is back, and maybe no window is open: what was sold without it is handed in from here.
self.addEventListener('sync', (event) => {
  if (event.tag === OUTBOX_SYNC_TAG) event.waitUntil(handIn());
});

async function handIn(): Promise<void> {
  const waiting = await flushInWorker();
  for (const client of await self.clients.matchAll({ type: 'window' })) client.postMessage(createOutboxMessage());
  // The browser tries again, with pauses of its own, as long as this fails.
  if (waiting > 0) throw new Error(`${waiting} payments are still to be handed in.`);
}
