import { describe, expect, it, vi } from 'vitest';
import { Store } from '../../../../shared/browser/state/store.ts';

describe('Store', () => {
  it('tells its listeners about a new value, and nobody about the same again', () => {
    const store = new Store(1);
    const listener = vi.fn();
    store.subscribe(listener);
    store.set(1);
    store.set(2);
    store.update((value) => value + 1);
    expect(listener.mock.calls).toEqual([[2], [3]]);
    expect(store.value).toBe(3);
  });

  it('stops telling after unsubscribing, by function or signal', () => {
    const store = new Store('a');
    const [one, other, late] = [vi.fn(), vi.fn(), vi.fn()];
    const abort = new AbortController();
    const unsubscribe = store.subscribe(one);
    store.subscribe(other, abort.signal);
    unsubscribe();
    abort.abort();
    store.subscribe(late, abort.signal);
    store.set('b');
    for (const listener of [one, other, late]) expect(listener).not.toHaveBeenCalled();
  });

  it('lets a listener unsubscribe while it is told', () => {
    const store = new Store(0);
    const second = vi.fn();
    const unsubscribe = store.subscribe(() => unsubscribe());
    store.subscribe(second);
    store.set(1);
    expect(second).toHaveBeenCalledOnce();
  });
});
