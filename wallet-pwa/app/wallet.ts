import { CorrectedClock } from '../../shared/browser/clock/corrected-clock.ts';
import { ApiClient } from '../../shared/browser/network/api-client.ts';
import { DemoNetwork } from '../../shared/browser/network/demo-network.ts';
import { NetworkState } from '../../shared/browser/network/network-state.ts';
import { askForBackgroundSync } from '../../shared/browser/outbox/background-sync.ts';
import { OutboxStore } from '../../shared/browser/outbox/outbox-store.ts';
import { Store } from '../../shared/browser/state/store.ts';
import { beginAnew } from '../../shared/browser/storage/begin-anew.ts';
import { KeyStore } from '../../shared/browser/storage/key-store.ts';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { Result } from '../../shared/protocol/result.ts';
import type { ProgrammeAnswer } from '../../shared/protocol/wire/programme.ts';
import type { ReadySession, Session } from '../account/account.ts';
import { AccountKeeper } from '../account/account-keeper.ts';
import type { Card } from '../cards/card.ts';
import { HistoryKeeper } from '../history/history-keeper.ts';
import type { KeptChain } from '../offline/kept-chain.ts';
import { isCodeShown } from '../pay-code/show-code-state.ts';
import { confirmWithPasskey } from '../payment/confirm-with-passkey.ts';
import type { PayFlow } from '../payment/pay-flow.ts';
import { isPaying, isPaymentShown } from '../payment/pay-state.ts';
import type { Settler } from '../payment/settler.ts';
import { AccountStore } from '../storage/account-store.ts';
import { CarriedStore } from '../storage/carried-store.ts';
import { ChainStore } from '../storage/chain-store.ts';
import { IntentStore } from '../storage/intent-store.ts';
import { MovementStore } from '../storage/movement-store.ts';
import { PayCodeStore } from '../storage/pay-code-store.ts';
import { PreferenceStore, type Preferences } from '../storage/preference-store.ts';
import { openWalletDatabase } from '../storage/wallet-database.ts';
import { CardStack } from './card-stack.ts';
import { CentreWatch } from './centre-watch.ts';
import { ConsentCodes } from './consent-codes.ts';
import { createPayFlow, PASSKEY_TIMEOUT_MS } from './create-pay-flow.ts';
import { createSettler } from './create-settler.ts';
import { exclusively } from './exclusively.ts';
import { OfflinePayments } from './offline-payments.ts';
import { PayCodes } from './pay-codes.ts';
import { PaymentNews } from './payment-news.ts';
import { Unsettled } from './unsettled.ts';

/** A payment signed this short a time ago is still waited for at the counter: after a reload it is shown at once. */
const STILL_AT_THE_COUNTER_MS = 10 * 60_000;

/**
 * The wallet without its screens: every part made once and joined here. Screens see stores and call methods; what talks to the
 * network, the disk or the passkey is behind them.
 */
export class Wallet {
  readonly session = new Store<Session>({ status: 'loading' });
  /** With what is set aside on this phone, and left of it. */
  readonly cards: Store<readonly Card[]>;
  readonly preferences = new Store<Preferences>({});
  /** Who runs this, for somebody who has no wallet yet. */
  readonly programme = new Store<ProgrammeAnswer | undefined>(undefined);
  /** Nobody has set the programme up yet. */
  readonly isProgrammeMissing = new Store(false);
  readonly network: NetworkState;
  readonly demoNetwork = new DemoNetwork('wallet');
  readonly account: AccountKeeper;
  readonly history: HistoryKeeper;
  readonly payment: PayFlow;
  readonly payCodes: PayCodes;
  readonly consentCodes: ConsentCodes;
  readonly offline: OfflinePayments;
  readonly unsettled: Unsettled;
  readonly news: PaymentNews;

  readonly #keys = new KeyStore('wallet');
  readonly #intents: IntentStore;
  readonly #chains = new Store<readonly KeptChain[]>([]);
  readonly #cardStack = new CardStack(this.#chains, () => this.nowMs());
  readonly #preferenceStore: PreferenceStore;
  readonly #settler: Settler;
  readonly #api: ApiClient;
  readonly #carried: CarriedStore;
  readonly #centre: CentreWatch;
  #clock = new CorrectedClock();

