import { connect, type Socket } from 'node:net';

/** What came back over a bare connection: for requests that no client of good manners would send. */
export interface RawReply {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** Sends bytes as they are and reads until the other side closes, or for so long. */
export function sendRaw(port: number, bytes: string, timeoutMs = 3_000): Promise<RawReply> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1');
    const timer = setTimeout(() => socket.destroy(), timeoutMs);
    socket.setEncoding('latin1').on('data', (part) => {
      text += part;
    });
    // The server may close while we still send: what it said before counts.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      const [head = '', ...rest] = text.split('\r\n\r\n');
      resolve({ status: Number(/^HTTP\/1\.1 ([0-9]{3})/.exec(head)?.[1] ?? 0), head, body: rest.join('\r\n\r\n') });
    });
    socket.write(bytes);
  });
}

export function getRaw(port: number, path: string, headers: readonly string[] = []): Promise<RawReply> {
  return sendRaw(
    port,
    [`GET ${path} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...headers, '', ''].join('\r\n'),
  );
}

/** Opens a connection, sends the beginning of a request, and falls silent. */
export function openStalled(port: number, beginning: string): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(beginning);
  return socket;
}
