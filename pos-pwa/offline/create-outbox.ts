import { setTimer } from '../../shared/browser/clock/set-timer.ts';
import { Outbox } from '../../shared/browser/outbox/outbox.ts';
import type { OutboxItem } from '../../shared/browser/outbox/outbox-order.ts';
import type { HandInResult } from '../../shared/browser/outbox/outbox-policy.ts';
import type { OutboxStorage } from '../../shared/browser/outbox/outbox-storage.ts';

/** Enough to keep a slow line busy; few enough that a hundred tills that come back together leave room for each other. */
const PARALLEL_MAX = 2;

/** The till's one queue, in a window and in the service worker alike: the lock lets one of them at it at a time. */
export function createOutbox(storage: OutboxStorage, handIn: (item: OutboxItem) => Promise<HandInResult>): Outbox {
  return new Outbox({
    storage,
    handIn,
    locks: navigator.locks,
    lockName: 'tandem-pos-outbox',
    random: Math.random,
    nowMs: Date.now,
    setTimer,
    parallelMax: PARALLEL_MAX,
  });
}
