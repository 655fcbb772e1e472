import { CorrectedClock } from '../../shared/browser/clock/corrected-clock.ts';
import { ApiClient, type ApiResult } from '../../shared/browser/network/api-client.ts';
import type { DemoNetwork } from '../../shared/browser/network/demo-network.ts';
import { NetworkState } from '../../shared/browser/network/network-state.ts';
import { Store } from '../../shared/browser/state/store.ts';
import type { KeyStore } from '../../shared/browser/storage/key-store.ts';
import { encodeBase64url } from '../../shared/protocol/bytes.ts';
import type { ContentKey } from '../../shared/protocol/codes/content-seal.ts';
import { signDocument } from '../../shared/protocol/documents/document.ts';
import { TerminalActivation } from '../../shared/protocol/documents/proof-of-possession.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import { accept, type Result } from '../../shared/protocol/result.ts';
import { type OfflineTermsCall, TERMS_VERSION } from '../../shared/protocol/wire/offline.ts';
import { ProgrammeAnswer } from '../../shared/protocol/wire/programme.ts';
import { TerminalAnswer } from '../../shared/protocol/wire/terminals.ts';
import { localDay } from '../sale/local-day.ts';
import type { TerminalStore } from '../storage/terminal-store.ts';
import type { CashierRecord } from '../storage/till-database.ts';
import { readTerminalAnswer } from './read-terminal-answer.ts';
import { type Terminal, verifyTerminal } from './terminal.ts';
import { TerminalApi } from './terminal-api.ts';
import { decidePhase, type TillPhase, terminalOf } from './till-phase.ts';
import { isTrouble } from './till-trouble.ts';

const KEY_NAME = 'terminal';

/** This device as a till: its identity, its keys, its clock, its session with the centre, and who works at it. */
export class Till {
  readonly phase = new Store<TillPhase>({ name: 'starting' });
  /** Why the centre no longer takes this till; undefined while it does. */
  readonly trouble = new Store<RefusalCode | undefined>(undefined);
  readonly network: NetworkState;
  readonly demoNetwork: DemoNetwork;
  readonly publicApi: ApiClient;
  readonly api: TerminalApi;
  clock = new CorrectedClock();
  /** The centre's time when it last told this till what is new; 0 before it has, in this window. */
  readonly syncedAtMs = new Store(0);

  readonly #store: TerminalStore;
  readonly #keys: KeyStore;
  #contentKeys: readonly ContentKey[] = [];

  constructor(store: TerminalStore, keys: KeyStore, demoNetwork: DemoNetwork) {
    this.#store = store;
    this.#keys = keys;
    this.demoNetwork = demoNetwork;
    this.network = new NetworkState(
      () => void this.sync(),
      globalThis,
      navigator.onLine && !demoNetwork.isPulled.value,
    );
    this.publicApi = new ApiClient({ network: this.network, fetch: demoNetwork.fetch });
    this.api = new TerminalApi({
      api: this.publicApi,
      nowMs: () => this.clock.nowMs(),
      terminal: () => this.terminal,
    });
  }

  get terminal(): Terminal | undefined {
    return terminalOf(this.phase.value);
  }

  get contentKeys(): readonly ContentKey[] {
    return this.#contentKeys;
  }

  /** Restores everything from the disk; the network is not needed and not waited for. */
  async start(): Promise<void> {
    try {
      await this.#restore();
    } catch (error) {
      reportError(error);
      this.phase.set({ name: 'failed', code: 'storage_failed' });
    }
  }

  /**
   * Makes this device the terminal that the code was given out for. The key is made before and kept: a second try with
   * the same code shows the same key. Refuses `activation_code_invalid`, `no_network`, `certificate_invalid`, …
   */
  async activate(activationCode: string): Promise<Result<Terminal>> {
    // The centre's time comes first: an activation that says another hour is refused.
    const programme = await this.publicApi.call({ path: 'programme', answer: ProgrammeAnswer });
    if (!programme.ok) return programme;
    await this.#setClock(programme.value.centreTimeMs, programme);
    const key = await this.#keys.loadOrCreateSigningKey(KEY_NAME);
    const content = { activationCode, publicKey: key.publicKey, atMs: this.clock.nowMs() };
    const activation = await signDocument(TerminalActivation, content, key);
    const answer = await this.publicApi.call({
      path: 'terminals/activate',
      body: { activation: encodeBase64url(activation) },
      answer: TerminalAnswer,
    });
    if (!answer.ok) return answer;
    const read = await readTerminalAnswer(answer.value, key, undefined);
    if (!read.ok) return read;
    const { terminal, contentKeys } = read.value;
    await this.#keepContentKeys(contentKeys);
    await this.#store.saveActivated(terminal.record, answer.value.batchNoMin, localDay(this.clock.nowMs()));
    this.trouble.set(undefined);
    this.phase.set({ name: 'signed-out', terminal });
    return accept(terminal);
  }

