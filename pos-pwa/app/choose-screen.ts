import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import type { Desk } from '../sale/desk.ts';
import type { TillPhase } from '../till/till-phase.ts';
import { isLost } from '../till/till-trouble.ts';
import type { ScreenName } from './addresses.ts';

export type Screen =
  | 'starting'
  | 'failed'
  | 'activation'
  | 'lost'
  | 'operators'
  | 'counter'
  | Exclude<ScreenName, 'pad'>;

/** One screen at a time: first what the till is, then the sale or the scan in hand, then the address. */
export function chooseScreen(
  phase: TillPhase,
  desk: Pick<Desk, 'front' | 'scanning'>,
  route: ScreenName,
  trouble?: RefusalCode,
): Screen {
  switch (phase.name) {
    case 'starting':
      return 'starting';
    case 'failed':
      return 'failed';
    case 'not-activated':
      return 'activation';
    case 'signed-out':
      return isLost(trouble) ? 'lost' : 'operators';
    case 'open':
      if (desk.front || desk.scanning) return 'counter';
      if (route !== 'pad') return route;
      return isLost(trouble) ? 'lost' : 'counter';
  }
}

/** Screens that are not needed for a sale come when they are first opened; the service worker has them on the disk. */
export const LAZY_SCREENS: Partial<Record<Screen, () => Promise<unknown>>> = {
  activation: () => import('../activation/pos-activation.ts'),
  lost: () => import('../activation/pos-lost-till.ts'),
  operators: () => import('../operators/pos-operators.ts'),
  payments: () => import('../payments/pos-payments.ts'),
  receipt: () => import('../receipt/pos-receipt.ts'),
  verify: () => import('../receipt/pos-verify.ts'),
  settings: () => import('../settings/pos-settings.ts'),
  offline: () => import('../offline/pos-offline.ts'),
};
