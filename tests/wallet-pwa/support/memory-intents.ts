import { decideIntent, type IntentEvent } from '../../../wallet-pwa/payment/decide-intent.ts';
import type { PaymentIntent } from '../../../wallet-pwa/payment/payment-intent.ts';
import type { IntentStore } from '../../../wallet-pwa/storage/intent-store.ts';

type IntentPort = Pick<IntentStore, 'prepare' | 'apply' | 'load' | 'findByRequest' | 'loadByStatus'>;

/** The store's rules over a map, and a log of what was written in which order. The real one runs in the browser tests. */
export class MemoryIntents implements IntentPort {
  readonly rows = new Map<string, PaymentIntent>();
  readonly log: string[] = [];
  isFull = false;

  async prepare(intent: PaymentIntent, nowMs: number): Promise<PaymentIntent> {
    this.#write(`prepare ${intent.accountNumber}`);
    const others = await this.findByRequest(intent.facts.requestHash);
    const standing = others.find(({ state }) => state.status === 'signed' || state.status === 'paid');
    if (standing) return standing;
    for (const other of others) {
      const state = decideIntent(other.state, { kind: 'drop', atMs: nowMs });
      if (state) this.rows.set(other.id, { ...other, state });
    }
    this.rows.set(intent.id, intent);
    return intent;
  }

  async apply(id: string, event: IntentEvent): Promise<PaymentIntent> {
    this.#write(event.kind);
    const intent = this.rows.get(id)!;
    const next = { ...intent, state: decideIntent(intent.state, event) ?? intent.state };
    this.rows.set(id, next);
    return next;
  }

  async load(id: string): Promise<PaymentIntent | undefined> {
    return this.rows.get(id);
  }

  async findByRequest(requestHash: Uint8Array): Promise<readonly PaymentIntent[]> {
    return [...this.rows.values()].filter(({ facts }) => String(facts.requestHash) === String(requestHash));
  }

  async loadByStatus(status: 'prepared' | 'signed'): Promise<readonly PaymentIntent[]> {
    return [...this.rows.values()].filter(({ state }) => state.status === status);
  }

  #write(what: string): void {
    if (this.isFull) throw new DOMException('full', 'QuotaExceededError');
    this.log.push(what);
  }
}
