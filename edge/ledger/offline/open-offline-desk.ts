import type { Ledger } from '../ledger.ts';

type LedgerStub = DurableObjectStub<Ledger>;

/** What a participant's books know of paying without network, over RPC. Declare it with `using`, as the registry. */
export function openOfflineDesk(ledger: LedgerStub): ReturnType<LedgerStub['offline']> & Disposable {
  // The runtime's promises of stubs are disposable, which their types do not say.
  return ledger.offline() as ReturnType<LedgerStub['offline']> & Disposable;
}
