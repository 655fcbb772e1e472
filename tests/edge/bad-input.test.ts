import { beforeAll, describe, expect, it } from 'vitest';
import { encodeBase64url } from '../../shared/protocol/bytes.ts';
import { encodeCbor } from '../../shared/protocol/cbor.ts';
import { isRefusalCode, REFUSALS } from '../../shared/protocol/refusals.ts';
import type { ApiClient } from '../support/api-client.ts';
import { createAuthoriseCall, requestPayment } from '../support/enrol.ts';
import { createApiKey } from './support/administrator.ts';
import { type ApiCall, type JsonSchema, listApiCalls } from './support/openapi-calls.ts';
import { createClient, ledgerOf, openTill, openWallet } from './support/test-app.ts';

/**
 * Whatever is sent to whichever call of the OpenAPI document, by a stranger or by someone signed in as everything at once: an
 * answer by code, never a fault of ours, and no money has moved.
 */

const calls = await listApiCalls();
let everyone: ApiClient;
let apiKey: string;
let genuineBodies: Record<string, Record<string, string>>;

beforeAll(async () => {
  apiKey = await createApiKey();
  const till = await openTill();
  const wallet = await openWallet();
  everyone = createClient();
  for (const { client } of [till, wallet])
    for (const [name, value] of client.cookies) everyone.cookies.set(name, value);
  const { request } = await requestPayment(till, 100);
  genuineBodies = {
    '/requests': request.call,
    '/authorisations': await createAuthoriseCall(wallet, till, request),
  };
});

describe('bad input', () => {
  it.each(calls.filter(({ body }) => body))('$method $path refuses every body that is not its own', async (call) => {
    await expectNothingMoved(async () => {
      for (const body of [...UNPARSABLE, ...hostileBodies(call.body!), ...tornBodies(call)]) {
        for (const client of [createClient(), everyone]) await expectCode(await send(client, call, body), call, body);
      }
    });
  });

  it.each(calls)('$method $path refuses names and queries that can be nothing', async (call) => {
    for (const garbage of GARBAGE_SEGMENTS) {
      const path = call.path.replaceAll(/\{[^}]+\}/g, garbage);
      const query = call.queryNames.map((name) => `${name}=${garbage}`).join('&');
      const response = await send(everyone, { ...call, path: query ? `${path}?${query}` : path }, '{}');
      await expectCode(response, call, garbage);
    }
  });

  it.each(calls.filter(({ body }) => body))('$method $path takes JSON alone', async (call) => {
    for (const contentType of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/json; charset=utf-16',
      'multipart/form-data',
      '',
    ])
      await expect(sendAs(call, { 'content-type': contentType })).resolves.toBe('media_type_unsupported');
    await expect(sendAs(call, { 'content-type': 'application/json', 'content-encoding': 'gzip' })).resolves.toBe(
      'media_type_unsupported',
    );
  });

  // One middleware before them all: two calls stand for the rest.
  it.each(calls.filter(({ body }) => body).slice(0, 2))(
    '$method $path stops reading a body without an end',
    async (call) => {
      let sentBytes = 0;
      const endless = new ReadableStream<Uint8Array>({
        pull(controller) {
          sentBytes += 8192;
          controller.enqueue(new Uint8Array(8192).fill(0x5b));
        },
      });
      const response = await everyone.send(call.method, pathOf(call), {
        body: endless,
        headers: { 'content-type': 'application/json' },
      });
      expect(await codeOf(response)).toBe('body_too_large');
      expect(sentBytes).toBeLessThan(1_000_000);
    },
  );

  it.each(calls)('$path takes no other method than it says', async ({ path }) => {
    const taken = calls.filter((call) => call.path === path).map(({ method }) => method);
    for (const method of ['PUT', 'PATCH', 'DELETE', 'POST', 'OPTIONS']) {
      if (taken.includes(method)) continue;
      const headers = { 'content-type': 'application/json' };
      const response = await createClient().send(method, pathOf({ path }), { headers });
      const refused = path.startsWith('/administration')
        ? ['not_signed_in', 'method_not_allowed']
        : ['method_not_allowed'];
      expect(refused).toContain(await codeOf(response));
    }
  });
});

