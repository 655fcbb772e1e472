import type { ScreenName } from '../routing/screens.ts';

/** Screens that are not part of the first load: each comes when it is opened, the likely next ones while nobody waits. */
const LATER: Partial<Record<ScreenName, () => Promise<unknown>>> = {
  scan: () => import('../screens/wallet-scan.ts'),
  code: () => import('../screens/wallet-show-code.ts'),
  history: () => import('../screens/wallet-history.ts'),
  entry: () => import('../screens/wallet-receipt.ts'),
  'add-card': () => import('../screens/wallet-add-card.ts'),
  settings: () => import('../screens/wallet-settings.ts'),
  'without-network': () => import('../screens/wallet-without-network.ts'),
  verify: () => import('../screens/wallet-verify.ts'),
};

/** Defines the screen's element; on the page already, it comes to life by itself. */
export async function loadScreen(name: ScreenName): Promise<void> {
  await LATER[name]?.();
}
