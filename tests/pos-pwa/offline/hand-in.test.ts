import { beforeEach, describe, expect, it } from 'vitest';
import { type HandInParts, handInSale } from '../../../pos-pwa/offline/hand-in.ts';
import type { CentrePort } from '../../../pos-pwa/sale/centre-port.ts';
import { decideSale, type SaleEvent } from '../../../pos-pwa/sale/decide-sale.ts';
import type { Sale, TakenAlone } from '../../../pos-pwa/sale/sale.ts';
import { Outbox } from '../../../shared/browser/outbox/outbox.ts';
import { createOutboxItem, type OutboxItem } from '../../../shared/browser/outbox/outbox-order.ts';
import { unpark } from '../../../shared/browser/outbox/outbox-storage.ts';
import type { ReceiptContent } from '../../../shared/protocol/documents/receipt.ts';
import type { RefusalCode } from '../../../shared/protocol/refusals.ts';
import { accept, type Result, refuse } from '../../../shared/protocol/result.ts';
import type { PaymentAnswer } from '../../../shared/protocol/wire/payments.ts';

const taken = { acceptedAtMs: 1, allowance: 'aa' } as unknown as TakenAlone;
const receipt = { sequence: 7 } as ReceiptContent;

type Said = 'paid' | 'waiting' | 'cancelled' | RefusalCode;

/** A till with accepted sales, and a centre that says what the test wants, each time it is asked. */
class Situation {
  readonly sales = new Map<string, Sale>();
  readonly items = new Map<string, OutboxItem>();
  readonly calls: string[] = [];
  readonly changes: string[] = [];
  isUnreadable = false;
  nowMs = 1_000_000;
  timers: (() => void)[] = [];
  say: (call: string, traceKey: string, count: number) => Said = () => 'paid';
  readonly outbox: Outbox;
  underWay = 0;
  underWayMax = 0;

  constructor(parallelMax = 1) {
    this.outbox = new Outbox({
      storage: {
        loadAll: async () => [...this.items.values()],
        load: async (id) => this.items.get(id),
        put: async (item) => void this.items.set(item.id, item),
        remove: async (id) => void this.items.delete(id),
      },
      handIn: (item) => handInSale(this.#parts(), item),
      locks: {
        request: async (_name: string, _options: unknown, work: (lock: object) => unknown) => work({}),
      } as never,
      lockName: 'test',
      random: () => 0,
      nowMs: () => this.nowMs,
      setTimer: (run) => {
        this.timers.push(run);
        return () => undefined;
      },
      parallelMax,
    });
  }

  add(traceKey: string, state: Sale['state'] = { status: 'accepted', ...taken }, place = 1): void {
    this.sales.set(traceKey, { traceKey, state } as unknown as Sale);
    this.items.set(traceKey, createOutboxItem(traceKey, place, this.nowMs));
  }

  stateOf(traceKey: string): Sale['state'] {
    return this.sales.get(traceKey)!.state;
  }

  #parts(): HandInParts {
    const ask = async (call: string, { traceKey }: Sale): Promise<Result<PaymentAnswer>> => {
      this.calls.push(`${call} ${traceKey}`);
      this.underWay += 1;
      this.underWayMax = Math.max(this.underWayMax, this.underWay);
      await new Promise((resolve) => setTimeout(resolve, 1));
      this.underWay -= 1;
      const said = this.say(call, traceKey, this.calls.length);
      return said === 'paid' || said === 'waiting' || said === 'cancelled'
        ? accept({ traceKey, status: said } as unknown as PaymentAnswer)
        : refuse(said);
    };
    const centre = {
      settle: (sale: Sale) => ask('settle', sale),
      submit: (sale: Sale) => ask('submit', sale),
    } as CentrePort;
    return {
      centre,
      store: {
        load: async (traceKey) => this.sales.get(traceKey),
        applyEvents: async (traceKey, events) => {
          const sale = this.sales.get(traceKey)!;
          const changed = { ...sale, state: events.reduce(decideSale, sale.state) };
          this.sales.set(traceKey, changed);
          return changed;
        },
      },
      read: async (_sale, { status }): Promise<Result<SaleEvent>> => {
        if (this.isUnreadable) return refuse('certificate_invalid');
        return accept(
          status === 'paid' ? { kind: 'receipt', receipt, document: Uint8Array.of(1) } : { kind: 'answer', status },
        );
      },
      onChange: ({ state }) => this.changes.push(state.status),
    };
  }
}

let situation: Situation;

beforeEach(() => {
  situation = new Situation();
});

