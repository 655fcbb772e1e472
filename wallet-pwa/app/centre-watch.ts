import type { Store } from '../../shared/browser/state/store.ts';
import type { ProgrammeAnswer } from '../../shared/protocol/wire/programme.ts';
import type { ReadySession, Session } from '../account/account.ts';
import type { AccountKeeper } from '../account/account-keeper.ts';
import type { HistoryKeeper } from '../history/history-keeper.ts';
import type { Settler } from '../payment/settler.ts';
import type { CardStack } from './card-stack.ts';
import type { OfflinePayments } from './offline-payments.ts';
import type { PayCodes } from './pay-codes.ts';
import type { Unsettled } from './unsettled.ts';

/** How old a balance may get before somebody's eyes. */
const PROBE_EVERY_MS = 15_000;

export interface CentreWatchParts {
  readonly session: Store<Session>;
  readonly programme: Store<ProgrammeAnswer | undefined>;
  readonly isProgrammeMissing: Store<boolean>;
  readonly isOnline: Store<boolean>;
  readonly account: AccountKeeper;
  readonly cards: CardStack;
  readonly history: HistoryKeeper;
  readonly offline: OfflinePayments;
  readonly unsettled: Unsettled;
  readonly payCodes: PayCodes;
  readonly settler: Settler;
  /** A payment or a code is on the screen: those ask by themselves. */
  readonly isAskedOtherwise: () => boolean;
  readonly nowMs: () => number;
}

/** Asks the centre for whatever may be news to this phone, in the one order in which the answers fit together. */
export class CentreWatch {
  readonly #parts: CentreWatchParts;

  constructor(parts: CentreWatchParts) {
    this.#parts = parts;
  }

  start(): void {
    setInterval(() => this.#probe(), PROBE_EVERY_MS);
  }

  /** On start, on focus, when the network is back, after a payment. */
  async refresh(): Promise<void> {
    const { account, history, offline, unsettled, payCodes, settler, nowMs } = this.#parts;
    const ready = this.#ready();
    if (!ready) return this.#fetchProgramme();
    if (ready.isBegunAgain && (await account.checkCentre())) return;
    settler.hurry();
    // First of all: what was rehearsed names the certificate that a sync may replace.
    await offline.handInRehearsal();
    const synced = await account.sync();
    if (!synced.ok) return;
    await offline.sync();
    // Signed out meanwhile: nothing of it is this phone's any more.
    const still = this.#ready();
    if (!still) return;
    await unsettled.askAboutLeft(still.trust, nowMs());
    // First how codes ended, then the centre's list: a payment both tell of is put together once.
    await payCodes.settle();
    await history.fetchNewest();
  }

  /** What is on the cards now, and the movements where something has changed. */
  async refreshBalances(): Promise<void> {
    const { account, cards, history, offline } = this.#parts;
    const before = cards.balancesKey();
    const synced = await account.sync();
    if (synced.ok) await offline.sync();
    if (synced.ok && cards.balancesKey() !== before) await history.fetchNewest();
  }

  /** While somebody looks: money that was added shows by itself, and a dead uplink that came back, of which browsers say nothing. */
  #probe(): void {
    if (document.hidden) return;
    const { isOnline, programme, isAskedOtherwise } = this.#parts;
    const ready = this.#ready();
    if (!isOnline.value || (!ready && !programme.value) || ready?.isBegunAgain) void this.refresh();
    else if (ready?.isSignedIn && !isAskedOtherwise()) void this.refreshBalances();
  }

  async #fetchProgramme(): Promise<void> {
    const { account, programme, isProgrammeMissing } = this.#parts;
    const answer = await account.fetchProgramme();
    if (answer.ok) programme.set(answer.value);
    isProgrammeMissing.set(!answer.ok && answer.code === 'programme_missing');
  }

  #ready(): ReadySession | undefined {
    const { value } = this.#parts.session;
    return value.status === 'ready' ? value : undefined;
  }
}
