import type { ApiClient, ApiResult } from '../../shared/browser/network/api-client.ts';
import { MovementsAnswer, WalletAnswer } from '../../shared/protocol/wire/wallet.ts';

/** When an answer was asked for and came, by performance.now(): what the clock is set by. */
export interface Timing {
  readonly sentAtMs: number;
  readonly receivedAtMs: number;
}

/** Cards with balances and fresh certificates, the keys of the day. Refuses `not_signed_in` when the session has ended. */
export function fetchWallet(api: ApiClient): Promise<ApiResult<WalletAnswer>> {
  return api.call({ path: 'wallet/sync', body: {}, answer: WalletAnswer });
}

/** @param before sequence of the oldest movement known; without it the newest fifty come */
export function fetchMovements(api: ApiClient, before?: number): Promise<ApiResult<MovementsAnswer>> {
  const query = before === undefined ? '' : `?before=${before}`;
  return api.call({ path: `wallet/movements${query}`, answer: MovementsAnswer });
}
