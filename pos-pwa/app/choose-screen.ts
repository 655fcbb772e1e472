import type { Desk } from '../sale/sale-desk.ts';
import type { TillPhase } from '../till/till-phase.ts';
import type { ScreenName } from './addresses.ts';

export type Screen = 'starting' | 'failed' | 'activation' | 'operators' | 'counter' | Exclude<ScreenName, 'pad'>;

/** One screen at a time: first what the till is, then the sale or the scan in hand, then the address. */
export function chooseScreen(phase: TillPhase, desk: Pick<Desk, 'front' | 'scanning'>, route: ScreenName): Screen {
  switch (phase.name) {
    case 'starting':
      return 'starting';
    case 'failed':
      return 'failed';
    case 'not-activated':
      return 'activation';
    case 'signed-out':
      return 'operators';
    case 'open':
      return desk.front || desk.scanning || route === 'pad' ? 'counter' : route;
  }
}

/** Screens that are not needed for a sale come when they are first opened; the service worker has them on the disk. */
export const LAZY_SCREENS: Partial<Record<Screen, () => Promise<unknown>>> = {
  activation: () => import('../activation/pos-activation.ts'),
  operators: () => import('../operators/pos-operators.ts'),
  payments: () => import('../payments/pos-payments.ts'),
  receipt: () => import('../receipt/pos-receipt.ts'),
  settings: () => import('../settings/pos-settings.ts'),
};
