import type { ApiClient } from '../../shared/browser/network/api-client.ts';
import type { OutboxStore } from '../../shared/browser/outbox/outbox-store.ts';
import { Store } from '../../shared/browser/state/store.ts';
import { accept, type Result } from '../../shared/protocol/result.ts';
import { fetchMovements } from '../account/sync-wallet.ts';
import type { IntentStore } from '../storage/intent-store.ts';
import type { MovementStore } from '../storage/movement-store.ts';
import type { PayCodeStore } from '../storage/pay-code-store.ts';
import type { HistoryEntry } from './history-entry.ts';
import { mergeHistory } from './merge-history.ts';

/** As many as the centre tells at once: a shorter page is the last. */
const PAGE_LENGTH = 50;

/** Somebody away for a year reads the rest by scrolling. */
const PAGES_AT_ONCE_MAX = 10;

/** The list of payments and top-ups: this phone's own and the centre's, as one. */
export class HistoryKeeper {
  readonly entries = new Store<readonly HistoryEntry[]>([]);
  /** False once the centre has no older ones. */
  readonly hasOlder = new Store(true);
  readonly #api: ApiClient;
  readonly #intents: IntentStore;
  readonly #movements: MovementStore;
  readonly #payCodes: PayCodeStore;
  readonly #outbox: OutboxStore;

  constructor(
    api: ApiClient,
    intents: IntentStore,
    movements: MovementStore,
    payCodes: PayCodeStore,
    outbox: OutboxStore,
  ) {
    this.#api = api;
    this.#intents = intents;
    this.#movements = movements;
    this.#payCodes = payCodes;
    this.#outbox = outbox;
  }

  /** From the disk. */
  async load(): Promise<void> {
    const [intents, movements, payCodes, items] = await Promise.all([
      this.#intents.loadAll(),
      this.#movements.loadAll(),
      this.#payCodes.loadAll(),
      this.#outbox.loadAll(),
    ]);
    this.entries.set(mergeHistory(intents, movements, payCodes, items));
  }

  /** As many pages as it takes to meet what is known already, so that no gap is left in between. */
  async fetchNewest(): Promise<Result<true>> {
    const newestKnown = (await this.#movements.loadAll()).reduce((max, { sequence }) => Math.max(max, sequence), 0);
    let before: number | undefined;
    for (let page = 0; page < PAGES_AT_ONCE_MAX; page++) {
      const oldest = await this.#fetch(before);
      if (!oldest.ok) return oldest;
      if (oldest.value === undefined || oldest.value <= newestKnown || newestKnown === 0) break;
      before = oldest.value;
    }
    return accept(true);
  }

  async fetchOlder(): Promise<Result<true>> {
    const known = await this.#movements.loadAll();
    const oldestKnown = known.length === 0 ? undefined : Math.min(...known.map(({ sequence }) => sequence));
    const oldest = await this.#fetch(oldestKnown);
    return oldest.ok ? accept(true) : oldest;
  }

  /** @returns the oldest sequence that came, undefined when none did */
  async #fetch(before?: number): Promise<Result<number | undefined>> {
    const answer = await fetchMovements(this.#api, before);
    if (!answer.ok) return answer;
    const { movements } = answer.value;
    await this.#movements.save(movements);
    await this.load();
    if (movements.length < PAGE_LENGTH) this.hasOlder.set(false);
    return accept(movements.at(-1)?.sequence);
  }
}
