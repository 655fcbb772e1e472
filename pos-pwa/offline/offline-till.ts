import { askForBackgroundSync, isOutboxMessage } from '../../shared/browser/outbox/background-sync.ts';
import type { Outbox } from '../../shared/browser/outbox/outbox.ts';
import { unpark } from '../../shared/browser/outbox/outbox-storage.ts';
import { OutboxStore } from '../../shared/browser/outbox/outbox-store.ts';
import type { Store } from '../../shared/browser/state/store.ts';
import type { ProgrammeId, TraceKey } from '../../shared/protocol/identifiers.ts';
import { tillRoom } from '../../shared/protocol/offline/decide-acceptance.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import { TERMS_VERSION } from '../../shared/protocol/wire/offline.ts';
import type { UnsettledFile } from '../../shared/protocol/wire/unsettled-file.ts';
import { createAnswerReader } from '../sale/create-answer-reader.ts';
import { createCentreClient } from '../sale/create-centre-client.ts';
import { isConsent, isToHandIn, type Sale } from '../sale/sale.ts';
import { OfflineRecords } from '../storage/offline-records.ts';
import type { SaleStore } from '../storage/sale-store.ts';
import type { TillDatabase } from '../storage/till-database.ts';
import type { Till } from '../till/till.ts';
import { createOutbox } from './create-outbox.ts';
import { fetchRevocations } from './fetch-revocations.ts';
import { handInSale } from './hand-in.ts';
import type { OfflineView } from './offline-access.ts';
import { takeConsent } from './take-consent.ts';
import { TrustedTime } from './trusted-time.ts';
import { encodeUnsettledFile } from './unsettled-file.ts';

export interface OfflineTillParts {
  readonly till: Till;
  readonly sales: SaleStore;
  readonly database: TillDatabase;
  readonly view: Store<OfflineView>;
  /** A sale has changed on the disk. */
  readonly onChange: (sale: Sale) => void;
  /** Sales may have changed on the disk, by another window or the service worker. */
  readonly onChangedElsewhere: () => void;
}

/** The room shrinks with the age of what the till knows. */
const ROOM_EVERY_MS = 60_000;
const NEWS_EVERY_MS = 300;

/** The one place with effects of selling without network: takes consents alone, hands in, keeps up with the centre. */
export class OfflineTill {
  readonly #parts: OfflineTillParts;
  readonly #records: OfflineRecords;
  readonly #items: OutboxStore;
  readonly #outbox: Outbox;
  readonly #time: TrustedTime;
  #newsTimer: ReturnType<typeof setTimeout> | undefined;
  /** Handed in by the run that is on. */
  #doneCount = 0;

