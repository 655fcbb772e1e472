import { accept } from '../../../shared/protocol/result.ts';
import type { Bookkeeper } from '../bookkeeper.ts';
import { isTillToTell, markToldTill } from './carried-requests.ts';
import type { RequestRecord } from './requests.ts';

/**
 * Before a till hears how requests stand that it did not hand in itself: from then on it knows that nobody had paid them. Halted
 * books still answer, and pay nothing afterwards.
 * @param load the requests that it is about to hear of
 */
export async function tellTill(books: Bookkeeper, load: (sql: SqlStorage) => readonly RequestRecord[]): Promise<void> {
  const { sources } = books;
  if (!sources) return;
  const untold = load(sources.sql).filter((request) => isTillToTell(sources.sql, request));
  if (untold.length === 0) return;
  await books.book(({ sql, nowMs }) => {
    for (const { hash } of untold) markToldTill(sql, hash, nowMs);
    return accept(true);
  });
}
