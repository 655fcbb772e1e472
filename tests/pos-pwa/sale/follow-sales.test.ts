import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CentrePort } from '../../../pos-pwa/sale/centre-port.ts';
import { decideSale, type SaleEvent } from '../../../pos-pwa/sale/decide-sale.ts';
import { FollowSales } from '../../../pos-pwa/sale/follow-sales.ts';
import type { Charge, Sale, SaleState } from '../../../pos-pwa/sale/sale.ts';
import type { SaleStore } from '../../../pos-pwa/storage/sale-store.ts';
import type { CentreTrust } from '../../../shared/protocol/centre-trust.ts';
import type { ReceiptContent } from '../../../shared/protocol/documents/receipt.ts';
import type { RefusalCode } from '../../../shared/protocol/refusals.ts';
import { accept, type Result, refuse } from '../../../shared/protocol/result.ts';
import type { PaymentAnswer } from '../../../shared/protocol/wire/payments.ts';

const traceKey = 'TILL0001-000001-000001';

/** One sale on a disk that may fail, and a centre whose answers are set by the test. */
function createSituation(status: SaleState['status'] = 'made') {
  let sale = { traceKey, state: { status } } as unknown as Sale;
  const calls: string[] = [];
  const situation = {
    reply: refuse('no_network') as Result<PaymentAnswer>,
    isDiskFull: false,
    isInFront: true,
    isNetworkGone: false,
    takenAlone: refuse('allowance_missing') as Result<SaleEvent>,
    calls,
    charges: [] as Charge[],
    trouble: undefined as RefusalCode | undefined,
    changes: [] as string[],
    get sale() {
      return sale;
    },
    write(event: SaleEvent) {
      sale = { ...sale, state: decideSale(sale.state, event) };
    },
  };
  const ask = async (call: string) => {
    calls.push(call);
    return situation.reply;
  };
  const centre: CentrePort = {
    submit: () => ask('submit'),
    charge: (_sale, handedIn) => {
      situation.charges.push(handedIn);
      return ask('charge');
    },
    settle: () => ask('settle'),
    cancel: () => ask('cancel'),
    look: () => ask('look'),
  };
  const store = {
    load: async () => sale,
    applyEvents: async (_key: string, [event]: readonly SaleEvent[]) => {
      if (situation.isDiskFull) throw new Error('QuotaExceededError');
      situation.write(event!);
      return sale;
    },
  } as unknown as SaleStore;
  const follow = new FollowSales({
    store,
    centre,
    trust: () => ({}) as CentreTrust,
    refreshTrust: async () => undefined,
    situation: () => ({ hasSocket: false, isInFront: situation.isInFront }),
    isNetworkGone: () => situation.isNetworkGone,
    // The middle of the jitter: what a test counts must not hang on a draw.
    random: () => 0.5,
    takeAlone: async () => {
      calls.push('take-alone');
      if (!situation.takenAlone.ok) return situation.takenAlone;
      situation.write(situation.takenAlone.value);
      return accept(sale);
    },
    onChange: (changed) => situation.changes.push(changed.state.status),
    onTrouble: (_traceKey, code) => {
      situation.trouble = code;
    },
  });
  return { situation, follow };
}

function says(status: PaymentAnswer['status'] | RefusalCode): Result<PaymentAnswer> {
  return ['waiting', 'cancelled', 'expired'].includes(status)
    ? accept({ traceKey, status, expiresAtMs: 0, centreTimeMs: 0 } as unknown as PaymentAnswer)
    : refuse(status as RefusalCode);
}