  constructor() {
    const database = openWalletDatabase(beginAnew);
    this.cards = this.#cardStack.shown;
    this.#intents = new IntentStore(database);
    this.#preferenceStore = new PreferenceStore(database);
    const isOnLine = navigator.onLine && !this.demoNetwork.isPulled.value;
    this.network = new NetworkState(() => void this.refresh(), globalThis, isOnLine);
    this.#api = new ApiClient({ network: this.network, fetch: this.demoNetwork.fetch });
    const payCodes = new PayCodeStore(database);
    const outbox = new OutboxStore(database);
    this.history = new HistoryKeeper(this.#api, this.#intents, new MovementStore(database), payCodes, outbox);
    this.account = new AccountKeeper({
      api: this.#api,
      keys: this.#keys,
      accounts: new AccountStore(database),
      session: this.session,
      cards: this.#cardStack.known,
      exclusively,
      setClock: (centreTimeMs, timing) => {
        const clock = this.#clock.sync(centreTimeMs, timing);
        if (clock) void this.#preferenceStore.save({ clock });
      },
    });
    this.news = new PaymentNews({
      payment: () => this.payment,
      cards: this.#cardStack,
      ready: () => this.#ready(),
      loadHistory: () => this.history.load(),
      refresh: () => this.refresh(),
      askForSync: () => {
        // Pulled in a demo, it is gone for this window alone: the service worker would find it.
        if (!this.demoNetwork.isPulled.value) void askForBackgroundSync();
      },
    });
    this.#settler = createSettler(
      {
        intents: this.#intents,
        outbox,
        api: this.#api,
        account: this.account,
        trust: () => this.#ready()?.trust,
        nowMs: () => this.nowMs(),
      },
      (news) => void this.news.hear(news),
    );
    this.unsettled = new Unsettled({ intents: this.#intents, outbox, settler: this.#settler, api: this.#api });
    this.#carried = new CarriedStore(database);
    this.offline = this.#createOffline(new ChainStore(database));
    this.payment = createPayFlow({
      intents: this.#intents,
      keys: this.#keys,
      settler: this.#settler,
      offline: this.offline,
      ready: () => this.#ready(),
      cards: () => this.cards.value,
      lastCard: () => this.preferences.value.lastCard,
      rememberCard: (accountNumber) => this.rememberCard(accountNumber),
      sync: async () => void (await this.account.sync()),
      askPasskey: (hash, timeoutMs) => this.#askPasskey(hash, timeoutMs),
      // It is off what is set aside, and in the list.
      onGiven: () => void this.offline.load().then(() => this.history.load()),
      nowMs: () => this.nowMs(),
    });
    this.consentCodes = new ConsentCodes({
      payment: this.payment.state,
      settings: () => this.#mustBeReady().account.programme.payCode,
      revocations: () => this.offline.revocations.value?.document,
      nowMs: () => this.nowMs(),
    });
    this.payCodes = this.#createPayCodes(payCodes);
    this.#centre = new CentreWatch({
      session: this.session,
      programme: this.programme,
      isProgrammeMissing: this.isProgrammeMissing,
      isOnline: this.network.isOnline,
      account: this.account,
      cards: this.#cardStack,
      history: this.history,
      offline: this.offline,
      unsettled: this.unsettled,
      payCodes: this.payCodes,
      settler: this.#settler,
      isAskedOtherwise: () => isPaymentShown(this.payment.state.value) || isCodeShown(this.payCodes.flow.state.value),
      nowMs: () => this.nowMs(),
    });
    this.session.subscribe((session) => {
      if (session.status === 'ready' && session.isBegunAgain) this.#closeAll();
    });
  }

  /** From the disk alone, so that the wallet opens with no network. Throws where there is no storage to open. */
  async start(): Promise<void> {
    const preferences = await this.#preferenceStore.load();
    this.preferences.set(preferences);
    this.#clock = new CorrectedClock(preferences.clock);
    await this.account.load();
    await this.offline.load();
    if (this.session.value.status === 'ready') {
      await this.history.load();
      await this.payment.resume();
      await this.payCodes.flow.resume();
      await this.#showUnsettled();
    }
    this.#centre.start();
  }

