import type { RouteTable } from '../../shared/browser/state/router.ts';

/** The screens and their addresses under `/wallet/`. `pay` is where a code's link leads; the code itself stands behind `#`. */
export const SCREENS = {
  home: '',
  pay: 'p',
  scan: 'scan',
  code: 'code',
  history: 'history',
  entry: 'history/:entryId',
  'add-card': 'add-card',
  settings: 'settings',
  'without-network': 'without-network',
  verify: 'verify',
} as const satisfies RouteTable<string>;

export type ScreenName = keyof typeof SCREENS;
