import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../../edge/app.ts';
import type { Env } from '../../../edge/env.ts';
import { createClient, origin } from '../support/test-app.ts';

const PAGE_HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; " +
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; " +
    "frame-ancestors 'none'; object-src 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

const DATA_HEADERS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

function pick(headers: Headers, names: object): object {
  return Object.fromEntries(Object.keys(names).map((name) => [name, headers.get(name)]));
}

/** The worker as it is deployed under an HTTPS address. */
function fetchDeployed(path: string, init?: RequestInit): Promise<Response> {
  const deployed: Env = { ...(env as Env), PUBLIC_ORIGIN: 'https://pay.example.org' };
  return Promise.resolve(createApp().request(`https://pay.example.org${path}`, init, deployed));
}

describe('headers', () => {
  it.each(['/', '/centre/sign-in', '/pos/', '/nowhere', '/api/v1/docs'])('of the page %s', async (path) => {
    const { headers } = await createClient().send('GET', path);
    expect(pick(headers, PAGE_HEADERS)).toEqual(PAGE_HEADERS);
  });

  it('let the scanner’s thorough reader compile WebAssembly, and nothing else', async () => {
    const policyOf = async (path: string) =>
      (await createClient().send('GET', path)).headers.get('content-security-policy') ?? '';
    for (const app of ['pos', 'wallet']) {
      const policy = await policyOf(`/${app}/assets/thorough-worker-C1GQGpCL.js`);
      expect(policy).toBe(
        PAGE_HEADERS['content-security-policy'].replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"),
      );
    }
    for (const path of [
      '/pos/',
      '/wallet/sw.js',
      '/pos/assets/zxing-worker-C1GQGpCL.js',
      '/centre/assets/thorough-worker-C1GQGpCL.js',
      '/pos/assets/thorough-worker-C1GQGpCL.js/x',
      '/pos/assets/x/thorough-worker-C1GQGpCL.js',
    ])
      expect(await policyOf(path), path).not.toContain('wasm');
  });

  it('allow the own origin what the apps use, and nobody the rest', async () => {
    const { headers } = await createClient().send('GET', '/');
    const policy = (headers.get('permissions-policy') ?? '').split(', ');
    const used = [
      'camera',
      'display-capture',
      'publickey-credentials-create',
      'publickey-credentials-get',
      'screen-wake-lock',
    ];
    for (const feature of used) expect(policy).toContain(`${feature}=(self)`);
    for (const feature of ['geolocation', 'microphone', 'usb', 'payment']) expect(policy).toContain(`${feature}=()`);
    expect(policy.every((entry) => /^[a-z-]+=\((self)?\)$/.test(entry))).toBe(true);
  });

  it.each([
    ['GET', '/api/v1/time'],
    ['GET', '/api/v1/nowhere'],
    ['POST', '/api/v1/requests'],
    ['PUT', '/api/v1/requests'],
    ['GET', '/api/v1/openapi.json'],
  ])('of data: %s %s', async (method, path) => {
    const { headers } = await createClient().send(method, path);
    expect(pick(headers, DATA_HEADERS)).toEqual(DATA_HEADERS);
  });

  it('insist on HTTPS where there is HTTPS, and only there', async () => {
    expect((await createClient().send('GET', '/')).headers.get('strict-transport-security')).toBeNull();
    for (const path of ['/', '/api/v1/time', '/api/v1/nowhere', '/nowhere']) {
      expect((await fetchDeployed(path)).headers.get('strict-transport-security')).toBe('max-age=63072000');
    }
  });

  it('let no other site read or write with the browser’s cookies', async () => {
    const { headers } = await createClient().send('GET', '/api/v1/programme', {
      headers: { origin: 'https://evil.example' },
    });
    expect(headers.get('access-control-allow-origin')).toBeNull();
    const preflight = await createClient().send('OPTIONS', '/api/v1/requests', {
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(403);
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('where a call comes from', () => {
  const own = { 'content-type': 'application/json' };

  it.each([
    [{ origin }, 400],
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: `${origin}.evil.example` }, 403],
    [{ origin: 'http://localhost:9999' }, 403],
    // No browser: nothing to borrow.
    [{ origin: '' }, 400],
    [{ origin: '', cookie: 'tandem_pos=x' }, 403],
    [{ origin: '', 'sec-fetch-site': 'cross-site' }, 403],
    [{ origin: '', 'sec-fetch-site': 'same-site' }, 403],
  ])('%j is answered %i', async (headers, status) => {
    const response = await createClient().send('POST', '/api/v1/requests', {
      headers: { ...own, ...headers },
      body: '{}',
    });
    expect(response.status).toBe(status);
  });

  it('is any of the app’s own hosts, where they have one', async () => {
    const split: Env = {
      ...(env as Env),
      PUBLIC_ORIGIN: 'https://pay.example.org',
      POS_ORIGIN: 'https://till.pay.example.org',
    };
    const send = (from: string) =>
      createApp().request(
        'https://till.pay.example.org/api/v1/requests',
        { method: 'POST', headers: { ...own, origin: from }, body: '{}' },
        split,
      );
    expect((await send('https://till.pay.example.org')).status).toBe(400);
    expect((await send('https://pay.example.org')).status).toBe(400);
    expect((await send('https://other.example.org')).status).toBe(403);
  });
});

describe('session cookies', () => {
  it('are HttpOnly and SameSite=Strict; over HTTPS bound to the host and Secure', async () => {
    const { Hono } = await import('hono');
    const { setSessionCookie, clearSessionCookie } = await import('../../../edge/security/session-cookie.ts');
    const app = new Hono<{ Bindings: Env }>()
      .get('/in', (c) => {
        setSessionCookie(c, 'wallet', '100001.token', 60);
        return c.body(null);
      })
      .get('/out', (c) => {
        clearSessionCookie(c, 'wallet');
        return c.body(null);
      });
    const deployed: Env = { ...(env as Env), PUBLIC_ORIGIN: 'https://pay.example.org' };
    const cookieOf = async (path: string, bindings: Env) =>
      (await app.request(path, {}, bindings)).headers.get('set-cookie');
    expect(await cookieOf('/in', env as Env)).toBe(
      'tandem_wallet=100001.token; Max-Age=60; Path=/; HttpOnly; SameSite=Strict',
    );
    expect(await cookieOf('/in', deployed)).toBe(
      '__Host-tandem_wallet=100001.token; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Strict',
    );
    expect(await cookieOf('/out', deployed)).toMatch(/^__Host-tandem_wallet=; Max-Age=0; Path=\//);
  });
});
