import { beforeAll, describe, expect, it } from 'vitest';
import { consoleRoutes } from '../../../edge/console/console.ts';
import { clearing, createClient, origin, registryOf } from '../support/test-app.ts';
import { ConsoleVisitor, openConsole } from './console-visitor.ts';

/** Who may see and do what: asked of every route the console has, so that a new one is covered unasked. */

let administrator: ConsoleVisitor;

beforeAll(async () => {
  administrator = await openConsole();
});

const FOR_EVERYONE = /^\/(?::file|setup|sign-in|sign-out|join)(?:[/{]|$)/;

const routes = [...new Set(consoleRoutes.routes.map(({ method, path }) => `${method} ${path}`))]
  .map((route) => route.split(' ') as [string, string])
  .filter(([method, path]) => (method === 'GET' || method === 'POST') && !FOR_EVERYONE.test(path))
  .map(([method, path]) => ({ method, path: `/centre${fill(path)}`.replace(/\/$/, '') }));

function fill(path: string): string {
  return path
    .replace(/:participant\{\[0-9\]\{6\}\}/, '100001')
    .replace(':merchantNo', '100001000000001')
    .replace(':terminalId', 'ABCD2345')
    .replace(':operatorNo', '01')
    .replace(':accountNumber', '1000011234567893')
    .replace(':traceKey', 'ABCD2345-000001-000001')
    .replace(':id{[0-9]{1,15}}', '1')
    .replaceAll(/:[a-zA-Z]+/g, 'deadbeef');
}

describe('every page and form', () => {
  it('is among those asked', () => {
    expect(routes.length).toBeGreaterThan(25);
    expect(routes.map(({ path }) => path).filter((path) => /[:{}]/.test(path))).toEqual([]);
  });

  it.each(routes)('sends a stranger to the sign-in: $method $path', async ({ method, path }) => {
    const stranger = new ConsoleVisitor(createClient());
    const page = method === 'GET' ? await stranger.open(path) : await stranger.send(path, { name: 'Mallory' });
    expect(page.status).toBe(303);
    expect(page.location).toMatch(/^\/centre\/sign-in/);
    expect(page.html).toBe('');
  });

  it.each(routes.filter(({ method }) => method === 'POST'))(
    'takes nothing that another site makes the browser send: $path',
    async ({ path }) => {
      for (const headers of [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        // No page named: no cookie may come with it.
        { origin: '' },
      ]) {
        const page = await administrator.send(path, { name: 'Mallory' }, headers);
        expect(page.status).toBe(403);
      }
    },
  );

  it('did nothing of all that', async () => {
    expect(await clearing().listApiKeys()).toEqual([]);
    expect(await clearing().listAdministrators()).toHaveLength(1);
    expect((await clearing().programmeView())?.participants).toHaveLength(1);
    expect(await registryOf().shops.listMerchants()).toEqual([]);
  });
});

describe('a session', () => {
  it('is no one’s by a made-up or foreign token', async () => {
    for (const token of ['', 'A', 'A'.repeat(43), `100001.${'A'.repeat(43)}`]) {
      const forger = new ConsoleVisitor(createClient());
      forger.client.cookies.set('tandem_centre', token);
      expect((await forger.open('/centre/keys')).status).toBe(303);
    }
  });

  it('does not outlive its sign-out', async () => {
    const token = administrator.client.cookies.get('tandem_centre') ?? '';
    const copy = new ConsoleVisitor(createClient());
    copy.client.cookies.set('tandem_centre', token);
    expect((await copy.open('/centre/keys')).status).toBe(200);
    await administrator.send('/centre/sign-out');
    expect((await copy.open('/centre/keys')).status).toBe(303);
    await administrator.signIn(administrator.passkey!);
  });

  it('opens no books of a participant that the programme does not know', async () => {
    for (const code of ['999999', '100002']) {
      const page = await administrator.open(`/centre/${code}/merchants`);
      expect(page.status).toBe(404);
    }
  });

  it('has a cookie that no script reads and no other site sends', async () => {
    const sent = await new ConsoleVisitor(createClient()).client.send('POST', '/centre/sign-out', {
      headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
    });
    const cookie = sent.headers.get('set-cookie') ?? '';
    for (const attribute of ['HttpOnly', 'SameSite=Strict', 'Path=/']) expect(cookie).toContain(attribute);
  });
});
