import type { TerminalId } from '../../shared/protocol/identifiers.ts';
import type { CentreSigner } from '../clearing/centre-signer.ts';
import type { Env } from '../env.ts';
import type { Books } from './books.ts';

/** What every part of the registry works with. Made once by the Ledger object that the registry lives in. */
export interface RegistryContext {
  readonly storage: DurableObjectStorage;
  readonly books: Books;
  readonly signer: CentreSigner;
  readonly env: Env;
  readonly now: () => number;
  /** Cuts a till's sockets when its terminal is closed or goes to another tablet. */
  readonly closeSockets: (terminalId: TerminalId) => void;
}
