import { encodeBase64url } from '../../shared/protocol/bytes.ts';
import type { PayCodeAnswer } from '../../shared/protocol/wire/pay-codes.ts';
import type { KeptPayCode } from './kept-pay-code.ts';
import type { WalletSocket, WalletSocketOptions } from './wallet-socket.ts';

/** Without a socket the wallet asks this often; with one, now and then, because a dead socket may look open. */
const POLL_MS = 2_000;
const POLL_BESIDE_SOCKET_MS = 6_000;

export interface PayCodeWatchParts {
  readonly openSocket: (
    options: Pick<WalletSocketOptions, 'onPayCode' | 'onOpen'>,
  ) => Pick<WalletSocket, 'isOpen' | 'start' | 'stop'>;
  /** Undefined when nothing answered. */
  readonly fetch: (code: KeptPayCode) => Promise<PayCodeAnswer | undefined>;
  readonly hear: (code: KeptPayCode, answer: PayCodeAnswer) => Promise<unknown>;
}

/** Hears how the code on the screen fares, by socket or by asking, until it is told to stop. */
export class PayCodeWatch {
  readonly #parts: PayCodeWatchParts;
  #stop: (() => void) | undefined;

  constructor(parts: PayCodeWatchParts) {
    this.#parts = parts;
  }

  start(code: KeptPayCode): void {
    this.stop();
    const { openSocket, fetch, hear } = this.#parts;
    const name = encodeBase64url(code.hash);
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isStopped = false;
    const take = (answer: PayCodeAnswer | undefined) => {
      if (!isStopped && answer?.payCode === name) void hear(code, answer);
    };
    const plan = () => {
      clearTimeout(timer);
      if (!isStopped) timer = setTimeout(() => void poll(), socket.isOpen.value ? POLL_BESIDE_SOCKET_MS : POLL_MS);
    };
    const poll = async () => {
      take(await fetch(code));
      plan();
    };
    // What happened before the socket stood is asked for once.
    const socket = openSocket({ onPayCode: take, onOpen: () => void poll() });
    this.#stop = () => {
      isStopped = true;
      clearTimeout(timer);
      socket.stop();
    };
    socket.start();
    plan();
  }

  stop(): void {
    this.#stop?.();
    this.#stop = undefined;
  }
}
