import type { AppUpdates } from '../../shared/browser/service-worker/app-updates.ts';
import type { Store } from '../../shared/browser/state/store.ts';
import type { OfflineAccess } from '../offline/offline-access.ts';
import type { PaymentsBook } from '../payments/payments-book.ts';
import type { SaleDesk } from '../sale/sale-desk.ts';
import type { Till } from '../till/till.ts';
import type { InstallOffer } from './install-offer.ts';

/** What the app is made of. Made once in main.ts; screens are given only the parts they need. */
export interface PosServices {
  readonly till: Till;
  readonly desk: SaleDesk;
  readonly book: PaymentsBook;
  readonly offline: OfflineAccess;
  readonly updates: AppUpdates;
  readonly installOffer: Store<InstallOffer>;
}
