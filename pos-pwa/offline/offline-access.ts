import { Store } from '../../shared/browser/state/store.ts';
import type { OfflineTill } from './offline-till.ts';

/** What screens say of selling without network. */
export interface OfflineView {
  /** What may still be taken without network, minor units, and until when; undefined: not known yet. */
  readonly room: { readonly leftMinor: number; readonly untilMs: number } | undefined;
  /** Ended here, and still on its way to the centre. */
  readonly unsettled: { readonly count: number; readonly amountMinor: number };
  /** How far the outbox is; undefined while it rests. */
  readonly handingIn: { readonly done: number; readonly total: number } | undefined;
  /** Goes up with every sale that is settled: lists on the screen are read again. */
  readonly newsCount: number;
}

const NOTHING: OfflineView = {
  room: undefined,
  unsettled: { count: 0, amountMinor: 0 },
  handingIn: undefined,
  newsCount: 0,
};

/**
 * Selling without network, as the first screen needs it: its words at once, its parts as soon as they are there. They come after
 * the first screen is drawn; the service worker has them on the disk.
 */
export class OfflineAccess {
  readonly view = new Store<OfflineView>(NOTHING);
  readonly #create: (view: Store<OfflineView>) => Promise<OfflineTill>;
  #loading: Promise<OfflineTill> | undefined;

  constructor(create: (view: Store<OfflineView>) => Promise<OfflineTill>) {
    this.#create = create;
  }

  /** Rejects where the parts cannot be fetched; the next call tries again. */
  load(): Promise<OfflineTill> {
    this.#loading ??= this.#create(this.view).catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    });
    return this.#loading;
  }
}
