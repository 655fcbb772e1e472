import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PayCodeEvent } from '../../../wallet-pwa/pay-code/decide-pay-code.ts';
import type { KeptPayCode } from '../../../wallet-pwa/pay-code/kept-pay-code.ts';
import { PayCodeSettler } from '../../../wallet-pwa/pay-code/pay-code-settler.ts';
import { isFinalAt } from '../../../wallet-pwa/pay-code/read-pay-code-answer.ts';
import { MemoryPayCodes } from '../support/memory-pay-codes.ts';
import { CODE_STATES, samplePayCode } from './sample-pay-code.ts';

let codes: MemoryPayCodes;
let nowMs: number;
let isOnline: boolean;
/** What the centre's answer comes to; nothing as long as it is `open`. */
let news: PayCodeEvent | undefined;

function createSettler(watched?: string) {
  const calls: string[] = [];
  const timers: { run: () => void; delayMs: number }[] = [];
  const answer = (kind: string) => async (code: KeptPayCode) => {
    calls.push(`${kind} ${code.id}`);
    if (!isOnline) return undefined;
    return news ? codes.apply(code.id, news) : code;
  };
  const settler = new PayCodeSettler({
    loadOutstanding: () => codes.loadByStatus('confirmed', 'withdrawn'),
    isWatched: (id) => id === watched,
    ask: answer('ask'),
    cancel: answer('cancel'),
    nowMs: () => nowMs,
    setTimer: (run, delayMs) => {
      timers.push({ run, delayMs });
      return () => timers.splice(0);
    },
  });
  return { settler, calls, timers };
}

function keep(state: KeptPayCode['state'], id = 'aa'): KeptPayCode {
  const code = samplePayCode(state, id);
  codes.rows.set(id, code);
  return code;
}

beforeEach(() => {
  codes = new MemoryPayCodes();
  nowMs = 30_000;
  isOnline = true;
  news = undefined;
});

describe('finding out how codes ended', () => {
  it('asks for those that are not on the screen', async () => {
    keep(CODE_STATES.confirmed, 'aa');
    keep(CODE_STATES.confirmed, 'bb');
    keep(CODE_STATES.paid, 'cc');
    const { settler, calls } = createSettler('aa');
    await settler.hurry();
    expect(calls).toEqual(['ask bb']);
  });

  it('cancels at the centre what was taken back, while it could still be charged', async () => {
    keep(CODE_STATES.withdrawn);
    const { settler, calls } = createSettler();
    await settler.hurry();
    nowMs = 70_000;
    await settler.hurry();
    expect(calls).toEqual(['cancel aa', 'ask aa']);
  });

  it('asks once more when nothing can come any more', async () => {
    const code = keep(CODE_STATES.confirmed);
    const { settler, timers, calls } = createSettler();
    await settler.hurry();
    expect(timers.map(({ delayMs }) => nowMs + delayMs)).toEqual([isFinalAt(code) + 1_000]);
    news = { kind: 'end', atMs: isFinalAt(code) };
    timers.splice(0)[0]!.run();
    await vi.waitFor(() => expect(codes.only.state.status).toBe('ended'));
    expect(calls).toHaveLength(2);
    expect(timers).toEqual([]);
  });

  it('leaves a code alone that has ended', async () => {
    keep(CODE_STATES.confirmed);
    const { status: _, ...payment } = CODE_STATES.paid;
    news = { kind: 'pay', ...payment };
    const { settler, calls, timers } = createSettler();
    await settler.hurry();
    await settler.hurry();
    expect(calls).toEqual(['ask aa']);
    expect(timers).toEqual([]);
  });

  it('waits for the next sync while there is no network', async () => {
    keep(CODE_STATES.confirmed, 'aa');
    keep(CODE_STATES.confirmed, 'bb');
    isOnline = false;
    const { settler, calls, timers } = createSettler();
    await settler.hurry();
    expect(calls).toEqual(['ask aa']);
    expect(timers).toEqual([]);
  });

  it('runs once more for who asks while it runs', async () => {
    keep(CODE_STATES.confirmed);
    const { settler, calls } = createSettler();
    void settler.hurry();
    void settler.hurry();
    await settler.hurry();
    await vi.waitFor(() => expect(calls).toHaveLength(2));
  });
});
