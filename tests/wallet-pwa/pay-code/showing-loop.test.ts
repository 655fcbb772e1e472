import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ShowingLoop } from '../../../wallet-pwa/pay-code/showing-loop.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function numberedPairs() {
  let count = 0;
  return vi.fn(async () => ({ a: `A${++count}`, b: `B${count}` }));
}

describe('fresh codes', () => {
  it('are made at once, and again each time their time is over', async () => {
    const loop = new ShowingLoop();
    loop.start(numberedPairs(), 4_000);
    await vi.advanceTimersByTimeAsync(0);
    expect(loop.pair.value?.a).toBe('A1');
    await vi.advanceTimersByTimeAsync(3_999);
    expect(loop.pair.value?.a).toBe('A1');
    await vi.advanceTimersByTimeAsync(1);
    expect(loop.pair.value).toEqual({ a: 'A2', b: 'B2' });
  });

  it('are made no more, and drawn no more, once it is stopped', async () => {
    const loop = new ShowingLoop();
    const make = numberedPairs();
    loop.start(make, 4_000);
    await vi.advanceTimersByTimeAsync(0);
    loop.stop();
    expect(loop.pair.value).toBeUndefined();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(make).toHaveBeenCalledTimes(1);
  });

  it('do not come from a code that was on before', async () => {
    const loop = new ShowingLoop();
    let finish: (pair: { a: string; b: string }) => void = () => {};
    loop.start(() => new Promise((resolve) => (finish = resolve)), 4_000);
    loop.start(numberedPairs(), 4_000);
    await vi.advanceTimersByTimeAsync(0);
    finish({ a: 'old', b: 'old' });
    await vi.advanceTimersByTimeAsync(0);
    expect(loop.pair.value?.a).toBe('A1');
  });
});
