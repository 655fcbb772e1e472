import { unlockSound } from '../shared/browser/feedback/sounds.ts';
import { DemoNetwork } from '../shared/browser/network/demo-network.ts';
import { AppUpdates } from '../shared/browser/service-worker/app-updates.ts';
import { Store } from '../shared/browser/state/store.ts';
import { beginAnew } from '../shared/browser/storage/begin-anew.ts';
import { KeyStore } from '../shared/browser/storage/key-store.ts';
import { applyThemeChoice, loadThemeChoice } from '../shared/browser/theme/theme-choice.ts';
import { refuse } from '../shared/protocol/result.ts';
import { BASE } from './app/addresses.ts';
import { watchInstallOffer } from './app/install-offer.ts';
import { PosApp } from './app/pos-app.ts';
import { OfflineAccess } from './offline/offline-access.ts';
import { PaymentsBook } from './payments/payments-book.ts';
import type { Sale } from './sale/sale.ts';
import { SaleDesk } from './sale/sale-desk.ts';
import { say } from './say.ts';
import { SaleStore } from './storage/sale-store.ts';
import { TerminalStore } from './storage/terminal-store.ts';
import { openTillDatabase } from './storage/till-database.ts';
import { Till } from './till/till.ts';

/** News of the centre (keys of the day, cashiers, certificate) are fetched this often while the till is open. */
const SYNC_EVERY_MS = 30 * 60_000;
const SESSION_CHECK_EVERY_MS = 60_000;

applyThemeChoice(loadThemeChoice('pos'));
unlockSound();
const installOffer = watchInstallOffer();

const database = openTillDatabase({
  onBlocked: () => {
    document.body.textContent = say('app.blocked');
  },
  onCleared: beginAnew,
});
const sales = new SaleStore(database);
const till = new Till(new TerminalStore(database), new KeyStore('pos'), new DemoNetwork('pos'));
const offline = new OfflineAccess(async (view) => {
  const { OfflineTill } = await import('./offline/offline-till.ts');
  const onChange = (sale: Sale) => desk.learn(sale, sale.state.status === 'not-settled');
  const onChangedElsewhere = () => void desk.reread();
  const offlineTill = new OfflineTill({ till, sales, database, view, onChange, onChangedElsewhere });
  void offlineTill.start().catch(reportError);
  return offlineTill;
});
const desk: SaleDesk = new SaleDesk(till, sales, (sale) =>
  offline.load().then(
    (offlineTill) => offlineTill.takeAlone(sale),
    () => refuse('no_network'),
  ),
);
const book = new PaymentsBook(till, sales, desk);
/** How it ended is part of a sale: a cashier may still be turning the screen to the customer. */
const isSaleShown = new Store(false);
desk.desk.subscribe(({ front, scanning, customer }) =>
  isSaleShown.set(front !== undefined || scanning !== undefined || customer !== undefined),
);
const updates = new AppUpdates(`${BASE}sw.js`, isSaleShown);

till.phase.subscribe(({ name }) => {
  if (name === 'not-activated') desk.stop();
});
await till.start();
if (till.terminal) await desk.start();

const app = new PosApp();
app.services = { till, desk, book, offline, updates, installOffer };
document.body.append(app);

// The first screen does not wait for the network: everything it needs is on the disk.
void till.sync();
void offline.load().catch(reportError);
setInterval(() => void till.sync(), SYNC_EVERY_MS);
setInterval(() => {
  // Between sales: nobody is signed out with a customer before them.
  if (!isSaleShown.value) void till.endExpiredSession();
}, SESSION_CHECK_EVERY_MS);
void updates.register();
