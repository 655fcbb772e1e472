import { decidePayCode, type PayCodeEvent } from '../../../wallet-pwa/pay-code/decide-pay-code.ts';
import type { KeptPayCode } from '../../../wallet-pwa/pay-code/kept-pay-code.ts';
import type { PayCodeStore } from '../../../wallet-pwa/storage/pay-code-store.ts';

type PayCodePort = Pick<PayCodeStore, 'prepare' | 'apply' | 'loadByStatus'>;

/** The store's rules over a map, and a log of what was written in which order. The real one runs in the browser tests. */
export class MemoryPayCodes implements PayCodePort {
  readonly rows = new Map<string, KeptPayCode>();
  readonly log: string[] = [];
  isFull = false;

  async prepare(code: KeptPayCode): Promise<void> {
    this.#write('prepare');
    this.rows.set(code.id, code);
  }

  async apply(id: string, event: PayCodeEvent): Promise<KeptPayCode> {
    this.#write(event.kind);
    const code = this.rows.get(id)!;
    const next = { ...code, state: decidePayCode(code.state, event) ?? code.state };
    this.rows.set(id, next);
    return next;
  }

  async loadByStatus(...statuses: KeptPayCode['state']['status'][]): Promise<readonly KeptPayCode[]> {
    return [...this.rows.values()].filter(({ state }) => statuses.includes(state.status));
  }

  get only(): KeptPayCode {
    if (this.rows.size !== 1) throw new Error(`${this.rows.size} pay codes are kept.`);
    return [...this.rows.values()][0]!;
  }

  #write(what: string): void {
    if (this.isFull) throw new DOMException('full', 'QuotaExceededError');
    this.log.push(what);
  }
}
