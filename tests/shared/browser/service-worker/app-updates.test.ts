import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppUpdates } from '../../../../shared/browser/service-worker/app-updates.ts';
import { Store } from '../../../../shared/browser/state/store.ts';

type Control = { readonly isUpdate?: boolean; readonly isExternal?: boolean };

const { listeners } = vi.hoisted(() => ({ listeners: new Map<string, (event: object) => void>() }));

vi.mock('workbox-window', () => ({
  Workbox: class {
    addEventListener(type: string, listener: (event: object) => void) {
      listeners.set(type, listener);
    }
    async register() {}
    async update() {}
  },
}));

const reload = vi.fn();

/** A page that a service worker controls already, or not yet. */
async function openPage({ isControlled = false } = {}) {
  const isBusy = new Store(false);
  const container = { controller: isControlled ? {} : null } as unknown as ServiceWorkerContainer;
  await new AppUpdates('/pos/sw.js', isBusy, container).register();
  const takeOver = (event: Control) => listeners.get('controlling')?.(event);
  return { isBusy, takeOver };
}

describe('a page that a service worker takes over', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('location', { reload });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    reload.mockReset();
    listeners.clear();
  });

  it('stays as it is on the first visit, also where another window’s worker was the first', async () => {
    const own = await openPage();
    own.takeOver({ isUpdate: false, isExternal: false });
    const others = await openPage();
    others.takeOver({ isExternal: true });
    expect(reload).not.toHaveBeenCalled();
  });

  it('is loaded anew for a newer version, its own or one that another window took', async () => {
    const own = await openPage({ isControlled: true });
    own.takeOver({ isUpdate: true });
    expect(reload).toHaveBeenCalledTimes(1);
    const others = await openPage();
    others.takeOver({ isExternal: true });
    others.takeOver({ isExternal: true });
    expect(reload).toHaveBeenCalledTimes(2);
  });

  it('is not loaded anew before its payment has ended', async () => {
    const { isBusy, takeOver } = await openPage({ isControlled: true });
    isBusy.set(true);
    takeOver({ isExternal: true });
    expect(reload).not.toHaveBeenCalled();
    isBusy.set(false);
    await vi.advanceTimersByTimeAsync(0);
    expect(reload).toHaveBeenCalledTimes(1);
  });
});
