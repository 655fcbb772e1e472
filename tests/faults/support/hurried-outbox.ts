import { Outbox } from '../../../shared/browser/outbox/outbox.ts';
import { createOutboxItem, type OutboxItem } from '../../../shared/browser/outbox/outbox-order.ts';
import type { HandInResult } from '../../../shared/browser/outbox/outbox-policy.ts';
import type { OutboxStorage } from '../../../shared/browser/outbox/outbox-storage.ts';

/** Pauses of minutes pass in half a second. */
const HURRY = 600;

/**
 * The outbox of both apps, over a memory in place of a disk and a clock that runs ahead. @returns when it has handed in
 * everything, what stepped aside
 */
export async function drainOutbox(
  ids: readonly string[],
  handIn: (id: string) => Promise<HandInResult>,
  options: { readonly parallelMax: number },
): Promise<readonly OutboxItem[]> {
  const startedAtMs = Date.now();
  const nowMs = () => startedAtMs + (Date.now() - startedAtMs) * HURRY;
  const items = new Map(ids.map((id, place) => [id, createOutboxItem(id, place, startedAtMs)]));
  const outbox = new Outbox({
    storage: inMemory(items),
    handIn: ({ id }) => handIn(id),
    locks: oneAtATime(),
    lockName: 'outbox',
    random: Math.random,
    nowMs,
    setTimer: (run, delayMs) => {
      const timer = setTimeout(run, delayMs / HURRY);
      return () => clearTimeout(timer);
    },
    ...options,
  });
  const isDrained = () => [...items.values()].every(({ parkedFor }) => parkedFor !== undefined);
  const drained = new Promise<void>((resolve) => {
    const stop = outbox.progress.subscribe(() => {
      if (!isDrained()) return;
      stop();
      resolve();
    });
  });
  await outbox.hurry();
  if (!isDrained()) await drained;
  return [...items.values()];
}

function inMemory(items: Map<string, OutboxItem>): OutboxStorage {
  return {
    loadAll: async () => [...items.values()],
    load: async (id) => items.get(id),
    put: async (item) => void items.set(item.id, item),
    remove: async (id) => void items.delete(id),
  };
}

/** One window alone: the lock is always free. */
function oneAtATime(): Pick<LockManager, 'request'> {
  const request = async (_name: string, _options: unknown, run: (lock: Lock) => unknown) => run({} as Lock);
  return { request } as unknown as Pick<LockManager, 'request'>;
}
