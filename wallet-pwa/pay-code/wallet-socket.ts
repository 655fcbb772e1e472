import * as v from 'valibot';
import { type PayCodeAnswer, WalletSocketMessage } from '../../shared/protocol/wire/pay-codes.ts';

/** A code lives a minute: there is no time for long pauses between tries. */
const RETRY_MS = 1_500;
const PING_EVERY_MS = 20_000;

export interface WalletSocketOptions {
  readonly url: string;
  readonly onPayCode: (answer: PayCodeAnswer) => void;
  readonly onOpen: () => void;
  /** As far as the wallet knows: with no network nothing is tried, and the next poll finds out. */
  readonly isOnline: () => boolean;
}

/** Over this the centre tells the wallet how the code on its screen fares. Open only while one is shown; polling covers the gaps. */
export class WalletSocket {
  readonly #options: WalletSocketOptions;
  #socket: WebSocket | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #pingTimer: ReturnType<typeof setInterval> | undefined;
  #isWanted = true;

  constructor(options: WalletSocketOptions) {
    this.#options = options;
    this.#connect();
  }

  get isOpen(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  close(): void {
    this.#isWanted = false;
    clearTimeout(this.#retryTimer);
    clearInterval(this.#pingTimer);
    this.#socket?.close(1000);
  }

  #connect(): void {
    if (!this.#options.isOnline()) {
      this.#retryLater();
      return;
    }
    const socket = new WebSocket(this.#options.url);
    this.#socket = socket;
    socket.addEventListener('open', () => {
      this.#pingTimer = setInterval(() => socket.send('ping'), PING_EVERY_MS);
      this.#options.onOpen();
    });
    socket.addEventListener('message', ({ data }) => this.#isWanted && this.#hear(data));
    socket.addEventListener('close', () => {
      clearInterval(this.#pingTimer);
      if (this.#isWanted) this.#retryLater();
    });
  }

  #retryLater(): void {
    this.#retryTimer = setTimeout(() => this.#connect(), RETRY_MS * (0.75 + Math.random() / 2));
  }

  #hear(data: unknown): void {
    if (typeof data !== 'string' || data === 'pong') return;
    try {
      const message = v.safeParse(WalletSocketMessage, JSON.parse(data));
      if (message.success) this.#options.onPayCode(message.output.payCode);
    } catch {
      // Not ours. What matters is asked for by polling as well.
    }
  }
}