describe('following a sale', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('hands in again until the centre has it, then looks until it has ended', async () => {
    const { situation, follow } = createSituation();
    follow.follow(situation.sale, true);
    await vi.advanceTimersByTimeAsync(10);
    expect(situation.calls).toEqual(['submit']);
    situation.reply = says('waiting');
    await vi.advanceTimersByTimeAsync(2000);
    expect(situation.calls).toEqual(['submit', 'submit']);
    situation.reply = says('expired');
    await vi.advanceTimersByTimeAsync(2000);
    expect(situation.changes).toEqual(['waiting', 'not-paid']);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(situation.calls).toEqual(['submit', 'submit', 'look']);
  });

  it('leaves what has ended to the outbox', async () => {
    const { situation, follow } = createSituation();
    follow.follow(situation.sale, true);
    await vi.advanceTimersByTimeAsync(10);
    situation.write({ kind: 'receipt-shown', receipt: {} as ReceiptContent, document: Uint8Array.of(1) });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(situation.sale.state).toMatchObject({ status: 'paid', handInDue: 1 });
    expect(situation.calls).toEqual(['submit']);
  });

  const consent = { authorisation: Uint8Array.of(1) } as unknown as Charge;
  const alone = { kind: 'taken-alone', acceptedAtMs: 1, allowance: 'aa' } as unknown as SaleEvent;

  it('takes a scanned consent alone where nobody answers, and then lets it rest', async () => {
    const { situation, follow } = createSituation();
    situation.write({ kind: 'charged', charge: consent });
    situation.takenAlone = accept(alone);
    follow.follow(situation.sale, true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(situation.calls).toEqual(['charge', 'take-alone']);
    expect(situation.changes).toEqual(['accepted']);
  });

  it('does not wait for an answer where it is known that there is none', async () => {
    const { situation, follow } = createSituation();
    situation.write({ kind: 'charged', charge: consent });
    situation.isNetworkGone = true;
    situation.takenAlone = accept(alone);
    follow.follow(situation.sale, true);
    await vi.advanceTimersByTimeAsync(10);
    expect(situation.calls).toEqual(['take-alone']);
  });

  it('says why it may not, and goes on handing in', async () => {
    const { situation, follow } = createSituation();
    situation.write({ kind: 'charged', charge: consent });
    follow.follow(situation.sale, true);
    await vi.advanceTimersByTimeAsync(10);
    expect(situation.trouble).toBe('allowance_missing');
    expect(situation.sale.state.status).toBe('charging');
    situation.reply = says('expired');
    await vi.advanceTimersByTimeAsync(5000);
    expect(situation.sale.state).toMatchObject({ status: 'not-paid', code: 'request_expired' });
  });

  it('takes nothing alone where the centre answers, nor a pay code ever', async () => {
    const { situation, follow } = createSituation();
    situation.write({ kind: 'charged', charge: { codes: ['A', 'B'], capture: Uint8Array.of(1) } });
    follow.follow(situation.sale, true);
    await vi.advanceTimersByTimeAsync(5000);
    expect(situation.calls).not.toContain('take-alone');
    const other = createSituation();
    other.situation.write({ kind: 'charged', charge: consent });
    other.situation.reply = refuse('unavailable');
    other.follow.follow(other.situation.sale, true);
    await vi.advanceTimersByTimeAsync(5000);
    expect(other.situation.calls).not.toContain('take-alone');
  });

  it('asks at once when nudged, also while an answer was under way', async () => {
    const { situation, follow } = createSituation('waiting');
    situation.reply = says('waiting');
    follow.follow(situation.sale);
    situation.write({ kind: 'cancel-asked' });
    follow.nudge();
    await vi.advanceTimersByTimeAsync(10);
    expect(situation.calls).toEqual(['look', 'cancel']);
  });

  it('begins with short pauses again when nudged: a network that is just back may take a second', async () => {
    const { situation, follow } = createSituation('waiting');
    situation.isInFront = false;
    follow.follow(situation.sale);
    await vi.advanceTimersByTimeAsync(60_000);
    situation.calls.length = 0;
    follow.nudge();
    await vi.advanceTimersByTimeAsync(10);
    expect(situation.calls).toEqual(['look']);
    situation.reply = says('expired');
    await vi.advanceTimersByTimeAsync(1500);
    expect(situation.calls).toEqual(['look', 'look']);
    expect(situation.changes).toEqual(['not-paid']);
  });

  it('takes back at once what a scan did not pay while nobody looks at it', async () => {
    const { situation, follow } = createSituation();
    situation.isInFront = false;
    situation.write({ kind: 'charged', charge: { codes: ['A', 'B'], capture: Uint8Array.of(1) } });
    situation.reply = refuse('pay_code_expired');
    follow.follow(situation.sale, true);
    await vi.advanceTimersByTimeAsync(10);
    expect(situation.calls).toEqual(['charge', 'cancel']);
    expect(situation.changes).toEqual(['charge-refused', 'cancelling']);
    situation.reply = says('cancelled');
    await vi.advanceTimersByTimeAsync(5000);
    expect(situation.sale.state).toMatchObject({ status: 'not-paid', code: 'request_cancelled' });
  });

  it('leaves to the cashier what a scan did not pay before their eyes', async () => {
    const { situation, follow } = createSituation();
    situation.write({ kind: 'charged', charge: { codes: ['A', 'B'], capture: Uint8Array.of(1) } });
    situation.reply = refuse('pay_code_expired');
    follow.follow(situation.sale, true);
    await vi.advanceTimersByTimeAsync(10);
    expect(situation.calls).toEqual(['charge']);
    expect(situation.sale.state.status).toBe('charge-refused');
  });

  it('follows a sale once, however often it is told to', async () => {
    const { situation, follow } = createSituation('waiting');
    situation.reply = says('waiting');
    follow.follow(situation.sale);
    follow.follow(situation.sale);
    await vi.advanceTimersByTimeAsync(10);
    expect(situation.calls).toEqual(['look']);
  });

  it('tells nobody of what could not be stored, and asks again', async () => {
    vi.stubGlobal('reportError', () => {});
    const { situation, follow } = createSituation('waiting');
    situation.reply = says('expired');
    situation.isDiskFull = true;
    follow.follow(situation.sale);
    await vi.advanceTimersByTimeAsync(100);
    expect(situation.changes).toEqual([]);
    situation.isDiskFull = false;
    await vi.advanceTimersByTimeAsync(2000);
    expect(situation.changes).toEqual(['not-paid']);
    vi.unstubAllGlobals();
  });

  it('says what is wrong when it goes on failing, and no longer once it is right', async () => {
    const { situation, follow } = createSituation('waiting');
    situation.reply = says('internal');
    follow.follow(situation.sale);
    await vi.advanceTimersByTimeAsync(10);
    expect(situation.trouble).toBeUndefined();
    await vi.advanceTimersByTimeAsync(2000);
    expect(situation.trouble).toBe('internal');
    situation.reply = says('waiting');
    await vi.advanceTimersByTimeAsync(5000);
    expect(situation.trouble).toBeUndefined();
  });

  it('hands in the very same charge until it is answered', async () => {
    const charge: Charge = { codes: ['A', 'B'], capture: new Uint8Array([7]) };
    const { situation, follow } = createSituation();
    situation.write({ kind: 'charged', charge });
    follow.follow(situation.sale, true);
    await vi.advanceTimersByTimeAsync(5000);
    expect(situation.calls).toEqual(['charge', 'charge', 'charge']);
    expect(situation.charges).toEqual([charge, charge, charge]);
    situation.reply = accept({ traceKey, status: 'waiting', isCustomerAsked: true } as unknown as PaymentAnswer);
    await vi.advanceTimersByTimeAsync(5000);
    expect(situation.changes).toContain('asked');
    expect(situation.calls.slice(-1)).toEqual(['look']);
  });

  it('charges at once when the customer was scanned for a sale that was waiting', async () => {
    const { situation, follow } = createSituation('waiting');
    situation.reply = says('waiting');
    follow.follow(situation.sale);
    await vi.advanceTimersByTimeAsync(10);
    situation.write({ kind: 'charged', charge: { codes: ['A', 'B'], capture: new Uint8Array() } });
    follow.nudge();
    await vi.advanceTimersByTimeAsync(10);
    expect(situation.calls).toEqual(['look', 'charge']);
  });

  it('stops when the till is another one', async () => {
    const { situation, follow } = createSituation('waiting');
    follow.follow(situation.sale);
    await vi.advanceTimersByTimeAsync(10);
    follow.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(situation.calls).toEqual(['look']);
  });
});
