import type { RouteTable } from '../../shared/browser/state/router.ts';
import type { TraceKey } from '../../shared/protocol/identifiers.ts';

/** Where the till lives on its origin. */
export const BASE = '/pos/';

export type ScreenName = 'pad' | 'payments' | 'receipt' | 'verify' | 'settings' | 'offline';

/** Screens with an address of their own. A sale in hand has none: it comes over whatever is there. */
export const ROUTES: RouteTable<ScreenName> = {
  pad: '',
  payments: 'payments',
  receipt: 'receipt/:traceKey',
  verify: 'verify',
  settings: 'settings',
  offline: 'settings/offline',
};

export function addressOf(name: Exclude<ScreenName, 'receipt'>): string {
  return BASE + ROUTES[name];
}

/** Under the base, as `Router.go` takes it. */
export function receiptPath(traceKey: TraceKey): string {
  return `receipt/${traceKey}`;
}
