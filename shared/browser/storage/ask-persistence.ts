export interface Persistence {
  /** False: the browser may clear this site's storage when space runs short. Say so before money is kept offline. */
  readonly isPersistent: boolean;
  /** Rough, by the browser's own account; undefined where it does not say. */
  readonly freeBytes: number | undefined;
}

/** Asks the browser not to clear our storage. May be refused, and in some browsers asks the person: call after a click. */
export async function askPersistence(storage: StorageManager | undefined = navigator.storage): Promise<Persistence> {
  const isPersistent =
    (await storage?.persisted?.().catch(() => false)) || (await storage?.persist?.().catch(() => false)) || false;
  const estimate = await storage?.estimate?.().catch(() => undefined);
  const freeBytes =
    estimate?.quota === undefined || estimate.usage === undefined ? undefined : estimate.quota - estimate.usage;
  return { isPersistent, freeBytes };
}
