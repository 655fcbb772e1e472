import * as v from 'valibot';
import { setTimer } from '../../shared/browser/clock/set-timer.ts';
import { type ApiClient, PAYMENT_TIMEOUT_MS } from '../../shared/browser/network/api-client.ts';
import type { Store } from '../../shared/browser/state/store.ts';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import { type AllowanceCall, RevocationsAnswer } from '../../shared/protocol/wire/offline.ts';
import { AllowanceAnswer, type CardAnswer } from '../../shared/protocol/wire/wallet.ts';
import type { ReadySession } from '../account/account.ts';
import { verifyCard } from '../account/verify-wallet-answer.ts';
import type { Card } from '../cards/card.ts';
import { AllowanceKeeper, type RenewalWish, type Renewed } from '../offline/allowance-keeper.ts';
import { planRenewal } from '../offline/plan-renewal.ts';
import type { KeptRehearsal } from '../offline/rehearsal.ts';
import { RehearsalFlow } from '../offline/rehearsal-flow.ts';
import { pickRevocations } from '../offline/revocations.ts';
import type { CarriedStore } from '../storage/carried-store.ts';
import type { ChainStore } from '../storage/chain-store.ts';
import type { Preferences } from '../storage/preference-store.ts';
import type { CardStack } from './card-stack.ts';
import type { OfflinePayments } from './offline-payments.ts';

/** How long nothing is asked again after the centre said no, or was too busy. */
const PAUSE_MS = 60_000;

export interface AllowanceDeskParts {
  readonly api: ApiClient;
  readonly chains: ChainStore;
  readonly carried: CarriedStore;
  readonly ready: () => ReadySession | undefined;
  readonly cards: CardStack;
  readonly preferences: () => Preferences;
  readonly remember: (change: Preferences) => void;
  /** Hands in all that was given. */
  readonly flush: () => Promise<void>;
  /** A payment is on the screen that nobody has signed yet, or that waits for its answer. */
  readonly isPaying: () => boolean;
  readonly isOnline: Store<boolean>;
  readonly askPasskey: (hash: Bytes) => Promise<Result<Bytes>>;
  readonly nowMs: () => number;
  /** One window at a time, and no sync meanwhile: of two answers about a card that cross, the older could not be told. */
  readonly exclusively: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Where money is set aside and given back: all that the wallet says to the centre about it. Loaded when it is first needed. */
export class AllowanceDesk {
  readonly #offline: OfflinePayments;
  readonly #parts: AllowanceDeskParts;
  readonly #rehearsing: RehearsalFlow;
  #quietUntilMs = 0;

  constructor(offline: OfflinePayments, parts: AllowanceDeskParts) {
    this.#offline = offline;
    this.#parts = parts;
    this.#rehearsing = this.#createRehearsal();
  }

  openRehearsal(): RehearsalFlow {
    return this.#rehearsing;
  }

  async sync(): Promise<void> {
    await this.#offline.load();
    const { ready, isPaying, nowMs, cards } = this.#parts;
    if (!ready()?.isSignedIn || isPaying() || nowMs() < this.#quietUntilMs) return;
    if (cards.known.value.some((card) => this.#isDue(card))) {
      await this.#parts.flush();
      // A phone has one allowance: on another card the old one ends before the new one begins.
      const inOrder = cards.known.value.toSorted((one, other) => this.#wantedLast(one) - this.#wantedLast(other));
      for (const card of inOrder) {
        if (this.#isDue(card) && !isPaying()) await this.#renew(card, { isWanted: this.#offline.isWanted(card) });
      }
    }
    if (this.#offline.chains.value.some(({ state }) => state.status === 'open')) await this.#fetchRevocations();
  }

  async free(card: Card): Promise<Result<Card>> {
    const renewed = await this.#renew(card, { isWanted: false, isForced: true }, PAYMENT_TIMEOUT_MS);
    return renewed.ok ? accept(renewed.value.card) : renewed;
  }

  async switchOff(): Promise<void> {
    this.#parts.remember({ offlineCard: 'none' });
    this.#quietUntilMs = 0;
    await this.#parts.flush();
    await this.closeAll();
  }

  async closeAll(): Promise<void> {
    for (const card of this.#parts.cards.known.value) {
      if (this.#hasOpenChain(card)) await this.#renew(card, { isWanted: false, isForced: true });
    }
  }

  async #handInRehearsal(rehearsal: KeptRehearsal): Promise<Result<RefusalCode | undefined>> {
    const { cards, remember } = this.#parts;
    const card = cards.known.value.find(({ accountNumber }) => accountNumber === rehearsal.accountNumber);
    if (!card) return refuse('account_unknown');
    const renewed = await this.#renew(card, { isWanted: true, rehearsal });
    if (!renewed.ok) return renewed;
    remember({ offlineCard: rehearsal.accountNumber });
    return accept(renewed.value.refusal);
  }

  async #renew(card: Card, wish: RenewalWish, timeoutMs?: number): Promise<Result<Renewed>> {
    const { exclusively, chains, cards, nowMs } = this.#parts;
    const renewed = await exclusively(async () => {
      // Another window may have heard of another certificate while the lock was waited for.
      const newest = (await chains.loadCard(card.accountNumber)) ?? card;
      return this.#createKeeper(timeoutMs).renew(newest, wish);
    });
    if (renewed.ok) cards.adopt(renewed.value.card);
    const isRefused = renewed.ok ? renewed.value.refusal !== undefined : renewed.code !== 'no_network';
    if (isRefused) this.#quietUntilMs = nowMs() + PAUSE_MS;
    await this.#offline.load();
    return renewed;
  }

  #createKeeper(timeoutMs: number | undefined): AllowanceKeeper {
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

  #createRehearsal(): RehearsalFlow {
    const { isOnline, carried, cards, preferences, askPasskey, api, nowMs } = this.#parts;
    return new RehearsalFlow({
      state: this.#offline.rehearsal,
      isOnline,
      carried,
      // On it money is set aside.
      card: () => cards.top(preferences().lastCard),
      deviceKey: () => this.#mustBeReady().deviceKey,
      askPasskey,
      probe: async () => {
        await api.call({ path: 'programme', answer: v.unknown(), timeoutMs: PAYMENT_TIMEOUT_MS });
      },
      handIn: (rehearsal) => this.#handInRehearsal(rehearsal),
      nowMs,
      setTimer,
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
    const known = this.#offline.revocations.value;
    const newest = await pickRevocations(known, answer.value, trust);
    if (!newest || newest === known) return;
    await this.#parts.carried.saveRevocations(newest);
    this.#offline.revocations.set(newest);
  }

  #wantedLast(card: Card): number {
    return Number(this.#offline.isWanted(card));
  }

  #isDue(card: Card): boolean {
    const chains = this.#offline.chains.value;
    const facts = { card, chains, isWanted: this.#offline.isWanted(card), nowMs: this.#parts.nowMs() };
    return card.status !== 'closed' && planRenewal(facts).kind === 'call';
  }

  #hasOpenChain({ accountNumber }: Card): boolean {
    const { value } = this.#offline.chains;
    return value.some((chain) => chain.accountNumber === accountNumber && chain.state.status !== 'closed');
  }

  #mustBeReady(): ReadySession {
    const ready = this.#parts.ready();
    if (!ready) throw new Error('There is no wallet on this phone.');
    return ready;
  }
}
