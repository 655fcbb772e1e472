import type { ApiClient } from '../../shared/browser/network/api-client.ts';
import type { OutboxStore } from '../../shared/browser/outbox/outbox-store.ts';
import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import type { ProgrammeId } from '../../shared/protocol/identifiers.ts';
import { askCentre } from '../payment/ask-centre.ts';
import type { Settler } from '../payment/settler.ts';
import type { IntentStore } from '../storage/intent-store.ts';

export interface UnsettledParts {
  readonly intents: IntentStore;
  readonly outbox: OutboxStore;
  readonly settler: Settler;
  readonly api: ApiClient;
}

/** What was signed and has no last word yet: another try of it, what became of it elsewhere, a copy of it as a file. */
export class Unsettled {
  readonly #parts: UnsettledParts;

  constructor(parts: UnsettledParts) {
    this.#parts = parts;
  }

  async count(): Promise<number> {
    return (await this.#parts.outbox.loadAll()).length;
  }

  /** Of what stepped aside. */
  async tryAgain(id: string): Promise<void> {
    await this.#parts.settler.tryAgain(id);
  }

  /** The person said that the shop did not take it; a shop that handed it in all the same was paid, and this phone hears of it so. */
  async askAboutLeft(trust: CentreTrust, nowMs: number): Promise<void> {
    for (const intent of await this.#parts.intents.loadByStatus('signed')) {
      const { state } = intent;
      if (state.status !== 'signed' || state.leftUntilMs === undefined || nowMs > state.leftUntilMs) continue;
      const word = await askCentre(intent, 'not_found', { api: this.#parts.api, trust, nowMs });
      if (word.kind === 'ended' && word.event.kind === 'pay') await this.#parts.intents.apply(intent.id, word.event);
    }
  }

  /** All that is to be handed in, as any device of the shop can hand it in: each call proves itself. */
  async createFile(programme: ProgrammeId): Promise<File> {
    const { createUnsettledFile } = await import('../offline/unsettled-file.ts');
    const items = new Set((await this.#parts.outbox.loadAll()).map(({ id }) => id));
    const signed = await this.#parts.intents.loadByStatus('signed');
    return createUnsettledFile(
      programme,
      signed.filter(({ id }) => items.has(id)),
    );
  }
}
