import type { OutboxItem } from './outbox-order.ts';
import type { OutboxStep } from './outbox-policy.ts';

/** Where an outbox keeps how its items stand. Every write is on the disk before its promise resolves. */
export interface OutboxStorage {
  loadAll(): Promise<readonly OutboxItem[]>;
  load(id: string): Promise<OutboxItem | undefined>;
  /** Only where it is still to be handed in: another window may have brought it to its end meanwhile. */
  put(item: OutboxItem): Promise<void>;
  remove(id: string): Promise<void>;
}

/** Writes down what became of one try. @returns the item as it stands now; undefined when it is gone */
export async function applyStep(
  storage: OutboxStorage,
  item: OutboxItem,
  step: OutboxStep,
  nowMs: number,
): Promise<OutboxItem | undefined> {
  if (step.kind === 'remove') {
    await storage.remove(item.id);
    return undefined;
  }
  const failures = item.failures + 1;
  const next: OutboxItem =
    step.kind === 'park'
      ? { ...item, failures, parkedFor: step.code }
      : { ...item, failures, dueAtMs: nowMs + step.delayMs };
  await storage.put(next);
  return next;
}

/** A person asks for another try of what stepped aside. */
export async function unpark(storage: OutboxStorage, id: string, nowMs: number): Promise<void> {
  const item = await storage.load(id);
  if (!item?.parkedFor) return;
  const { parkedFor: _, ...rest } = item;
  await storage.put({ ...rest, failures: 0, dueAtMs: nowMs });
}
