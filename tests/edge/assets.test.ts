import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../edge/app.ts';
import type { Env } from '../../edge/env.ts';
import { origin } from './support/test-app.ts';

const asked: string[] = [];

/** A disk that knows no content types, as plain workerd has it, with the worker's own code beside the apps. */
const files = new Map([
  ['/pos/index.html', '<title>till</title>'],
  ['/wallet/index.html', '<title>wallet</title>'],
  ['/wallet/sw.js', 'self'],
  ['/wallet/manifest.webmanifest', '{}'],
  ['/wallet/assets/index-a1B2c3_4.js', 'x'],
  ['/wallet/assets/plain.js', 'x'],
  ['/pos/.vite/manifest.json', '{}'],
  ['/edge/worker.js', 'the worker itself'],
  ['/edge/workerd.capnp', 'its configuration'],
  ['/.assetsignore', 'edge'],
]);

const disk: Env = {
  ...(env as Env),
  ASSETS: {
    async fetch(input: RequestInfo | URL, init?: RequestInit) {
      const request = new Request(input as RequestInfo, init);
      const { pathname } = new URL(request.url);
      asked.push(pathname);
      const text = files.get(pathname);
      if (text === undefined) return new Response('Not Found', { status: 404 });
      if (request.headers.get('if-modified-since') === 'then') return new Response(null, { status: 304 });
      return new Response(text, { headers: { 'last-modified': 'then', 'x-internal': 'yes' } });
    },
  } as unknown as Fetcher,
};

function load(path: string, init?: RequestInit): Promise<Response> {
  return Promise.resolve(createApp().request(`${origin}${path}`, init, disk));
}

describe('static files', () => {
  it.each([
    ['/wallet/assets/index-a1B2c3_4.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['/wallet/assets/plain.js', 'text/javascript; charset=utf-8', 'no-cache'],
    ['/wallet/sw.js', 'text/javascript; charset=utf-8', 'no-cache'],
    ['/wallet/manifest.webmanifest', 'application/manifest+json; charset=utf-8', 'no-cache'],
    ['/wallet/', 'text/html; charset=utf-8', 'no-cache'],
  ])('%s is %s, cached as %s', async (path, contentType, cacheControl) => {
    const { status, headers } = await load(path);
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      200,
      contentType,
      cacheControl,
    ]);
    expect(headers.get('x-internal')).toBeNull();
  });

  it.each(['/wallet/p/', '/wallet/history/today', '/pos/settings', '/pos/'])(
    '%s inside an app is the app',
    async (path) => {
      expect(await (await load(path)).text()).toMatch(/till|wallet/);
    },
  );

  it.each(['/wallet', '/pos'])('%s leads to the app itself', async (path) => {
    const { status, headers } = await load(path);
    expect([status, headers.get('location')]).toEqual([308, `${path}/`]);
  });

  it.each([
    '/edge/worker.js',
    '/edge/workerd.capnp',
    '/.assetsignore',
    '/pos/.vite/manifest.json',
    '/pos/..%2fedge/worker.js',
    '/pos/%2e%2e/edge/worker.js',
    '/pos//index.html',
    '/pos/assets/',
    '/wallet/assets/gone-a1B2c3_4.js',
    '/wallet/index.php',
    '/pos/a%00.js',
  ])('%s is not there', async (path) => {
    const response = await load(path);
    const text = await response.text();
    if (response.status === 200) expect(text).toMatch(/<title>(till|wallet)/);
    else expect(response.status).toBe(404);
    expect(text).not.toMatch(/the worker itself|its configuration/);
  });

  it('are asked for by names below our folders alone', () => {
    expect(asked.filter((path) => !/^\/(pos|wallet|centre)\//.test(path))).toEqual([]);
  });

  it('are answered as unchanged to who has them', async () => {
    const { status } = await load('/wallet/sw.js', { headers: { 'if-modified-since': 'then' } });
    expect(status).toBe(304);
  });
});
