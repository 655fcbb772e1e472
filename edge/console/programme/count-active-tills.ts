import { openRegistry } from '../../registry/open-registry.ts';
import { type Desk, findBooks } from '../operations/desk.ts';

/** Tills that can take payments, of all participants: open, and some tablet is the till. */
export async function countActiveTills(desk: Desk): Promise<number> {
  const counts = desk.programme.participants.map(async ({ code }) => {
    const books = findBooks(desk, code);
    if (!books) return 0;
    using registry = openRegistry(books.ledger);
    const terminals = await registry.shops.listTerminals();
    return terminals.filter(({ status, activatedAtMs }) => status === 'open' && activatedAtMs !== undefined).length;
  });
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}
