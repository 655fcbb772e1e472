import type { TerminalId } from '../../shared/protocol/identifiers.ts';
import type { PaymentAnswer, SocketMessage } from '../../shared/protocol/wire/payments.ts';

/** Set by the worker after its session check, and by nobody else: the object is not reachable from outside. */
export const TERMINAL_ID_HEADER = 'X-Terminal-Id';

/** A till holds one; more are left over from broken networks, and the oldest goes. */
const SOCKETS_PER_TERMINAL_MAX = 4;

/**
 * The tills' sockets, hibernating: the runtime keeps them while the object sleeps, with the terminal id as their tag, so
 * nothing about them is held in memory. They carry news only; what a till believes, it verifies or polls.
 */
export class TerminalSockets {
  readonly #state: DurableObjectState;

  constructor(state: DurableObjectState) {
    this.#state = state;
    // Answered without waking the object.
    state.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'));
  }

  accept(request: Request): Response {
    const terminalId = request.headers.get(TERMINAL_ID_HEADER);
    if (request.headers.get('Upgrade') !== 'websocket' || !terminalId) return new Response(null, { status: 426 });
    const open = this.#state.getWebSockets(terminalId);
    for (const socket of open.slice(0, Math.max(0, open.length + 1 - SOCKETS_PER_TERMINAL_MAX)))
      close(socket, 'replaced');
    const { 0: client, 1: server } = new WebSocketPair();
    this.#state.acceptWebSocket(server, [terminalId]);
    return new Response(null, { status: 101, webSocket: client });
  }

  isListening(terminalId: TerminalId): boolean {
    return this.#state.getWebSockets(terminalId).length > 0;
  }

  push(terminalId: TerminalId, payment: PaymentAnswer): void {
    const message = JSON.stringify({ kind: 'payment', payment } satisfies SocketMessage);
    for (const socket of this.#state.getWebSockets(terminalId)) {
      try {
        socket.send(message);
      } catch {
        // It is closing; the till polls.
      }
    }
  }

  /** For a terminal that was closed or activated anew. */
  closeAll(terminalId: TerminalId): void {
    for (const socket of this.#state.getWebSockets(terminalId)) close(socket, 'signed out');
  }
}

function close(socket: WebSocket, reason: string): void {
  try {
    socket.close(1000, reason);
  } catch {
    // Closed already.
  }
}
