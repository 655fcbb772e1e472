import { connect, type Socket } from 'node:net';

export interface HttpReply {
  readonly status: number;
  /** Whole, as it came; chunks are not taken apart. */
  readonly text: string;
}

const HEAD_END = '\r\n\r\n';
const LAST_CHUNK = '\r\n0\r\n\r\n';

/**
 * One kept-alive HTTP/1.1 connection, one call at a time: far cheaper than any client library, so that what is measured is
 * the server. Calls are whole requests as bytes.
 */
export class HttpConnection {
  readonly #socket: Socket;
  #text = '';
  #waiting: { resolve(reply: HttpReply): void; reject(error: Error): void } | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    // Latin-1 keeps one character per byte, so lengths are those of the wire.
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => this.#read(chunk));
    const fail = (error: Error) => this.#waiting?.reject(error);
    socket.on('error', fail);
    socket.on('close', () => fail(new Error('The server closed the connection.')));
  }

  static open(port: number): Promise<HttpConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(new HttpConnection(socket)));
      socket.once('error', reject);
    });
  }

  send(call: Buffer): Promise<HttpReply> {
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) return reject(new Error('The server had closed the connection.'));
      this.#waiting = { resolve, reject };
      this.#socket.write(call);
    });
  }

  close(): void {
    this.#waiting = undefined;
    this.#socket.destroy();
  }

  #read(chunk: string): void {
    this.#text += chunk;
    const headEnd = this.#text.indexOf(HEAD_END);
    if (headEnd < 0 || !isWhole(this.#text, headEnd)) return;
    const text = this.#text;
    const waiting = this.#waiting;
    this.#text = '';
    this.#waiting = undefined;
    waiting?.resolve({ status: Number(text.slice(9, 12)), text });
  }
}

function isWhole(text: string, headEnd: number): boolean {
  const head = text.slice(0, headEnd);
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length !== undefined) return text.length >= headEnd + HEAD_END.length + Number(length);
  return /\r\ntransfer-encoding: chunked/i.test(head) ? text.endsWith(LAST_CHUNK) : true;
}

/** A call as bytes, made ahead of the measurement. */
export function encodeCall(origin: string, method: 'GET' | 'POST', path: string, body?: unknown): Buffer {
  const { host } = new URL(origin);
  const lines = [`${method} ${path} HTTP/1.1`, `Host: ${host}`];
  const text = body === undefined ? '' : JSON.stringify(body);
  if (body !== undefined) {
    lines.push(`Origin: ${origin}`, 'Content-Type: application/json', `Content-Length: ${Buffer.byteLength(text)}`);
  }
  return Buffer.from(`${lines.join('\r\n')}${HEAD_END}${text}`);
}