  /** Fetches what changes: time, centre keys, certificate, content keys, cashiers. Opens the session where it has ended. */
  async sync(): Promise<Result<TerminalAnswer>> {
    const { terminal } = this;
    if (!terminal) return { ok: false, code: 'not_activated' };
    const answer = await this.api.call({ path: 'terminals/sync', body: {}, answer: TerminalAnswer });
    return this.#learn(terminal, answer);
  }

  /** The shop agrees at this till to who bears which loss when it sells without network, or takes that back. */
  async agreeOffline(hasAgreed: boolean): Promise<Result<TerminalAnswer>> {
    const { terminal } = this;
    if (!terminal) return { ok: false, code: 'not_activated' };
    const body: OfflineTermsCall = { termsVersion: TERMS_VERSION, hasAgreed };
    const answer = await this.api.call({ path: 'terminals/offline-terms', body, answer: TerminalAnswer });
    return this.#learn(terminal, answer);
  }

  async #learn(terminal: Terminal, answer: ApiResult<TerminalAnswer>): Promise<Result<TerminalAnswer>> {
    if (!answer.ok) {
      if (isTrouble(answer.code)) this.trouble.set(answer.code);
      return answer;
    }
    await this.#setClock(answer.value.programme.centreTimeMs, answer);
    const read = await readTerminalAnswer(answer.value, terminal.key, terminal.record.pinnedCentreKey);
    if (!read.ok) {
      this.trouble.set(read.code);
      return read;
    }
    await this.#keepContentKeys(read.value.contentKeys);
    await this.#store.saveTerminal(read.value.terminal.record);
    this.trouble.set(undefined);
    this.phase.update((phase) =>
      terminalOf(phase) ? { ...(phase as TillPhase & { terminal: Terminal }), terminal: read.value.terminal } : phase,
    );
    this.syncedAtMs.set(answer.value.programme.centreTimeMs);
    return accept(answer.value);
  }

  async signIn(cashier: CashierRecord): Promise<void> {
    const { terminal } = this;
    if (!terminal) return;
    await this.#store.saveCashier(cashier);
    this.phase.set({ name: 'open', terminal, cashier });
  }

  async signOut(): Promise<void> {
    const { terminal } = this;
    if (!terminal) return;
    await this.#store.saveCashier(undefined);
    this.phase.set({ name: 'signed-out', terminal });
  }

  /** A cashier's time at the till is over; called between sales. */
  async endExpiredSession(): Promise<void> {
    const phase = this.phase.value;
    if (phase.name === 'open' && this.clock.nowMs() >= phase.cashier.expiresAtMs) await this.signOut();
  }

  /** A till that the centre no longer takes asks for a code again. What it was is forgotten only when that has worked. */
  offerActivation(): void {
    this.phase.set({ name: 'not-activated' });
  }

  /** Forgets identity and keys, to be activated anew. The caller has made sure that no sale is open. */
  async reset(): Promise<void> {
    await this.#store.removeTerminal();
    await this.#keys.removeSigningKey(KEY_NAME);
    await this.#keepContentKeys([]);
    this.trouble.set(undefined);
    this.phase.set({ name: 'not-activated' });
  }

  async #restore(): Promise<void> {
    const saved = await this.#store.load();
    this.clock = new CorrectedClock(saved.clock);
    const key = await this.#keys.loadSigningKey(KEY_NAME);
    if (!saved.terminal || !key) return this.phase.set({ name: 'not-activated' });
    this.#contentKeys = await this.#keys.loadContentKeys();
    const terminal = await verifyTerminal(saved.terminal, key);
    if (!terminal.ok) return this.phase.set({ name: 'failed', code: terminal.code });
    this.phase.set(decidePhase(terminal.value, saved.cashier, this.clock.nowMs()));
  }

  async #keepContentKeys(contentKeys: readonly ContentKey[]): Promise<void> {
    await this.#keys.replaceContentKeys(contentKeys);
    this.#contentKeys = contentKeys;
  }

  async #setClock(centreTimeMs: number, answer: ApiResult<unknown>): Promise<void> {
    const correction = answer.ok ? this.clock.sync(centreTimeMs, answer) : undefined;
    if (correction) await this.#store.saveClock(correction);
  }
}
