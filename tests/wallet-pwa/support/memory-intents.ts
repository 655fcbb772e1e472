import { createOutboxItem, type OutboxItem } from '../../../shared/browser/outbox/outbox-order.ts';
import type { OutboxStorage } from '../../../shared/browser/outbox/outbox-storage.ts';
import { type Bytes, encodeHex } from '../../../shared/protocol/bytes.ts';
import type { Card } from '../../../wallet-pwa/cards/card.ts';
import { type ClosingMoment, decideClose } from '../../../wallet-pwa/offline/decide-close.ts';
import { decideApply, decidePrepare } from '../../../wallet-pwa/offline/decide-consent.ts';
import { createChain, type KeptChain } from '../../../wallet-pwa/offline/kept-chain.ts';
import type { IntentEvent } from '../../../wallet-pwa/payment/decide-intent.ts';
import type { PaymentIntent } from '../../../wallet-pwa/payment/payment-intent.ts';
import type { ChainStore } from '../../../wallet-pwa/storage/chain-store.ts';
import type { IntentStore } from '../../../wallet-pwa/storage/intent-store.ts';

type IntentPort = Pick<IntentStore, 'prepare' | 'apply' | 'load' | 'loadChain' | 'findByRequest' | 'loadByStatus'>;
type ChainPort = Pick<ChainStore, 'loadAll' | 'close' | 'settle'>;

/**
 * The stores' rules over maps, each call one step that nothing comes between, as a transaction is; and a log of what was written in
 * which order. The real ones run in the browser tests.
 */
export class MemoryIntents implements IntentPort {
  readonly rows = new Map<string, PaymentIntent>();
  readonly chains = new Map<string, KeptChain>();
  readonly items = new Map<string, OutboxItem>();
  readonly log: string[] = [];
  isFull = false;

  async prepare(intent: PaymentIntent, nowMs: number): Promise<PaymentIntent | undefined> {
    this.#write(`prepare ${intent.accountNumber}`);
    const rows = [...this.rows.values()];
    const step = decidePrepare(
      {
        intent,
        ofRequest: rows.filter(({ facts }) => String(facts.requestHash) === String(intent.facts.requestHash)),
        prepared: rows.filter(({ state }) => state.status === 'prepared'),
        chain: this.#chainOf(intent),
      },
      nowMs,
    );
    if (step.kind === 'moved') return undefined;
    if (step.kind === 'standing') return step.intent;
    for (const row of step.intents) this.rows.set(row.id, row);
    if (step.chain) this.chains.set(step.chain.id, step.chain);
    return intent;
  }

  async apply(id: string, event: IntentEvent): Promise<PaymentIntent> {
    this.#write(event.kind);
    const intent = this.rows.get(id)!;
    const step = decideApply(intent, this.#chainOf(intent), event);
    if (!step) return intent;
    this.rows.set(id, step.intent);
    if (step.chain) this.chains.set(step.chain.id, step.chain);
    if (step.outbox === 'remove') this.items.delete(id);
    if (step.outbox === 'add' && !this.items.has(id)) {
      this.items.set(id, createOutboxItem(id, intent.place?.counter ?? 0, intent.authorisedAtMs));
    }
    return step.intent;
  }

  async load(id: string): Promise<PaymentIntent | undefined> {
    return this.rows.get(id);
  }

  async loadChain(card: Pick<Card, 'accountNumber' | 'grant'>): Promise<KeptChain | undefined> {
    const fresh = createChain(card);
    return fresh && this.chains.get(fresh.id);
  }

  async findByRequest(requestHash: Uint8Array): Promise<readonly PaymentIntent[]> {
    return [...this.rows.values()].filter(({ facts }) => String(facts.requestHash) === String(requestHash));
  }

  async loadByStatus(status: 'prepared' | 'signed'): Promise<readonly PaymentIntent[]> {
    return [...this.rows.values()].filter(({ state }) => state.status === status);
  }

  /** A consent that was signed before the test began. */
  add(intent: PaymentIntent): void {
    this.rows.set(intent.id, intent);
    if (intent.state.status === 'signed')
      this.items.set(intent.id, createOutboxItem(intent.id, 0, intent.authorisedAtMs));
  }

  get outbox(): OutboxStorage {
    const { items } = this;
    return {
      loadAll: async () => [...items.values()],
      load: async (id) => items.get(id),
      put: async (item) => void (items.has(item.id) && items.set(item.id, item)),
      remove: async (id) => void items.delete(id),
    };
  }

  get chainStore(): ChainPort {
    return {
      loadAll: async () => [...this.chains.values()],
      close: async (id, closing, moment) => this.#close(id, closing, moment),
      settle: async (closedId, card) => this.#settle(closedId, card),
    };
  }

  #close(id: string, closing: Bytes, moment: ClosingMoment): KeptChain {
    this.#write('close');
    const chain = this.chains.get(id)!;
    const prepared = [...this.rows.values()].filter(({ state }) => state.status === 'prepared');
    const step = decideClose(chain, prepared, closing, moment);
    if (!step) return chain;
    this.chains.set(id, step.chain);
    for (const intent of step.burnt) this.rows.set(intent.id, intent);
    return step.chain;
  }

  #settle(closedId: string | undefined, card: Card | undefined): void {
    this.#write('settle');
    const closed = closedId === undefined ? undefined : this.chains.get(closedId);
    if (closed) this.chains.set(closed.id, { ...closed, state: { status: 'closed' } });
    const fresh = card && createChain(card);
    if (fresh && !this.chains.has(fresh.id)) this.chains.set(fresh.id, fresh);
  }

  #chainOf({ place }: PaymentIntent): KeptChain | undefined {
    return place && this.chains.get(encodeHex(place.allowance));
  }

  #write(what: string): void {
    if (this.isFull) throw new DOMException('full', 'QuotaExceededError');
    this.log.push(what);
  }
}
