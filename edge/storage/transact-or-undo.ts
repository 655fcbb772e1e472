import type { Result } from '../../shared/protocol/result.ts';

/** Runs in one transaction. A refusal undoes what was written before it was found; anything else that is thrown is a bug and stays one. */
export function transactOrUndo<T>(storage: DurableObjectStorage, run: () => Result<T>): Result<T> {
  let refusal: Result<T> | undefined;
  try {
    return storage.transactionSync(() => {
      const result = run();
      if (result.ok) return result;
      refusal = result;
      throw new Error('undo');
    });
  } catch (error) {
    if (refusal) return refusal;
    throw error;
  }
}
