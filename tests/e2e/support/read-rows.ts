import type { Page } from '@playwright/test';

/** What an app keeps in one store of its database, as it is on the disk now. */
export async function readRows<T = unknown>(page: Page, database: string, store: string): Promise<readonly T[]> {
  const rows = await page.evaluate(
    ([name, from]) =>
      new Promise<unknown[]>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const reading = opening.result.transaction(from).objectStore(from).getAll();
          reading.onerror = () => reject(reading.error);
          reading.onsuccess = () => {
            opening.result.close();
            resolve(reading.result);
          };
        };
      }),
    [database, store] as const,
  );
  return rows as T[];
}
