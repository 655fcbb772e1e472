import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/**
 * Stands before a server as a reverse proxy does, so that a test can publish another version of a file: what a browser's
 * service worker asks for while it looks for an update passes no route of the test runner.
 */
export class FrontDoor {
  readonly #server: Server;
  readonly #additions = new Map<string, string>();
  /** A switched protocol (the till's socket) is no longer the HTTP server's to close. */
  readonly #sockets = new Set<Socket>();
  #target = '';

  private constructor(server: Server) {
    this.#server = server;
  }

  /** Opens it; `leadTo` says afterwards what is behind. */
  static async open(): Promise<FrontDoor> {
    const server = createServer();
    const door = new FrontDoor(server);
    server.on('connection', (socket: Socket) => {
      door.#sockets.add(socket);
      socket.on('close', () => door.#sockets.delete(socket));
    });
    server.on('request', (incoming, outgoing) => {
      const passed = door.#pass(incoming);
      passed.on('response', (answer) => {
        const addition = door.#additions.get(incoming.url ?? '');
        const headers = { ...answer.headers };
        if (addition !== undefined)
          for (const name of ['content-length', 'etag', 'last-modified']) delete headers[name];
        outgoing.writeHead(answer.statusCode ?? 502, headers);
        answer.pipe(outgoing, { end: addition === undefined });
        answer.on('error', () => outgoing.destroy());
        if (addition !== undefined) answer.on('end', () => outgoing.end(addition));
      });
      passed.on('error', () => outgoing.destroy());
      incoming.pipe(passed);
    });
    server.on('upgrade', (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
      const passed = door.#pass(incoming);
      passed.on('upgrade', (answer, behind) => {
        const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}`);
        socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`);
        behind.on('error', () => socket.destroy());
        socket.on('error', () => behind.destroy());
        behind.write(head);
        behind.pipe(socket).pipe(behind);
      });
      passed.on('response', () => socket.destroy());
      passed.on('error', () => socket.destroy());
      passed.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return door;
  }

  get origin(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  leadTo(origin: string): void {
    this.#target = origin;
  }

  /** From now on the file at this path ends differently. */
  addTo(path: string, text: string): void {
    this.#additions.set(path, text);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #pass({ url, method, headers }: IncomingMessage) {
    // A changed file must come whole: neither "not modified" nor packed.
    const { 'if-none-match': _, 'if-modified-since': __, 'accept-encoding': ___, ...others } = headers;
    // A connection of its own each time: one that was kept may be hung up just as it is used again, and a file would be missing.
    return httpRequest(new URL(url ?? '/', this.#target), { method, headers: others, agent: false });
  }
}
