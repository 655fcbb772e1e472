import * as v from 'valibot';
import type { ApiClient } from '../../shared/browser/network/api-client.ts';
import type { Store } from '../../shared/browser/state/store.ts';
import { askPersistence } from '../../shared/browser/storage/ask-persistence.ts';
import type { KeyStore } from '../../shared/browser/storage/key-store.ts';
import { loadReceiptKeys, type ReceiptKeys } from '../../shared/browser/verify/receipt-keys.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import type { SigningKey } from '../../shared/protocol/signing-key.ts';
import { ProgrammeAnswer } from '../../shared/protocol/wire/programme.ts';
import { WalletAnswer } from '../../shared/protocol/wire/wallet.ts';
import type { Card } from '../cards/card.ts';
import { keepOrder } from '../cards/keep-order.ts';
import type { AccountStore } from '../storage/account-store.ts';
import type { Account, Session } from './account.ts';
import { type EnrolledAnswer, registerWallet, signInWallet } from './enrol-wallet.ts';
import { isBegunAgain } from './is-begun-again.ts';
import { rebuildTrust } from './rebuild-trust.ts';
import { fetchWallet, type Timing } from './sync-wallet.ts';
import { verifyWalletAnswer } from './verify-wallet-answer.ts';

/** The device key's name in the key store. One at a time: the centre knows a phone by it. */
const DEVICE_KEY = 'device';

export interface AccountKeeperParts {
  readonly api: ApiClient;
  readonly keys: KeyStore;
  readonly accounts: AccountStore;
  readonly session: Store<Session>;
  readonly cards: Store<readonly Card[]>;
  /** One window at a time: an answer about the cards is stored before the next one is asked for. */
  readonly exclusively: <T>(work: () => Promise<T>) => Promise<T>;
  readonly setClock: (centreTimeMs: number, timing: Timing) => void;
}

/** The account and its cards: how they come to this phone, are kept fresh, and leave it. */
export class AccountKeeper {
  readonly #parts: AccountKeeperParts;
  #syncing: Promise<Result<true>> | undefined;

  constructor(parts: AccountKeeperParts) {
    this.#parts = parts;
  }

  /** From the disk; works with no network. */
  async load(): Promise<void> {
    const { accounts, keys, session, cards } = this.#parts;
    const [known, deviceKey] = await Promise.all([accounts.load(), keys.loadSigningKey(DEVICE_KEY)]);
    const trust = known && (await rebuildTrust(known.account));
    if (!known || !deviceKey || !trust) {
      session.set({ status: 'none' });
      return;
    }
    cards.set(known.cards);
    session.set({ status: 'ready', account: known.account, trust, deviceKey, isSignedIn: true, isBegunAgain: false });
  }

  /** What the welcome screen says of the programme. */
  async fetchProgramme(): Promise<Result<ProgrammeAnswer>> {
    const answer = await this.#parts.api.call({ path: 'programme', answer: ProgrammeAnswer });
    return answer.ok ? accept(answer.value) : answer;
  }

  /** With which keys receipts are checked on this phone: those the wallet has pinned, or without one what the programme says. */
  async loadReceiptKeys(): Promise<ReceiptKeys | undefined> {
    const { value } = this.#parts.session;
    if (value.status === 'ready') return { programmeName: value.account.programme.name, trust: value.trust };
    return loadReceiptKeys(this.#parts.api);
  }

  async register(name: string): Promise<Result<true>> {
    return this.#enrol((deviceKey) => registerWallet(name, this.#parts.api, deviceKey));
  }

  /** On a new phone, or here again after the session ended. */
  async signIn(): Promise<Result<true>> {
    return this.#enrol((deviceKey) => signInWallet(this.#parts.api, deviceKey));
  }

  /** Calls that meet share one answer. */
  sync(): Promise<Result<true>> {
    this.#syncing ??= this.#parts
      .exclusively(() => this.#sync())
      .finally(() => {
        this.#syncing = undefined;
      });
    return this.#syncing;
  }

  /** Opens a further card. */
  addCard(label: string): Promise<Result<true>> {
    return this.#parts.exclusively(() => this.#callForCards('wallet/cards', { label }));
  }

  /** Takes over a card that the programme issued. */
  claimCard(claimCode: string): Promise<Result<true>> {
    return this.#parts.exclusively(() => this.#callForCards('wallet/cards/claim', { claimCode }));
  }

  /**
   * Forgets this wallet here: cards, history and keys. The passkey stays with the person, and brings the cards back.
   * @returns false while a payment still waits for the centre's word: nothing is forgotten then
   */
  async signOut(): Promise<boolean> {
    const { accounts } = this.#parts;
    if (!(await accounts.clearUnlessUnsettled())) return false;
    await this.#leave();
    return true;
  }

  /**
   * Whether the centre that answers is still the one this wallet knows; asked when nobody there knows the session any more.
   * @returns true where the programme was begun again, which the session says from then on
   */
  async checkCentre(): Promise<boolean> {
    const { session } = this.#parts;
    const heard = await this.fetchProgramme();
    if (session.value.status !== 'ready') return false;
    return heard.ok ? this.#compareCentre(session.value.account, heard.value) : session.value.isBegunAgain;
  }

  /** Forgets a wallet whose programme was begun again, whatever is unsettled: nobody is left who could settle it. */
  async forgetBegunAgain(): Promise<void> {
    const { accounts, session } = this.#parts;
    if (session.value.status !== 'ready' || !session.value.isBegunAgain) return;
    await accounts.clear();
    await this.#leave();
  }

  async #compareCentre(known: Account, heard: ProgrammeAnswer): Promise<boolean> {
    const { session } = this.#parts;
    const isOther = await isBegunAgain(known.programme, heard);
    const ready = session.value;
    if (ready.status === 'ready' && ready.isBegunAgain !== isOther) session.set({ ...ready, isBegunAgain: isOther });
    return isOther;
  }

  async #leave(): Promise<void> {
    const { keys, session, cards, api } = this.#parts;
    await Promise.all([keys.removeSigningKey(DEVICE_KEY), keys.replaceContentKeys([])]);
    // The session's cookie is dropped too; without a network it ends by itself.
    await api.call({ path: 'wallet/sign-out', body: {}, answer: v.unknown() });
    cards.set([]);
    session.set({ status: 'none' });
  }

