import type { WalletSocketMessage } from '../../../shared/protocol/wire/pay-codes.ts';
import type { SocketMessage } from '../../../shared/protocol/wire/payments.ts';
import type { SocketTag } from '../../registry/socket-tags.ts';

/**
 * The tags of a socket that is to be opened, the device's own first. Set by the worker after its session check, and by nobody
 * else: the object is not reachable from outside.
 */
export const SOCKET_TAGS_HEADER = 'X-Socket-Tags';

/** A device holds one; more are left over from broken networks, and the oldest goes. */
const SOCKETS_PER_DEVICE_MAX = 4;

/** A device pings every 20 seconds; one whose last two did not come has no network, however open its socket looks from here. */
const SILENT_MS_MAX = 45_000;

/**
 * The sockets of tills and wallets, hibernating: the runtime keeps them while the object sleeps, with their tags, so nothing
 * about them is held in memory. They carry news only; what a device believes, it verifies or polls.
 */
export class DeviceSockets {
  readonly #state: DurableObjectState;

  constructor(state: DurableObjectState) {
    this.#state = state;
    // Answered without waking the object.
    state.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'));
  }

  accept(request: Request): Response {
    const tags = request.headers.get(SOCKET_TAGS_HEADER)?.split(' ') ?? [];
    const [device] = tags;
    if (request.headers.get('Upgrade') !== 'websocket' || !device) return new Response(null, { status: 426 });
    const open = this.#state.getWebSockets(device);
    for (const socket of open.slice(0, Math.max(0, open.length + 1 - SOCKETS_PER_DEVICE_MAX)))
      close(socket, 'replaced');
    const { 0: client, 1: server } = new WebSocketPair();
    this.#state.acceptWebSocket(server, tags);
    server.serializeAttachment({ openedAtMs: Date.now() } satisfies Attachment);
    return new Response(null, { status: 101, webSocket: client });
  }

  /** Whether there is anybody to push to: worth making the message. */
  isOpen(tag: SocketTag): boolean {
    return this.#state.getWebSockets(tag).length > 0;
  }

  /** Whether the device was heard of lately: by its ping, or as it opened the socket. */
  isListening(tag: SocketTag, nowMs: number): boolean {
    return this.#state.getWebSockets(tag).some((socket) => {
      const { openedAtMs } = socket.deserializeAttachment() as Attachment;
      const pingedAtMs = this.#state.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? openedAtMs;
      return nowMs - Math.max(openedAtMs, pingedAtMs) <= SILENT_MS_MAX;
    });
  }

  push(tag: SocketTag, message: SocketMessage | WalletSocketMessage): void {
    const text = JSON.stringify(message);
    for (const socket of this.#state.getWebSockets(tag)) {
      try {
        socket.send(text);
      } catch {
        // It is closing; the device polls.
      }
    }
  }

  /** For a device whose session ended. */
  closeAll(tag: SocketTag): void {
    for (const socket of this.#state.getWebSockets(tag)) close(socket, 'signed out');
  }
}

interface Attachment {
  readonly openedAtMs: number;
}

function close(socket: WebSocket, reason: string): void {
  try {
    socket.close(1000, reason);
  } catch {
    // Closed already.
  }
}
