import * as v from 'valibot';
import { type ApiClient, PAYMENT_TIMEOUT_MS } from '../../shared/browser/network/api-client.ts';
import { Store } from '../../shared/browser/state/store.ts';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import { type AllowanceCall, RevocationsAnswer, TERMS_VERSION } from '../../shared/protocol/wire/offline.ts';
import { AllowanceAnswer, type CardAnswer } from '../../shared/protocol/wire/wallet.ts';
import type { ReadySession } from '../account/account.ts';
import { verifyCard } from '../account/verify-wallet-answer.ts';
import type { Card } from '../cards/card.ts';
import type { RenewalWish, Renewed } from '../offline/allowance-keeper.ts';
import { isOfChain, type KeptChain } from '../offline/kept-chain.ts';
import { planRenewal } from '../offline/plan-renewal.ts';
import type { KeptRehearsal, RehearsalState } from '../offline/rehearsal.ts';
import type { RehearsalFlow } from '../offline/rehearsal-flow.ts';
import type { CarriedRevocations } from '../offline/revocations.ts';
import type { PaymentIntent } from '../payment/payment-intent.ts';
import type { CarriedStore } from '../storage/carried-store.ts';
import type { ChainStore } from '../storage/chain-store.ts';
import type { Preferences } from '../storage/preference-store.ts';

/** One window at a time speaks with the centre about allowances. */
const LOCK_NAME = 'tandem-wallet-allowance';

/** How long nothing is asked again after the centre said no, or was too busy. */
const PAUSE_MS = 60_000;

export interface OfflinePaymentsParts {
  readonly api: ApiClient;
  readonly chains: ChainStore;
  readonly carried: CarriedStore;
  readonly ready: () => ReadySession | undefined;
  readonly cards: () => readonly Card[];
  /** Takes the place of what was known of the card. */
  readonly adopt: (card: Card) => void;
  readonly preferences: () => Preferences;
  readonly remember: (change: Preferences) => void;
  /** Hands in all that was given. */
  readonly flush: () => Promise<void>;
  /** A payment is on the screen that nobody has signed yet, or that waits for its answer. */
  readonly isPaying: () => boolean;
  readonly isOnline: Store<boolean>;
  /** The card that lies on top: on it money is set aside when that is switched on. */
  readonly topCard: () => Card | undefined;
  readonly askPasskey: (hash: Bytes) => Promise<Result<Bytes>>;
  readonly nowMs: () => number;
  readonly locks: Pick<LockManager, 'request'>;
}

/** What is set aside for paying without a network: kept fresh while there is one, given back when it is wanted elsewhere. */
export class OfflinePayments {
  readonly chains = new Store<readonly KeptChain[]>([]);
  readonly rehearsal = new Store<RehearsalState>({ status: 'explaining' });
  readonly revocations = new Store<CarriedRevocations | undefined>(undefined);
  readonly #parts: OfflinePaymentsParts;
  #rehearsing: Promise<RehearsalFlow> | undefined;
  #quietUntilMs = 0;

  constructor(parts: OfflinePaymentsParts) {
    this.#parts = parts;
  }

