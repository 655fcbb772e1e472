import { APP_VERSION } from '../shared/browser/app-version.ts';
import { unlockSound } from '../shared/browser/feedback/sounds.ts';
import { isOutboxMessage } from '../shared/browser/outbox/background-sync.ts';
import { AppUpdates } from '../shared/browser/service-worker/app-updates.ts';
import { Store } from '../shared/browser/state/store.ts';
import { applyThemeChoice, loadThemeChoice } from '../shared/browser/theme/theme-choice.ts';
import { InstallOffer } from './app/install-offer.ts';
import { loadScreen } from './app/load-screen.ts';
import { Wallet } from './app/wallet.ts';
import { WalletApp } from './app/wallet-app.ts';
import { loadOfflineParts } from './parts/load-offline-parts.ts';
import { isCodeShown } from './pay-code/show-code-state.ts';
import { isPaymentShown } from './payment/pay-state.ts';

applyThemeChoice(loadThemeChoice('wallet'));
unlockSound();

const wallet = new Wallet();
const isBusy = new Store(false);
const { payment, payCodes } = wallet;
const tellBusy = () => isBusy.set(isPaymentShown(payment.state.value) || isCodeShown(payCodes.flow.state.value));
payment.state.subscribe(tellBusy);
payCodes.flow.state.subscribe(tellBusy);
const updates = new AppUpdates('/wallet/sw.js', isBusy);
const app = new WalletApp({ wallet, updates, install: new InstallOffer(), version: APP_VERSION });
document.body.append(app);

navigator.serviceWorker?.addEventListener('message', ({ data }) => {
  if (isOutboxMessage(data)) void wallet.refresh();
});

await app.start();
// After the first screen stands: neither must slow it down.
await updates.register();
await Promise.all([loadScreen('scan'), loadScreen('code'), loadOfflineParts()]);
