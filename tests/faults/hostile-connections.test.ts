import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../../edge/serve/start-server.ts';
import { getRaw, openStalled, sendRaw } from './support/send-raw.ts';

let folder: string;
let server: RunningServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hostile-'));
  server = await startServer({ dataDir: folder });
});

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The answer may be lost where the server closes while we still send. */
const CUT_OFF = 0;

const post = (path: string, ...headers: string[]) =>
  [
    `POST ${path} HTTP/1.1`,
    'Host: localhost',
    'Content-Type: application/json',
    'Connection: close',
    ...headers,
    '',
    '',
  ].join('\r\n');

describe('files', () => {
  /** Browsers tidy most of these up before they send them. */
  const PATHS = [
    '/edge/worker.js',
    '/edge/workerd.capnp',
    '/edge/',
    '/.assetsignore',
    '/pos/../edge/worker.js',
    '/pos/%2e%2e/edge/worker.js',
    '/pos/..%2fedge%2fworker.js',
    '/pos/..%5cedge%5cworker.js',
    '/pos/%252e%252e/edge/worker.js',
    '/pos/\\..\\edge\\worker.js',
    '/pos//../edge/worker.js',
    '//edge/worker.js',
    'http://localhost/edge/worker.js',
    '/pos/../../key-secret',
    '/pos/.vite/manifest.json',
    '/pos/index.html%00.js',
    '/pos/index.html%0d%0aSet-Cookie:a=b.js',
  ];

  it.each(PATHS)('of the worker and its build are nowhere: %s', async (path) => {
    const { status, head, body } = await getRaw(server.port, path);
    expect(status).toBe(404);
    expect(body).not.toContain('durableObjectNamespaces');
    expect(head.toLowerCase()).not.toContain('set-cookie');
  });

  it('are not listed: a folder is a place in the app', async () => {
    for (const path of ['/pos/', '/pos/assets', '/pos/assets/', '/wallet/assets/']) {
      const { status, head, body } = await getRaw(server.port, path);
      expect([path, status, /content-type: (\S+)/i.exec(head)?.[1]]).toEqual([path, 200, 'text/html;']);
      expect(body.trimStart().toLowerCase()).toMatch(/^<!doctype html>/);
    }
  });
});

describe('a connection of bad manners', () => {
  it('may not send more head than anyone needs', async () => {
    const { status } = await getRaw(server.port, '/api/v1/health', [`X-Filler: ${'a'.repeat(4 << 20)}`]);
    expect([431, CUT_OFF]).toContain(status);
  });

  it('is cut off at the bound of a body, though it never says how much is to come', async () => {
    const chunk = `1000\r\n${'a'.repeat(4_096)}\r\n`;
    const endless = post('/api/v1/requests', 'Transfer-Encoding: chunked') + chunk.repeat(64);
    expect([413, CUT_OFF]).toContain((await sendRaw(server.port, endless)).status);
  });

  it.each([
    ['two lengths', ['Content-Length: 2', 'Content-Length: 3']],
    ['a negative length', ['Content-Length: -1']],
    ['no host', []],
  ])('with %s is refused', async (what, headers) => {
    const request = post('/api/v1/requests', ...headers).replace(
      what === 'no host' ? 'Host: localhost\r\n' : '\n\n',
      '',
    );
    expect((await sendRaw(server.port, `${request}{}`)).status).toBe(400);
  });

  it('keeps nobody else waiting, even five hundred that began a body and fell silent', async () => {
    const beginning = `${post('/api/v1/requests', 'Content-Length: 60000')}{"request":"`;
    const stalled = Array.from({ length: 500 }, () => openStalled(server.port, beginning));
    const startedAtMs = performance.now();
    for (let calls = 0; calls < 20; calls += 1)
      expect((await fetch(`${server.origin}/api/v1/health`)).status).toBe(200);
    expect(performance.now() - startedAtMs).toBeLessThan(5_000);
    for (const socket of stalled) socket.destroy();
  });

  it('learns nothing of the worker’s inside, and leaves no secret in its log', async () => {
    const secret = 'A'.repeat(43);
    for (const path of [
      '/api/v1/wallet/movements',
      '/api/v1/administration/merchants',
      '/centre',
      '/api/v1/payments/x',
    ]) {
      const cookies = `Cookie: tandem_wallet=100001.${secret}; tandem_centre=${secret}`;
      const { body } = await getRaw(server.port, path, [cookies, `Authorization: Bearer ${secret}`]);
      expect(body).not.toMatch(/\bat .+:[0-9]+:[0-9]+|worker\.js:[0-9]|SQLITE|Error:/);
    }
    expect(server.recentLog()).not.toContain(secret);
    expect(server.recentLog()).not.toContain(server.setupCode);
  });
});
