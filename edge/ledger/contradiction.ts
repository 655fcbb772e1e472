/** The books contradict themselves: a bug or damaged storage. Postings stop; reading and receipts go on. */
export class LedgerContradiction extends Error {}

/** For what a decision has ruled out already. */
export function assertBooks(isTrue: boolean, statement: string): asserts isTrue {
  if (!isTrue) throw new LedgerContradiction(statement);
}

/**
 * Whether an error of a posting says that the books are wrong, and not only that the storage failed (a full disk): an
 * assertion of ours, or a rule of the tables that only holds when the decision before it was right.
 */
export function isContradiction(error: unknown): error is Error {
  if (error instanceof LedgerContradiction) return true;
  return error instanceof Error && /SQLITE_CONSTRAINT|constraint failed|append-only/.test(error.message);
}