  constructor(parts: OfflineTillParts) {
    this.#parts = parts;
    const { till, sales, database } = parts;
    this.#records = new OfflineRecords(database);
    this.#items = new OutboxStore(database);
    this.#time = new TrustedTime(
      () => till.clock.nowMs(),
      () => performance.now(),
    );
    const centre = createCentreClient(till);
    const read = createAnswerReader({ trust: () => till.terminal?.trust, refreshTrust: () => till.sync() });
    const onChange = (sale: Sale) => this.#onSettled(sale);
    this.#outbox = createOutbox(this.#items, (item) => handInSale({ store: sales, centre, read, onChange }, item));
  }

  /** Takes up what an earlier start has left, and keeps handing in whenever that may get through. */
  async start(): Promise<void> {
    const { till, sales, onChangedElsewhere } = this.#parts;
    this.#outbox.progress.subscribe(({ isRunning, waiting, done }) => this.#onProgress(isRunning, waiting, done));
    till.syncedAtMs.subscribe((atMs) => void this.#onSynced(atMs));
    till.phase.subscribe(() => void this.#refresh());
    till.network.isOnline.subscribe((isOnline) => isOnline && this.handIn());
    addEventListener('online', () => this.handIn());
    addEventListener('focus', () => this.handIn());
    document.addEventListener('visibilitychange', () => document.hidden || this.handIn());
    navigator.serviceWorker?.addEventListener('message', ({ data }) => {
      if (!isOutboxMessage(data)) return;
      onChangedElsewhere();
      this.#countNews();
      void till.sync();
    });
    setInterval(() => void this.#refresh(), ROOM_EVERY_MS);
    await sales.queueForgotten(Date.now());
    this.#time.raise((await this.#records.loadState()).centreTimeMs);
    await this.#refresh();
    if (till.syncedAtMs.value > 0) await this.#onSynced(till.syncedAtMs.value);
    this.handIn();
  }

  /** Takes the consent that was scanned for a sale without the centre. Refuses as `takeConsent` does, and `storage_failed`. */
  async takeAlone(sale: Sale): Promise<Result<Sale>> {
    const { till } = this.#parts;
    const { terminal } = till;
    if (!terminal) return refuse('not_activated');
    if (sale.state.status !== 'charging' || !isConsent(sale.state.charge)) return refuse('not_found');
    try {
      const parts = { store: this.#records, terminal, nowMs: () => this.#time.nowMs() };
      const taken = await takeConsent(parts, sale.traceKey, sale.state.charge);
      if (!taken.ok) return taken;
      void this.#refresh();
      // Pulled in a demo, it is gone for this window alone: the service worker would find it.
      if (!till.demoNetwork.isPulled.value) void askForBackgroundSync();
      this.handIn();
      return taken;
    } catch (error) {
      // Full, or gone: nothing of it was written, so nothing was accepted.
      reportError(error);
      return refuse('storage_failed');
    }
  }

  /** Hands in whatever waits. Safe at any time. */
  handIn(): void {
    void this.#outbox.hurry();
  }

  /** Tries again what the centre had refused. */
  async tryAgain(traceKey: TraceKey): Promise<void> {
    await unpark(this.#items, traceKey, Date.now());
    await this.#outbox.hurry();
  }

  /** @returns once the centre has it, and the till has learnt what follows from it */
  async agree(hasAgreed: boolean): Promise<Result<undefined>> {
    const answer = await this.#parts.till.agreeOffline(hasAgreed);
    await this.#refresh();
    return answer.ok ? accept(undefined) : answer;
  }

  /** All that another device can hand in for this till: what it took alone, and consents it could not hand in yet. */
  async createFile(programme: ProgrammeId): Promise<UnsettledFile> {
    const { sales } = this.#parts;
    return encodeUnsettledFile(programme, [...(await sales.loadUnsettled()), ...(await sales.loadOpen())]);
  }

  async #onSynced(atMs: number): Promise<void> {
    const { terminal, api } = this.#parts.till;
    if (!terminal) return;
    try {
      const [{ revocations }, accepted] = await Promise.all([this.#records.loadState(), this.#records.loadAccepted()]);
      const lists = await fetchRevocations(api, revocations?.version ?? 0, terminal);
      // Without the list the till has been heard all the same; its old list goes on ageing.
      await this.#records.syncState(atMs, lists.ok ? { lists: lists.value, accepted } : undefined);
      this.#time.raise(atMs);
      await this.#refresh();
    } catch (error) {
      reportError(error);
    }
    this.handIn();
  }

  #onProgress(isRunning: boolean, waiting: number, done: number): void {
    const total = waiting + done;
    this.#show({ handingIn: isRunning && total > 0 ? { done, total } : undefined });
    // What was handed in counts no longer: the limits begin anew, by a sync as always.
    if (!isRunning && this.#doneCount > 0) void this.#parts.till.sync();
    this.#doneCount = done;
  }

  #onSettled(sale: Sale): void {
    this.#parts.onChange(sale);
    this.#countNews();
  }

  /** Hundreds of sales may be settled within seconds: what is counted from the disk is counted now and then. */
  #countNews(): void {
    this.#newsTimer ??= setTimeout(() => {
      this.#newsTimer = undefined;
      this.#show({ newsCount: this.#parts.view.value.newsCount + 1 });
      void this.#refresh();
    }, NEWS_EVERY_MS);
  }

  async #refresh(): Promise<void> {
    const { till, sales } = this.#parts;
    // What the centre has refused waits for a person, in the day's list: no till has to wait for that to be set up again.
    const unsettled = (await sales.loadUnsettled()).filter(isToHandIn);
    const amountMinor = unsettled.reduce((sum, sale) => sum + sale.amountMinor, 0);
    this.#show({ unsettled: { count: unsettled.length, amountMinor } });
    const { terminal } = till;
    if (!terminal) return this.#show({ room: undefined });
    const { takings, revocations } = await this.#records.loadState();
    const room = tillRoom({
      takings,
      revocationsAtMs: revocations?.issuedAtMs,
      hasAgreed: terminal.record.offlineTermsVersion === TERMS_VERSION,
      settings: terminal.record.programme.offline,
      nowMs: this.#time.nowMs(),
    });
    this.#show({ room });
  }

  #show(change: Partial<OfflineView>): void {
    this.#parts.view.update((view) => ({ ...view, ...change }));
  }
}
