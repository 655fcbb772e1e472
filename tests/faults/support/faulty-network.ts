import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * What a network may do to one call:
 * - `lose-request`: it never arrives, and the connection breaks
 * - `lose-answer`: it arrives and is done, and the connection breaks before a word of the answer
 * - `cut-answer`: the answer breaks off in the middle
 * - `double`: it arrives twice at once; the second answer comes back
 * - `replay`: it arrives, is answered, and arrives again later, when nobody waits for it
 * - `delay`: it is overtaken by what was sent after it
 * - `error-page`: some box on the way answers in its place, after it was done
 */
export const FAULTS = ['lose-request', 'lose-answer', 'cut-answer', 'double', 'replay', 'delay', 'error-page'] as const;
export type Fault = (typeof FAULTS)[number];

export interface FaultyNetwork {
  readonly origin: string;
  /** How often each was done. */
  readonly done: Readonly<Record<Fault | 'none', number>>;
  /** Waits for what still wanders about, then closes. */
  close(): Promise<void>;
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

interface Reply {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

/** Stands between devices and a server on this machine. @param draw says what befalls the next call */
export async function openFaultyNetwork(port: number, draw: () => Fault | 'none'): Promise<FaultyNetwork> {
  const agent = new Agent({ keepAlive: true });
  const done = Object.fromEntries([...FAULTS, 'none'].map((fault) => [fault, 0])) as Record<Fault | 'none', number>;
  const wandering = new Set<Promise<unknown>>();

  function send(call: Call): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const { method, path, headers, body } = call;
      const outgoing = request({ host: '127.0.0.1', port, method, path, headers, agent }, (incoming) => {
        readBody(incoming).then((answer) => {
          resolve({ status: incoming.statusCode ?? 502, headers: incoming.headers, body: answer });
        }, reject);
      });
      outgoing.once('error', reject).end(body);
    });
  }

  async function carry(call: Call, fault: Fault | 'none', response: ServerResponse): Promise<void> {
    if (fault === 'lose-request') return cut(response);
    if (fault === 'delay') await sleep(Math.random() * 150);
    const replies = await Promise.all(fault === 'double' ? [send(call), send(call)] : [send(call)]);
    const reply = replies.at(-1)!;
    if (fault === 'replay') wanderOff(call);
    if (fault === 'lose-answer') return cut(response);
    if (fault === 'error-page') return say(response, ERROR_PAGE);
    if (fault !== 'cut-answer') return say(response, reply);
    response.writeHead(reply.status, reply.headers);
    response.write(reply.body.subarray(0, reply.body.length / 2), () => cut(response));
  }

  function wanderOff(call: Call): void {
    const late = sleep(50 + Math.random() * 500).then(() => send(call).catch(() => undefined));
    wandering.add(late);
    void late.then(() => wandering.delete(late));
  }

  const server = createServer((incoming, response) => {
    const fault = draw();
    done[fault] += 1;
    readBody(incoming)
      .then((body) => {
        const { method = 'GET', url = '/', headers } = incoming;
        return carry({ method, path: url, headers, body }, fault, response);
      })
      .catch(() => cut(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    done,
    async close() {
      await Promise.all(wandering);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      agent.destroy();
    },
  };
}

const ERROR_PAGE: Reply = {
  status: 502,
  headers: { 'content-type': 'text/html' },
  body: Buffer.from('<h1>502 Bad Gateway</h1>'),
};

function say(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, headers).end(body);
}

function cut(response: ServerResponse): void {
  response.socket?.destroy();
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
