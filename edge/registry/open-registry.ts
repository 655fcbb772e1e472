import type { Ledger } from '../ledger/ledger.ts';

type LedgerStub = DurableObjectStub<Ledger>;

/**
 * The registry of a participant, over RPC. Declare it with `using`: the Ledger object then knows when nobody asks any more,
 * and calls through it travel together with the asking, without waiting for each other.
 */
export function openRegistry(ledger: LedgerStub): ReturnType<LedgerStub['registry']> & Disposable {
  // The runtime's promises of stubs are disposable, which their types do not say.
  return ledger.registry() as ReturnType<LedgerStub['registry']> & Disposable;
}
