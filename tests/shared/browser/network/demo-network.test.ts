import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiClient } from '../../../../shared/browser/network/api-client.ts';
import { DemoNetwork } from '../../../../shared/browser/network/demo-network.ts';
import { NetworkState } from '../../../../shared/browser/network/network-state.ts';

/** What the page's window keeps until it is closed. */
let stored: Map<string, string>;
let sockets: (EventTarget & { close(): void; isClosed: boolean })[];
let answer: (init?: RequestInit) => Promise<Response>;

class BrowserSocket extends EventTarget {
  isClosed = false;

  constructor() {
    super();
    sockets.push(this);
  }

  close(): void {
    this.isClosed = true;
    this.dispatchEvent(new Event('close'));
  }
}

beforeEach(() => {
  stored = new Map();
  sockets = [];
  answer = async () => Response.json({ isHere: true });
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  });
  vi.stubGlobal('WebSocket', BrowserSocket);
  vi.stubGlobal('fetch', (_: string, init?: RequestInit) => {
    init?.signal?.throwIfAborted();
    return answer(init);
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

const CALL = { path: 'programme', answer: v.object({ isHere: v.boolean() }) };

function openWindow(app = 'pos') {
  const events = new EventTarget();
  const demo = new DemoNetwork(app, events);
  const probe = vi.fn();
  const network = new NetworkState(probe, events, !demo.isPulled.value);
  return { demo, network, probe, api: new ApiClient({ network, fetch: demo.fetch }) };
}

describe('a network that nobody pulled', () => {
  it('lets calls and sockets through', async () => {
    const { api, demo, network } = openWindow();
    expect(await api.call(CALL)).toMatchObject({ ok: true, value: { isHere: true } });
    demo.createSocket('wss://pay.example.org/socket');
    expect([sockets[0]?.isClosed, network.isOnline.value]).toEqual([false, true]);
  });
});

describe('a pulled network', () => {
  it('answers no call, and says so to whoever listens for the browser’s word', async () => {
    const { api, demo, network } = openWindow();
    demo.pull(true);
    expect(network.isOnline.value).toBe(false);
    expect(await api.call(CALL)).toMatchObject({ ok: false, code: 'no_network' });
  });

  it('ends the call that is under way', async () => {
    const { api, demo } = openWindow();
    answer = (init) =>
      new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)));
    const call = api.call(CALL);
    await Promise.resolve();
    demo.pull(true);
    expect(await call).toMatchObject({ ok: false, code: 'no_network' });
  });

  it('ends the sockets that are open, and those that are tried', () => {
    const { demo } = openWindow();
    demo.createSocket('wss://pay.example.org/socket');
    demo.pull(true);
    demo.createSocket('wss://pay.example.org/socket');
    expect(sockets.map(({ isClosed }) => isClosed)).toEqual([true, true]);
  });

  it('stays pulled in this window over a reload, and in no other app', async () => {
    openWindow().demo.pull(true);
    const reloaded = openWindow();
    expect([reloaded.demo.isPulled.value, reloaded.network.isOnline.value]).toEqual([true, false]);
    expect(await reloaded.api.call(CALL)).toMatchObject({ ok: false, code: 'no_network' });
    expect(openWindow('wallet').demo.isPulled.value).toBe(false);
  });

  it('is tried at once when it is plugged in again', async () => {
    const { api, demo, network, probe } = openWindow();
    demo.pull(true);
    demo.pull(false);
    expect(probe).toHaveBeenCalledOnce();
    expect(await api.call(CALL)).toMatchObject({ ok: true });
    expect(network.isOnline.value).toBe(true);
    demo.createSocket('wss://pay.example.org/socket');
    expect(sockets.at(-1)?.isClosed).toBe(false);
    expect(openWindow().demo.isPulled.value).toBe(false);
  });
});
