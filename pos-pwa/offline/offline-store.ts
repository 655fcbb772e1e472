import type { OutboxItem } from '../../shared/browser/outbox/outbox-order.ts';
import type { TraceKey } from '../../shared/protocol/identifiers.ts';
import type { Sale } from '../sale/sale.ts';
import type { KeptAllowance, OfflineState } from './offline-state.ts';

/** All that a decision on one consent is made by, as it was at one moment. */
export interface OfflinePicture {
  readonly sale: Sale | undefined;
  readonly state: OfflineState;
  /** Undefined: nothing was taken out of this allowance yet. */
  readonly seen: KeptAllowance | undefined;
}

/** What is left out stays as it is. */
export interface OfflineChange {
  readonly sale?: Sale;
  readonly state?: OfflineState;
  readonly seen?: KeptAllowance;
  readonly outboxItem?: OutboxItem;
}

/** Where a till keeps what it takes alone. Every write is on the disk before its promise resolves, all of it or nothing. */
export interface OfflineStore {
  /** @param allowance serial in hex */
  load(traceKey: TraceKey, allowance: string): Promise<OfflinePicture>;
  /**
   * Reads, decides and writes in one transaction, so that two windows of one till never both take the last of a limit.
   * @param decide is called once, at once, and must not wait for anything
   */
  change<T>(
    traceKey: TraceKey,
    allowance: string,
    decide: (picture: OfflinePicture) => { readonly change: OfflineChange; readonly value: T },
  ): Promise<T>;
}