describe('what the till took alone', () => {
  it('is handed in with its acceptance, and is done with the receipt', async () => {
    situation.add('T1');
    await situation.outbox.hurry();
    expect(situation.calls).toEqual(['settle T1']);
    expect(situation.stateOf('T1')).toEqual({ status: 'paid', receipt, document: Uint8Array.of(1), paidAtMs: 1 });
    expect(situation.items.size).toBe(0);
  });

  it('waits as it is while nobody answers, and nothing behind it is tried', async () => {
    situation.add('T1');
    situation.add('T2', undefined, 2);
    situation.say = () => 'no_network';
    await situation.outbox.hurry();
    expect(situation.calls).toEqual(['settle T1']);
    expect(situation.items.get('T1')).toMatchObject({ failures: 0 });
    expect(situation.stateOf('T1').status).toBe('accepted');
    situation.say = () => 'paid';
    situation.timers.at(-1)?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(situation.items.size).toBe(0);
  });

  it('is never dropped: a refusal parks it, is shown, and holds nothing else up', async () => {
    situation.add('T1');
    situation.add('T2', undefined, 2);
    situation.say = (_call, traceKey) => (traceKey === 'T1' ? 'claim_late' : 'paid');
    await situation.outbox.hurry();
    expect(situation.stateOf('T1')).toMatchObject({ status: 'not-settled', code: 'claim_late', ...taken });
    expect(situation.items.get('T1')).toMatchObject({ parkedFor: 'claim_late' });
    expect(situation.outbox.progress.value).toMatchObject({ waiting: 0, isRunning: false });
    expect(situation.outbox.progress.value.parked).toHaveLength(1);
    expect(situation.stateOf('T2').status).toBe('paid');
    await situation.outbox.hurry();
    expect(situation.calls).toHaveLength(2);
  });

  it('is tried again when a person asks, and settles after all', async () => {
    situation.add('T1');
    situation.say = () => 'claim_late';
    await situation.outbox.hurry();
    const storage = {
      load: async (id: string) => situation.items.get(id),
      put: async (item: OutboxItem) => void situation.items.set(item.id, item),
    } as never;
    await unpark(storage, 'T1', situation.nowMs);
    situation.say = () => 'paid';
    await situation.outbox.hurry();
    expect(situation.stateOf('T1').status).toBe('paid');
    expect(situation.items.size).toBe(0);
  });

  it('is not given up for an answer that only this till cannot read', async () => {
    situation.add('T1');
    situation.isUnreadable = true;
    for (let i = 0; i < 20; i += 1) await situation.outbox.hurry();
    expect(situation.stateOf('T1').status).toBe('accepted');
    situation.isUnreadable = false;
    await situation.outbox.hurry();
    expect(situation.stateOf('T1').status).toBe('paid');
  });

  it('that was settled by the customer’s phone still brings the till’s own request', async () => {
    situation.add(
      'T1',
      decideSale({ status: 'accepted', ...taken }, { kind: 'receipt', receipt, document: Uint8Array.of(1) }),
    );
    await situation.outbox.hurry();
    expect(situation.calls).toEqual(['submit T1']);
    expect(situation.stateOf('T1')).not.toHaveProperty('handInDue');
    expect(situation.items.size).toBe(0);
  });

  it('leaves nothing behind that is settled already, or is not there', async () => {
    situation.add('T1', { status: 'paid', receipt, document: Uint8Array.of(1) });
    situation.add('T2');
    situation.sales.delete('T2');
    await situation.outbox.hurry();
    expect(situation.items.size).toBe(0);
    expect(situation.calls).toEqual([]);
  });
});

describe('500 sales through a flaky network', () => {
  it('all settle, each once, at most four at a time, and the count is told', async () => {
    situation = new Situation(4);
    const settled = new Map<string, number>();
    for (let i = 0; i < 500; i += 1) situation.add(`T${i}`, undefined, i);
    situation.say = (_call, traceKey, count) => {
      if (count % 7 === 0) return 'no_network';
      // Booked, and the answer is lost: the centre says the same when it is asked again.
      settled.set(traceKey, 1);
      if (count % 5 === 0) return 'unavailable';
      return 'paid';
    };
    let most = 0;
    situation.outbox.progress.subscribe(({ done }) => {
      most = Math.max(most, done);
    });
    for (let run = 0; run < 1000 && situation.items.size > 0; run += 1) await situation.outbox.hurry();
    expect(situation.items.size).toBe(0);
    expect(settled.size).toBe(500);
    expect([...situation.sales.values()].every(({ state }) => state.status === 'paid')).toBe(true);
    expect(situation.underWayMax).toBe(4);
    expect(most).toBeGreaterThan(1);
  });
});
