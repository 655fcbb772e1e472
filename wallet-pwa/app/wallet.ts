import { CorrectedClock } from '../../shared/browser/clock/corrected-clock.ts';
import { ApiClient } from '../../shared/browser/network/api-client.ts';
import { DemoNetwork } from '../../shared/browser/network/demo-network.ts';
import { NetworkState } from '../../shared/browser/network/network-state.ts';
import { Store } from '../../shared/browser/state/store.ts';
import { KeyStore } from '../../shared/browser/storage/key-store.ts';
import type { Currency } from '../../shared/protocol/currency.ts';
import type { AccountNumber } from '../../shared/protocol/identifiers.ts';
import type { ProgrammeAnswer } from '../../shared/protocol/wire/programme.ts';
import type { ReadySession, Session } from '../account/account.ts';
import { AccountKeeper } from '../account/account-keeper.ts';
import type { Card } from '../cards/card.ts';
import { HistoryKeeper } from '../history/history-keeper.ts';
import { isCodeShown } from '../pay-code/code-state.ts';
import type { KeptPayCode } from '../pay-code/kept-pay-code.ts';
import { askCentre } from '../payment/ask-centre.ts';
import { confirmWithPasskey } from '../payment/confirm-with-passkey.ts';
import { createIntent } from '../payment/create-intent.ts';
import { handIn } from '../payment/hand-in.ts';
import { PayFlow } from '../payment/pay-flow.ts';
import { isPaymentShown, waitedFor } from '../payment/pay-state.ts';
import { Settler, type SettlerNews } from '../payment/settler.ts';
import { AccountStore } from '../storage/account-store.ts';
import { IntentStore } from '../storage/intent-store.ts';
import { MovementStore } from '../storage/movement-store.ts';
import { PayCodeStore } from '../storage/pay-code-store.ts';
import { PreferenceStore, type Preferences } from '../storage/preference-store.ts';
import { openWalletDatabase } from '../storage/wallet-database.ts';
import { ConsentCodes } from './consent-codes.ts';
import { PayCodes } from './pay-codes.ts';

/** Longer than this the passkey dialogue is not left open: whoever went away comes back to the sheet. */
const PASSKEY_TIMEOUT_MS = 60_000;

/** How old a balance may get before somebody's eyes. */
const PROBE_EVERY_MS = 15_000;

/** A payment signed this short a time ago is still waited for at the counter: after a reload it is shown at once. */
const STILL_AT_THE_COUNTER_MS = 10 * 60_000;

/** A payment that ended while its screen was closed. */
export interface SettledNotice {
  readonly isPaid: boolean;
  readonly amountMinor: number;
  readonly currency: Currency;
  readonly shopName: string;
}

/**
 * The wallet without its screens: every part made once and joined here. Screens see stores and call methods; what talks to the
 * network, the disk or the passkey is behind them.
 */
export class Wallet {
  readonly session = new Store<Session>({ status: 'loading' });
  readonly cards = new Store<readonly Card[]>([]);
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
  /** Told of payments that ended while their screen was closed. */
  readonly settledElsewhere = new Store<SettledNotice | undefined>(undefined);

  readonly #keys = new KeyStore('wallet');
  readonly #intents: IntentStore;
  readonly #preferenceStore: PreferenceStore;
  readonly #settler: Settler;
  readonly #api: ApiClient;
  #clock = new CorrectedClock();

