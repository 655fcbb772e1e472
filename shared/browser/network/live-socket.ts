import * as v from 'valibot';
import { Store } from '../state/store.ts';

/** Proxies close connections on which nothing moved for a minute. The centre answers without waking up for it. */
const PING_EVERY_MS = 20_000;
const FIRST_PAUSE_MS = 1_000;

export interface LiveSocketOptions<Schema extends v.GenericSchema> {
  readonly url: string;
  /** What a message must look like; anything else is not heard. */
  readonly message: Schema;
  readonly onMessage: (message: v.InferOutput<Schema>) => void;
  readonly onOpen?: () => void;
  /** Pauses between tries double up to this. */
  readonly pauseMsMax: number;
  /** Before a further try: makes sure of a session, say; the handshake itself cannot tell why it failed. */
  readonly beforeRetry?: () => Promise<unknown>;
  /** False where there is no network, as far as is known: nothing is tried then. */
  readonly canTry?: () => boolean;
  readonly createSocket?: (url: string) => WebSocket;
  /** In [0, 1): spreads devices that lost the network together. */
  readonly random: () => number;
}

/** The centre says over this what happened, as it happens. It comes back by itself; what matters is asked for by polling as well. */
export class LiveSocket<Schema extends v.GenericSchema> {
  readonly isOpen = new Store(false);
  readonly #options: LiveSocketOptions<Schema>;
  #socket: WebSocket | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #pingTimer: ReturnType<typeof setInterval> | undefined;
  #failureCount = 0;
  #isWanted = false;

  constructor(options: LiveSocketOptions<Schema>) {
    this.#options = options;
  }

  start(): void {
    if (this.#isWanted) return;
    this.#isWanted = true;
    this.#connect();
  }

  /** What still arrives is not heard any more. */
  stop(): void {
    this.#isWanted = false;
    clearTimeout(this.#retryTimer);
    const socket = this.#socket;
    this.#forget();
    socket?.close(1000);
  }

  /** The network came back: do not sit out the rest of a long pause. */
  retryNow(): void {
    if (!this.#isWanted || this.#socket) return;
    clearTimeout(this.#retryTimer);
    this.#connect();
  }

  #connect(): void {
    const { url, onOpen, canTry, createSocket = (address) => new WebSocket(address) } = this.#options;
    if (canTry && !canTry()) {
      this.#retryLater();
      return;
    }
    const socket = createSocket(url);
    this.#socket = socket;
    socket.addEventListener('open', () => {
      if (this.#socket !== socket) return;
      this.#failureCount = 0;
      this.isOpen.set(true);
      this.#pingTimer = setInterval(() => socket.send('ping'), PING_EVERY_MS);
      onOpen?.();
    });
    socket.addEventListener('message', ({ data }) => this.#socket === socket && this.#hear(data));
    socket.addEventListener('close', () => this.#onClose(socket));
  }

  #hear(data: unknown): void {
    if (typeof data !== 'string' || data === 'pong') return;
    const message = v.safeParse(this.#options.message, parseJson(data));
    if (message.success) this.#options.onMessage(message.output);
  }

  /** One that was stopped, or has a successor, ends unheard. */
  #onClose(socket: WebSocket): void {
    if (this.#socket !== socket) return;
    this.#forget();
    this.#retryLater();
  }

  #forget(): void {
    clearInterval(this.#pingTimer);
    this.#socket = undefined;
    this.isOpen.set(false);
  }

  #retryLater(): void {
    const pauseMs = Math.min(this.#options.pauseMsMax, FIRST_PAUSE_MS * 2 ** this.#failureCount);
    this.#failureCount += 1;
    this.#retryTimer = setTimeout(() => void this.#retry(), pauseMs * (0.75 + this.#options.random() / 2));
  }

  async #retry(): Promise<void> {
    await this.#options.beforeRetry?.();
    if (this.#isWanted && !this.#socket) this.#connect();
  }
}

/** Undefined where it is no JSON: not ours. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
