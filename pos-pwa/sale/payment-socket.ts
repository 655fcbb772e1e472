import * as v from 'valibot';
import { Store } from '../../shared/browser/state/store.ts';
import { type PaymentAnswer, SocketMessage } from '../../shared/protocol/wire/payments.ts';

const BACKOFF_MS_MAX = 30_000;
/** Proxies close connections on which nothing moved for a minute. The centre answers without waking up for it. */
const PING_EVERY_MS = 30_000;

export interface PaymentSocketOptions {
  readonly url: string;
  readonly onPayment: (payment: PaymentAnswer) => void;
  /** Makes sure that there is a session before a further try; the handshake itself cannot say why it failed. */
  readonly beforeRetry: () => Promise<unknown>;
}

/** The centre tells the till over this socket how payments end. It comes back by itself; polling covers the gaps. */
export class PaymentSocket {
  readonly isOpen = new Store(false);
  readonly #options: PaymentSocketOptions;
  #socket: WebSocket | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #pingTimer: ReturnType<typeof setInterval> | undefined;
  #failureCount = 0;
  #isWanted = false;

  constructor(options: PaymentSocketOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#isWanted) return;
    this.#isWanted = true;
    this.#connect();
  }

  stop(): void {
    this.#isWanted = false;
    clearTimeout(this.#retryTimer);
    this.#socket?.close(1000);
  }

  /** The network came back: do not sit out the rest of a long pause. */
  retryNow(): void {
    if (!this.#isWanted || this.#socket) return;
    clearTimeout(this.#retryTimer);
    this.#connect();
  }

  #connect(): void {
    const socket = new WebSocket(this.#options.url);
    this.#socket = socket;
    socket.addEventListener('open', () => {
      this.#failureCount = 0;
      this.isOpen.set(true);
      this.#pingTimer = setInterval(() => socket.send('ping'), PING_EVERY_MS);
    });
    socket.addEventListener('message', ({ data }) => this.#hear(data));
    socket.addEventListener('close', () => this.#onClose(socket));
  }

  #hear(data: unknown): void {
    if (typeof data !== 'string' || data === 'pong') return;
    try {
      const message = v.safeParse(SocketMessage, JSON.parse(data));
      if (message.success) this.#options.onPayment(message.output.payment);
    } catch {
      // Not ours. What matters is asked for by polling as well.
    }
  }

  #onClose(socket: WebSocket): void {
    if (this.#socket !== socket) return;
    clearInterval(this.#pingTimer);
    this.#socket = undefined;
    this.isOpen.set(false);
    if (!this.#isWanted) return;
    const backoffMs = Math.min(BACKOFF_MS_MAX, 1000 * 2 ** this.#failureCount) * (0.75 + Math.random() / 2);
    this.#failureCount += 1;
    this.#retryTimer = setTimeout(async () => {
      await this.#options.beforeRetry();
      if (this.#isWanted && !this.#socket) this.#connect();
    }, backoffMs);
  }
}