  constructor() {
    const database = openWalletDatabase();
    this.#intents = new IntentStore(database);
    this.#preferenceStore = new PreferenceStore(database);
    const isOnLine = navigator.onLine && !this.demoNetwork.isPulled.value;
    this.network = new NetworkState(() => void this.refresh(), globalThis, isOnLine);
    this.#api = new ApiClient({ network: this.network, fetch: this.demoNetwork.fetch });
    const payCodes = new PayCodeStore(database);
    this.history = new HistoryKeeper(this.#api, this.#intents, new MovementStore(database), payCodes);
    this.account = new AccountKeeper({
      api: this.#api,
      keys: this.#keys,
      accounts: new AccountStore(database),
      session: this.session,
      cards: this.cards,
      setClock: (centreTimeMs, timing) => {
        const clock = this.#clock.sync(centreTimeMs, timing);
        if (clock) void this.#preferenceStore.save({ clock });
      },
    });
    this.#settler = this.#createSettler();
    this.payment = this.#createPayFlow();
    this.consentCodes = new ConsentCodes({
      payment: this.payment.state,
      settings: () => this.#mustBeReady().account.programme.payCode,
      nowMs: () => this.nowMs(),
    });
    this.payCodes = this.#createPayCodes(payCodes);
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
    if (this.session.value.status === 'ready') {
      await this.history.load();
      await this.payment.resume();
      await this.payCodes.flow.resume();
      await this.#showUnsettled();
    }
    setInterval(() => this.#probe(), PROBE_EVERY_MS);
  }

  /** On start, on focus, when the network is back, after a payment. */
  async refresh(): Promise<void> {
    if (this.session.value.status !== 'ready') {
      const programme = await this.account.fetchProgramme();
      if (programme.ok) this.programme.set(programme.value);
      this.isProgrammeMissing.set(!programme.ok && programme.code === 'programme_missing');
      return;
    }
    if (this.session.value.isBegunAgain && (await this.account.checkCentre())) return;
    this.#settler.hurry();
    const synced = await this.account.sync();
    if (!synced.ok) return;
    // First how codes ended, then the centre's list: a payment both tell of is put together once.
    await this.payCodes.settle();
    await this.history.fetchNewest();
  }

  /** What is on the cards now, and the movements where something has changed. */
  async refreshBalances(): Promise<void> {
    const before = describeBalances(this.cards.value);
    const synced = await this.account.sync();
    if (synced.ok && describeBalances(this.cards.value) !== before) await this.history.fetchNewest();
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

  /**
   * While somebody looks: money that was added shows by itself, and a dead uplink that came back, of which browsers say nothing.
   * Not while a payment or a code is on the screen: those ask by themselves.
   */
  #probe(): void {
    if (document.hidden) return;
    const ready = this.#ready();
    if (!this.network.isOnline.value || (!ready && !this.programme.value) || ready?.isBegunAgain) void this.refresh();
    else if (
      ready?.isSignedIn &&
      !isPaymentShown(this.payment.state.value) &&
      !isCodeShown(this.payCodes.flow.state.value)
    ) {
      void this.refreshBalances();
    }
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

  #createSettler(): Settler {
    const parts = {
      intents: this.#intents,
      handIn: async (intent, { isFresh, ...handInTry }) => {
        const trust = this.#ready()?.trust;
        if (!trust) return { kind: 'again', code: 'not_signed_in' };
        const context = { api: this.#api, trust, nowMs: this.nowMs() };
        const result = await handIn(intent, handInTry, context);
        if (result.kind === 'again' && result.code === 'certificate_invalid') await this.account.sync();
        if (result.kind !== 'unsigned') return result;
        // A centre that has begun again refuses what it never knew: that is no word on this payment.
        if (await this.account.checkCentre()) return { kind: 'again', code: result.code };
        if (!isFresh) return askCentre(intent, result.code, context);
        return { kind: 'ended', event: { kind: 'refuse', code: result.code, atMs: this.nowMs() } };
      },
      random: Math.random,
      elapsedMs: () => performance.now(),
      setTimer: (run, delayMs) => {
        const timer = setTimeout(run, delayMs);
        return () => clearTimeout(timer);
      },
      locks: navigator.locks,
    } satisfies ConstructorParameters<typeof Settler>[0];
    return new Settler(parts, (news) => void this.#onNews(news));
  }

  async #onNews(news: SettlerNews): Promise<void> {
    const shown = this.payment.state.value;
    const { accountNumber, facts, state } = news.intent;
    if (state.status === 'paid') this.#takeOffBalance(accountNumber, facts.amountMinor, state.decidedAtMs);
    this.payment.hear(news);
    if (news.kind !== 'ended') return;
    await this.history.load();
    if (waitedFor(shown)?.id !== news.intent.id)
      this.settledElsewhere.set({ isPaid: state.status === 'paid', ...facts });
    await this.refresh();
  }

  /** What is left on the card stands beside "paid" at once; the next answer of the centre says it with authority. */
  #takeOffBalance(accountNumber: AccountNumber, amountMinor: number, decidedAtMs: number): void {
    const session = this.#ready();
    if (!session || session.account.syncedAtMs >= decidedAtMs) return;
    this.cards.update((cards) =>
      cards.map((card) =>
        card.accountNumber === accountNumber ? { ...card, availableMinor: card.availableMinor - amountMinor } : card,
      ),
    );
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
      onPaid: (code, isShown) => void this.#onCodePaid(code, isShown),
      nowMs: () => this.nowMs(),
    });
  }

  async #onCodePaid({ accountNumber, currency, state }: KeptPayCode, isShown: boolean): Promise<void> {
    if (state.status !== 'paid') return;
    const { amountMinor, decidedAtMs, shopName } = state;
    this.#takeOffBalance(accountNumber, amountMinor, decidedAtMs);
    await this.history.load();
    if (!isShown) this.settledElsewhere.set({ isPaid: true, amountMinor, currency, shopName });
    await this.refresh();
  }

  #createPayFlow(): PayFlow {
    return new PayFlow({
      intents: this.#intents,
      knowledge: async () => {
        const ready = this.#ready();
        if (!ready) return undefined;
        const { walletOrigin } = ready.account.programme;
        const contentKeys = await this.#keys.loadContentKeys();
        return { trust: ready.trust, walletOrigin, contentKeys, nowMs: this.nowMs() };
      },
      cards: () => this.cards.value,
      lastCard: () => this.preferences.value.lastCard,
      rememberCard: (accountNumber) => this.rememberCard(accountNumber),
      sync: async () => void (await this.account.sync()),
      createIntent: (order, card) => createIntent(order, card, this.nowMs(), this.#mustBeReady().deviceKey),
      askPasskey: (intent) => {
        const { credentialId, programme } = this.#mustBeReady().account;
        const leftMs = intent.facts.expiresAtMs - this.nowMs();
        return confirmWithPasskey(intent.authorisationHash, {
          credentialId,
          rpId: programme.rpId,
          origin: location.origin,
          timeoutMs: Math.max(10_000, Math.min(PASSKEY_TIMEOUT_MS, leftMs)),
        });
      },
      handIn: (intent) => {
        this.#settler.add(intent);
        void this.history.load();
      },
      nowMs: () => this.nowMs(),
    });
  }

  #mustBeReady(): ReadySession {
    const session = this.#ready();
    if (!session) throw new Error('There is no wallet on this phone.');
    return session;
  }
}

function describeBalances(cards: readonly Card[]): string {
  return cards.map(({ accountNumber, availableMinor }) => `${accountNumber} ${availableMinor}`).join();
}