  /** From the disk: after anything may have moved a chain. */
  async load(): Promise<void> {
    this.chains.set(await this.#parts.chains.loadAll());
    this.revocations.set(await this.#parts.carried.loadRevocations());
  }

  /** Whether money is to be set aside on a card. */
  isWanted({ accountNumber, grant, offlineTermsVersion }: Card): boolean {
    const offline = this.#parts.ready()?.account.programme.offline;
    if (!offline?.isOn || offlineTermsVersion !== TERMS_VERSION) return false;
    const { offlineCard } = this.#parts.preferences();
    return offlineCard === undefined ? grant !== undefined : offlineCard === accountNumber;
  }

  /** At each sync: last words, the next allowance, and the list that is carried for tills. */
  async sync(): Promise<void> {
    await this.load();
    const { ready, isPaying, nowMs, cards } = this.#parts;
    if (!ready()?.isSignedIn || isPaying() || nowMs() < this.#quietUntilMs) return;
    if (cards().some((card) => this.#isDue(card))) {
      await this.#parts.flush();
      for (const card of cards()) {
        if (this.#isDue(card) && !isPaying()) await this.renew(card, { isWanted: this.isWanted(card) });
      }
    }
    if (this.chains.value.some(({ state }) => state.status === 'open')) await this.#fetchRevocations();
  }

  /** A payment needs what is set aside, and there is a network: it is given back first. */
  async free(card: Card): Promise<Result<Card>> {
    const renewed = await this.renew(card, { isWanted: false, isForced: true }, PAYMENT_TIMEOUT_MS);
    return renewed.ok ? accept(renewed.value.card) : renewed;
  }

  /** The person wants none any more. Without a network the money is given back at the next sync. */
  async switchOff(): Promise<void> {
    this.#parts.remember({ offlineCard: 'none' });
    this.#quietUntilMs = 0;
    await this.#parts.flush();
    await this.closeAll();
  }

  /** Before this phone forgets the wallet: last words on everything, where the centre can be reached. */
  async closeAll(): Promise<void> {
    for (const card of this.#parts.cards()) {
      if (this.#hasOpenChain(card)) await this.renew(card, { isWanted: false, isForced: true });
    }
  }

  /** Switching on; made when it is first needed. */
  openRehearsal(): Promise<RehearsalFlow> {
    this.#rehearsing ??= this.#createRehearsal();
    return this.#rehearsing;
  }

  /** What was signed with the network off, whenever there is one. */
  async handInRehearsal(): Promise<void> {
    if (await this.#parts.carried.loadRehearsal()) await (await this.openRehearsal()).handIn();
  }

  /** When the money of a consent is free again, if nobody hands it in. */
  claimUntilMs(intent: PaymentIntent): number {
    const chain = this.chains.value.find((known) => isOfChain(known, intent));
    const { claimSeconds } = this.#mustBeReady().account.programme.offline;
    return (chain?.allowance.expiresAtMs ?? intent.facts.expiresAtMs) + claimSeconds * 1000;
  }

  async renew(card: Card, wish: RenewalWish, timeoutMs?: number): Promise<Result<Renewed>> {
    const { locks } = this.#parts;
    const renewed = await locks.request(LOCK_NAME, async () => {
      const keeper = await this.#createKeeper(timeoutMs);
      // Another window may have heard of another certificate while the lock was waited for.
      return keeper.renew((await this.#parts.chains.loadCard(card.accountNumber)) ?? card, wish);
    });
    if (renewed.ok) this.#parts.adopt(renewed.value.card);
    const isRefused = renewed.ok ? renewed.value.refusal !== undefined : renewed.code !== 'no_network';
    if (isRefused) this.#quietUntilMs = this.#parts.nowMs() + PAUSE_MS;
    await this.load();
    return renewed;
  }

  async #createRehearsal(): Promise<RehearsalFlow> {
    const { RehearsalFlow } = await import('../offline/rehearsal-flow.ts');
    const { isOnline, carried, topCard, askPasskey, api, nowMs } = this.#parts;
    return new RehearsalFlow({
      state: this.rehearsal,
      isOnline,
      carried,
      card: topCard,
      deviceKey: () => this.#mustBeReady().deviceKey,
      askPasskey,
      probe: async () => {
        await api.call({ path: 'programme', answer: v.unknown(), timeoutMs: PAYMENT_TIMEOUT_MS });
      },
      handIn: (rehearsal) => this.#handInRehearsal(rehearsal),
      nowMs,
      setTimer: (run, delayMs) => {
        const timer = setTimeout(run, delayMs);
        return () => clearTimeout(timer);
      },
    });
  }

  async #handInRehearsal(rehearsal: KeptRehearsal): Promise<Result<RefusalCode | undefined>> {
    const card = this.#parts.cards().find(({ accountNumber }) => accountNumber === rehearsal.accountNumber);
    if (!card) return refuse('account_unknown');
    const renewed = await this.renew(card, { isWanted: true, rehearsal });
    if (!renewed.ok) return renewed;
    this.#parts.remember({ offlineCard: rehearsal.accountNumber });
    return accept(renewed.value.refusal);
  }

  /** Loaded when it is needed: no payment waits for it. */
  async #createKeeper(timeoutMs: number | undefined) {
    const { AllowanceKeeper } = await import('../offline/allowance-keeper.ts');
    const { api, chains, nowMs } = this.#parts;
    return new AllowanceKeeper({
      chains,
      nowMs,
      deviceKey: () => this.#mustBeReady().deviceKey,
      verifyCard: (answer) => this.#verify(answer),
      call: async (call: AllowanceCall) => {
        const answer = await api.call({
          path: 'wallet/allowance',
          body: call,
          answer: AllowanceAnswer,
          ...(timeoutMs !== undefined && { timeoutMs }),
        });
        return answer.ok ? accept(answer.value) : answer;
      },
    });
  }

  async #verify(answer: CardAnswer): Promise<Result<Card>> {
    const { account, deviceKey, trust } = this.#mustBeReady();
    const { currency } = account.programme;
    return verifyCard(answer, 0, { currency, devicePublicKey: deviceKey.publicKey, trust });
  }

  async #fetchRevocations(): Promise<void> {
    const trust = this.#parts.ready()?.trust;
    const answer = await this.#parts.api.call({ path: 'revocations?since=0', answer: RevocationsAnswer });
    if (!answer.ok || !trust) return;
    const { pickRevocations } = await import('../offline/revocations.ts');
    const known = this.revocations.value;
    const newest = await pickRevocations(known, answer.value, trust);
    if (!newest || newest === known) return;
    await this.#parts.carried.saveRevocations(newest);
    this.revocations.set(newest);
  }

  #isDue(card: Card): boolean {
    const facts = { card, chains: this.chains.value, isWanted: this.isWanted(card), nowMs: this.#parts.nowMs() };
    return card.status !== 'closed' && planRenewal(facts).kind === 'call';
  }

  #hasOpenChain({ accountNumber }: Card): boolean {
    return this.chains.value.some((chain) => chain.accountNumber === accountNumber && chain.state.status !== 'closed');
  }

  #mustBeReady(): ReadySession {
    const ready = this.#parts.ready();
    if (!ready) throw new Error('There is no wallet on this phone.');
    return ready;
  }
}
