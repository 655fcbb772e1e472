import { describe, expect, it, vi } from 'vitest';
import { NetworkState } from '../../../../shared/browser/network/network-state.ts';

describe('NetworkState', () => {
  it('takes the word "offline" at once', () => {
    const events = new EventTarget();
    const network = new NetworkState(vi.fn(), events, true);
    events.dispatchEvent(new Event('offline'));
    expect(network.isOnline.value).toBe(false);
  });

  it('tries before it believes the word "online"', () => {
    const events = new EventTarget();
    const probe = vi.fn();
    const network = new NetworkState(probe, events, false);
    events.dispatchEvent(new Event('online'));
    expect(probe).toHaveBeenCalledOnce();
    expect(network.isOnline.value).toBe(false);
    network.reportAnswered();
    expect(network.isOnline.value).toBe(true);
  });

  it('tells listeners about changes only', () => {
    const network = new NetworkState(vi.fn(), new EventTarget(), true);
    const seen: boolean[] = [];
    network.isOnline.subscribe((isOnline) => seen.push(isOnline));
    network.reportAnswered();
    network.reportNoAnswer();
    network.reportNoAnswer();
    network.reportAnswered();
    expect(seen).toEqual([false, true]);
  });
});