  /** On start, on focus, when the network is back, after a payment. */
  refresh(): Promise<void> {
    return this.#centre.refresh();
  }

  /** What is on the cards now, and the movements where something has changed. */
  refreshBalances(): Promise<void> {
    return this.#centre.refreshBalances();
  }

  /**
   * Forgets the wallet on this phone. What is unsettled is handed in first, and what is set aside is given back, where the centre can
   * be reached.
   * @returns false while anything is unsettled, or an allowance was spent from and could not be closed
   */
  async signOut(): Promise<boolean> {
    if (this.network.isOnline.value) {
      await this.#settler.flush();
      await this.offline.closeAll();
    }
    return this.account.signOut();
  }

  /** The till's answer, scanned on any screen: it finds its payment by itself. */
  async takeAnswer(text: string): Promise<void> {
    const { findAccepted } = await import('../offline/find-accepted.ts');
    await this.payment.acceptFound(text, findAccepted(text, await this.#intents.loadByStatus('signed')));
    await this.history.load();
  }

  /** The programme was begun again, and the person has seen what is lost: this wallet makes room for a new one. */
  async beginAgain(): Promise<void> {
    this.#closeAll();
    await this.account.forgetBegunAgain();
    await this.history.load();
    await this.refresh();
  }

  /** "Try now": does not wait for the next turn. */
  hurry(): void {
    this.#settler.hurry();
  }

  nowMs(): number {
    return this.#clock.nowMs();
  }

  rememberCard(lastCard: Preferences['lastCard'] & string): void {
    this.remember({ lastCard });
  }

  remember(change: Preferences): void {
    this.preferences.update((known) => ({ ...known, ...change }));
    void this.#preferenceStore.save(change);
  }

  /** After sign-up or sign-in. */
  async afterEnrolment(): Promise<void> {
    await this.history.load();
    this.#settler.hurry();
    await this.history.fetchNewest();
  }

  #closeAll(): void {
    this.payment.close();
    this.payCodes.flow.leave();
  }

  #ready(): ReadySession | undefined {
    return this.session.value.status === 'ready' ? this.session.value : undefined;
  }

  async #showUnsettled(): Promise<void> {
    const unsettled = await this.#intents.loadByStatus('signed');
    const newest = unsettled.toSorted((left, right) => right.authorisedAtMs - left.authorisedAtMs)[0];
    if (newest && this.nowMs() - newest.authorisedAtMs < STILL_AT_THE_COUNTER_MS) this.payment.showChecking(newest);
  }

  #createPayCodes(codes: PayCodeStore): PayCodes {
    return new PayCodes({
      codes,
      api: this.#api,
      payment: this.payment,
      ready: () => this.#ready(),
      cards: () => this.cards.value,
      preferences: () => this.preferences.value,
      remember: (change) => this.remember(change),
      sync: async () => void (await this.account.sync()),
      isOnline: () => this.network.isOnline.value,
      createSocket: this.demoNetwork.createSocket,
      onPaid: (code, isShown) => void this.news.hearCode(code, isShown),
      onOutstanding: () => void this.history.load(),
      nowMs: () => this.nowMs(),
    });
  }

  #createOffline(chains: ChainStore): OfflinePayments {
    return new OfflinePayments(this.#chains, {
      api: this.#api,
      chains,
      carried: this.#carried,
      ready: () => this.#ready(),
      cards: this.#cardStack,
      preferences: () => this.preferences.value,
      remember: (change) => this.remember(change),
      flush: () => this.#settler.flush(),
      isPaying: () => isPaying(this.payment.state.value),
      isOnline: this.network.isOnline,
      askPasskey: (hash) => this.#askPasskey(hash, PASSKEY_TIMEOUT_MS),
      nowMs: () => this.nowMs(),
      exclusively,
    });
  }

  #askPasskey(hash: Bytes, timeoutMs: number): Promise<Result<Bytes>> {
    const { credentialId, programme } = this.#mustBeReady().account;
    return confirmWithPasskey(hash, { credentialId, rpId: programme.rpId, origin: location.origin, timeoutMs });
  }

  #mustBeReady(): ReadySession {
    const session = this.#ready();
    if (!session) throw new Error('There is no wallet on this phone.');
    return session;
  }
}
