import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../../edge/app.ts';
import type { Env } from '../../../edge/env.ts';
import { REFUSAL_CODES, REFUSALS } from '../../../shared/protocol/refusals.ts';
import type { ProgrammeAnswer } from '../../../shared/protocol/wire/programme.ts';
import { expectDone } from '../../support/api-client.ts';
import { activateTill, trustOf } from '../../support/enrol.ts';
import { createClient, demoActivationCode, origin } from '../support/test-app.ts';

interface DemoAnswer {
  posLink: string;
  walletLink: string;
  consoleLink: string;
}

describe('what anyone may know', () => {
  it('is the programme, with keys that verify from the first on', async () => {
    await demoActivationCode();
    const programme = expectDone(await createClient().get<ProgrammeAnswer>('programme'));
    expect(programme).toMatchObject({
      programme: 'demo-canteen',
      name: 'Demo Canteen',
      currency: { code: 'EUR', exponent: 2 },
      demo: true,
      walletOrigin: origin,
      posOrigin: origin,
      rpId: 'localhost',
    });
    expect((await trustOf(programme)).keys.size).toBe(1);
    const keys = expectDone(await createClient().get<{ centreKeys: string[] }>('keys'));
    expect(keys.centreKeys).toEqual(programme.centreKeys);
  });

  it('is the time', async () => {
    const { centreTimeMs } = expectDone(await createClient().get<{ centreTimeMs: number }>('time'));
    expect(Math.abs(centreTimeMs - Date.now())).toBeLessThan(5_000);
  });

  it('is each refusal under the address that problems name', async () => {
    for (const code of REFUSAL_CODES) {
      const { body } = await createClient().get<Record<string, unknown>>(`/api/v1/problems/${code}`);
      expect(body).toEqual({
        code,
        title: REFUSALS[code].meaning,
        status: REFUSALS[code].status,
        next: REFUSALS[code].next,
        isFinal: REFUSALS[code].isFinal,
      });
    }
    expect((await createClient().get('problems/toString')).status).toBe(404);
    expect((await createClient().get<object[]>('problems')).body).toHaveLength(REFUSAL_CODES.length);
  });
});

describe('the demo', () => {
  it('shows the same till until somebody activates it, then the next', async () => {
    const first = expectDone(await createClient().get<DemoAnswer>('demo'));
    expect(expectDone(await createClient().get<DemoAnswer>('demo'))).toEqual(first);
    expect(first.posLink).toMatch(/^http:\/\/localhost:8787\/pos\/#activate=[A-Z2-7]{12}$/);
    expect(first.consoleLink).toBe(`${origin}/centre/setup`);
    await activateTill(createClient(), first.posLink.split('=')[1]!);
    expect(expectDone(await createClient().get<DemoAnswer>('demo')).posLink).not.toBe(first.posLink);
  });

  it('is opened once by many who come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => createClient().get<DemoAnswer>('demo')));
    expect(new Set(answers.map(({ body }) => body.posLink)).size).toBe(1);
  });

  it('opens the till of a browser that is one already, and activates any other', async () => {
    const stranger = await createClient().send('GET', '/demo/till');
    expect([stranger.status, stranger.headers.get('location')]).toEqual([
      303,
      expect.stringContaining('/pos/#activate='),
    ]);
    const { client } = await activateTill(createClient(), await demoActivationCode());
    const till = await client.send('GET', '/demo/till');
    expect([till.status, till.headers.get('location')]).toEqual([303, `${origin}/pos/`]);
  });

  it('is not there in earnest', async () => {
    const earnest: Env = { ...(env as Env), DEMO: '' };
    for (const path of ['/api/v1/demo', '/demo/till', '/api/v1/bench/nothing'])
      expect((await createApp().request(`${origin}${path}`, {}, earnest)).status).toBe(404);
    const page = await (await createApp().request(`${origin}/`, {}, earnest)).text();
    expect(page).not.toMatch(/play money|\/demo\//);
    const programme = await createApp().request(`${origin}/api/v1/programme`, {}, earnest);
    expect(((await programme.json()) as ProgrammeAnswer).demo).toBe(false);
  });
});

describe('the API page', () => {
  it('shows every call of the document, without script or style inside', async () => {
    const page = await (await createClient().send('GET', '/api/v1/docs')).text();
    const document = expectDone(
      await createClient().get<{ paths: Record<string, Record<string, unknown>> }>('openapi.json'),
    );
    const shown = Object.entries(document.paths).flatMap(([path, calls]) =>
      Object.keys(calls).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(shown.length).toBeGreaterThan(25);
    const text = page.replaceAll(/<[^>]+>/g, '');
    expect(shown.filter((call) => !text.includes(call))).toEqual([]);
    expect(page).not.toMatch(/style=|<style|onclick|<script(?! type="module" src="\/)/);
  });

  it('describes bodies and answers by the schemas that check them', async () => {
    const { paths } = expectDone(
      // biome-ignore lint/suspicious/noExplicitAny: read as far as this test goes
      await createClient().get<{ paths: Record<string, Record<string, any>> }>('openapi.json'),
    );
    const submit = paths['/requests']!.post;
    expect(submit.requestBody.content['application/json'].schema).toMatchObject({
      type: 'object',
      required: ['request', 'terminalCertificate'],
      additionalProperties: false,
    });
    expect(submit.responses['200'].content['application/json'].schema.properties).toHaveProperty('traceKey');
    expect(submit.responses['409'].description).toContain('voucher_reused');
    expect(submit.responses['409'].content['application/problem+json'].schema.properties).toHaveProperty('code');
    expect(paths['/wallet/sync']!.post.security).toEqual([{ wallet: [] }]);
  });
});