const UNPARSABLE: readonly BodyInit[] = [
  '',
  '{',
  '{"a":',
  '{"a":1,}',
  "{'a':1}",
  '\u0000',
  '\uFEFF{}',
  '[1,2',
  '"\ud800"',
  '1e400',
  'NaN',
  '['.repeat(60_000),
  `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
  `"${'x'.repeat(70_000)}"`,
  crypto.getRandomValues(new Uint8Array(512)),
  new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]),
];

const WRONG_VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 53,
  1e308,
  [],
  [[[[]]]],
  {},
  { toString: 'x' },
  '',
  ' ',
  'x'.repeat(5_000),
  '\u202Eevil\u0000',
  '<script>alert(1)</script>',
  "'; DROP TABLE accounts; --",
  '../../etc/passwd',
  '１２３',
  ...[0, 1, 32, 600, 2048].map((length) => encodeBase64url(crypto.getRandomValues(new Uint8Array(length)))),
  encodeBase64url(encodeCbor([new Uint8Array(4), new Map(), new Uint8Array(8), new Uint8Array(64)])),
  encodeBase64url(new Uint8Array(64).fill(0x81)),
];

const GARBAGE_SEGMENTS = [
  'x',
  '%00',
  '%2e%2e%2f',
  '%F0%9F%92%A9',
  '%E0%A4%A',
  '-1',
  '1e9',
  "'%20OR%201=1",
  'x'.repeat(3_000),
  '__proto__',
  'constructor',
  'AAAAAAAA-000000-000000',
];

/** Each member wrong in each way while the others are plausible, members left out, members that nobody asked for. */
function* hostileBodies(schema: JsonSchema): Generator<string> {
  for (const value of [null, true, 0, '', 'x', [], [{}]]) yield JSON.stringify(value);
  const plausible = Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([name, part]) => [name, sample(part)]),
  );
  yield '{}';
  yield JSON.stringify({ ...plausible, unasked: 1 });
  yield `{"__proto__":{"isAdmin":true},"constructor":1,${JSON.stringify(plausible).slice(1)}`.replace(',}', '}');
  for (const name of Object.keys(plausible)) {
    const { [name]: _left, ...rest } = plausible;
    yield JSON.stringify(rest);
    for (const value of WRONG_VALUES) yield JSON.stringify({ ...plausible, [name]: value });
  }
}

/** Genuine documents, cut short, bent, or in each other's place. */
function* tornBodies({ path }: ApiCall): Generator<string> {
  const genuine = genuineBodies[path];
  if (!genuine) return;
  for (const [name, text] of Object.entries(genuine)) {
    yield JSON.stringify({ ...genuine, [name]: text.slice(0, -4) });
    yield JSON.stringify({ ...genuine, [name]: text + text });
    yield JSON.stringify({ ...genuine, [name]: flip(text, text.length >> 1) });
    yield JSON.stringify({ ...genuine, [name]: flip(text, text.length - 8) });
    for (const other of Object.values(genuine)) if (other !== text) yield JSON.stringify({ ...genuine, [name]: other });
  }
}

function flip(text: string, at: number): string {
  return text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
}

function sample({ type, enum: choices, properties }: JsonSchema): unknown {
  if (choices) return choices[0];
  if (type === 'number' || type === 'integer') return 1;
  if (type === 'object')
    return Object.fromEntries(Object.entries(properties ?? {}).map(([name, part]) => [name, sample(part)]));
  return 'AAAAAAAA';
}

function pathOf({ path }: Pick<ApiCall, 'path'>): string {
  return `/api/v1${path.replaceAll(/\{[^}]+\}/g, 'x')}`;
}

function send(client: ApiClient, call: ApiCall, body: BodyInit): Promise<Response> {
  const headers = new Headers({ 'content-type': 'application/json' });
  if (client === everyone) headers.set('authorization', `Bearer ${apiKey}`);
  return client.send(call.method, pathOf(call), { headers, ...(call.method === 'GET' ? {} : { body }) });
}

async function sendAs(call: ApiCall, headers: Record<string, string>): Promise<string | undefined> {
  return codeOf(await everyone.send(call.method, pathOf(call), { body: new Blob(['{}']), headers }));
}

async function codeOf(response: Response): Promise<string | undefined> {
  return ((await response.json()) as { code?: string }).code;
}

async function expectCode(response: Response, { method, path }: ApiCall, sent: unknown): Promise<void> {
  const about = `${method} ${path} ← ${String(sent).slice(0, 200)}`;
  const text = await response.text();
  expect(response.status, `${about}: ${text}`).toBeLessThan(500);
  if (response.status < 400) return;
  expect(response.headers.get('content-type'), about).toBe('application/problem+json');
  const { code, status, type } = JSON.parse(text);
  expect(isRefusalCode(code), about).toBe(true);
  expect([status, response.status, type]).toEqual([
    REFUSALS[code as keyof typeof REFUSALS].status,
    status,
    `/api/v1/problems/${code}`,
  ]);
}

async function expectNothingMoved(act: () => Promise<void>): Promise<void> {
  const before = await ledgerOf().trialBalance();
  await act();
  const after = await ledgerOf().trialBalance();
  expect(after).toMatchObject({ debitsMinor: before!.debitsMinor, creditsMinor: before!.creditsMinor, faults: [] });
}
