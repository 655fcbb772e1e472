import type { CentreSigner } from '../clearing/centre-signer.ts';
import type { Env } from '../env.ts';
import type { Books } from './books.ts';
import type { SocketTag } from './socket-tags.ts';

/** What every part of the registry works with. Made once by the Ledger object that the registry lives in. */
export interface RegistryContext {
  readonly storage: DurableObjectStorage;
  readonly books: Books;
  readonly signer: CentreSigner;
  readonly env: Env;
  readonly now: () => number;
  /** Cuts the sockets of a device whose session ended: a till that was closed or replaced, a phone that was signed out. */
  readonly closeSockets: (tag: SocketTag) => void;
}
