import { Store } from '../state/store.ts';

/**
 * The network as an app uses it, with a plug. In a demo a person can pull it for one window: calls and sockets then behave as
 * with no network at all, those under way among them, and still do after a reload. Who may pull it is for the screens to say
 * (`tandem-demo-switch`, in a demo only); what nobody pulls lets everything through.
 */
export class DemoNetwork {
  readonly isPulled: Store<boolean>;
  readonly #key: string;
  readonly #events: EventTarget;
  #life = new AbortController();

  /** @param app of whose window it is: the till and the wallet have one each, also in the same window */
  constructor(app: string, events: EventTarget = globalThis) {
    this.#key = `tandem-${app}-network`;
    this.#events = events;
    this.isPulled = new Store(readStored(this.#key));
    if (this.isPulled.value) this.#life.abort();
  }

  /** Whoever listens for the browser's own word on the network hears the same from here. */
  pull(isPulled: boolean): void {
    if (isPulled === this.isPulled.value) return;
    store(this.#key, isPulled);
    if (!isPulled) this.#life = new AbortController();
    this.isPulled.set(isPulled);
    if (isPulled) this.#life.abort();
    this.#events.dispatchEvent(new Event(isPulled ? 'offline' : 'online'));
  }

  readonly fetch: typeof fetch = (input, init) => {
    const { signal } = this.#life;
    return fetch(input, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, signal]) : signal });
  };

  /** One made while the network is pulled ends at once, as any does that finds nobody. */
  readonly createSocket = (url: string): WebSocket => {
    const socket = new WebSocket(url);
    const { signal } = this.#life;
    const close = () => socket.close();
    if (signal.aborted) close();
    signal.addEventListener('abort', close);
    socket.addEventListener('close', () => signal.removeEventListener('abort', close));
    return socket;
  };
}

function readStored(key: string): boolean {
  try {
    return sessionStorage.getItem(key) === 'pulled';
  } catch {
    return false;
  }
}

function store(key: string, isPulled: boolean): void {
  try {
    if (isPulled) sessionStorage.setItem(key, 'pulled');
    else sessionStorage.removeItem(key);
  } catch {
    // Where a window may keep nothing, the network is back after a reload.
  }
}