  async #sync(): Promise<Result<true>> {
    const { session, api } = this.#parts;
    const ready = session.value;
    if (ready.status !== 'ready') return refuse('not_signed_in');
    const answer = await fetchWallet(api);
    if (answer.ok) return this.#take(answer.value, answer, ready.deviceKey, ready.account);
    if (answer.code === 'not_signed_in' && !(await this.checkCentre())) {
      session.update((known) => (known.status === 'ready' ? { ...known, isSignedIn: false } : known));
    }
    return answer;
  }

  async #callForCards(path: string, body: object): Promise<Result<true>> {
    const { session, api } = this.#parts;
    const ready = session.value;
    if (ready.status !== 'ready') return refuse('not_signed_in');
    const answer = await api.call({ path, body, answer: WalletAnswer });
    return answer.ok ? this.#take(answer.value, answer, ready.deviceKey, ready.account) : answer;
  }

  async #enrol(enrol: (deviceKey: SigningKey) => Promise<Result<EnrolledAnswer>>): Promise<Result<true>> {
    const { session, keys } = this.#parts;
    const known = session.value.status === 'ready' ? session.value : undefined;
    // A key that an unfinished sign-up left behind may belong to another customer by now.
    if (!known) await keys.removeSigningKey(DEVICE_KEY);
    const deviceKey = await keys.loadOrCreateSigningKey(DEVICE_KEY);
    const enrolled = await enrol(deviceKey);
    if (!enrolled.ok) {
      if (known && enrolled.code === 'passkey_unknown') await this.checkCentre();
      return enrolled;
    }
    // Someone else's passkey: this phone's wallet is signed out first, or its cards would be mixed with theirs.
    if (known && known.account.credentialId !== enrolled.value.answer.credentialId) return refuse('passkey_unknown');
    void askPersistence();
    return this.#take(enrolled.value.answer, enrolled.value.timing, deviceKey, known?.account);
  }

  /** Believes, stores, and only then shows. */
  async #take(
    answer: WalletAnswer,
    timing: Timing,
    deviceKey: SigningKey,
    known: Account | undefined,
  ): Promise<Result<true>> {
    const { accounts, keys, session, cards, setClock } = this.#parts;
    if (known && (await this.#compareCentre(known, answer.programme))) return refuse('certificate_invalid');
    const verified = await verifyWalletAnswer(answer, {
      devicePublicKey: deviceKey.publicKey,
      ...(known && { pinnedCentreKey: known.pinnedCentreKey }),
    });
    if (!verified.ok) return verified;
    setClock(answer.programme.centreTimeMs, timing);
    const { account, trust } = verified.value;
    const ordered = keepOrder(cards.value, verified.value.cards);
    try {
      await keys.replaceContentKeys(verified.value.contentKeys);
      await accounts.save({ account, cards: ordered });
    } catch {
      return refuse('storage_failed');
    }
    cards.set(ordered);
    session.set({ status: 'ready', account, trust, deviceKey, isSignedIn: true, isBegunAgain: false });
    return accept(true);
  }
}
