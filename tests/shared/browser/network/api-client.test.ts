import * as v from 'valibot';
import { describe, expect, it, vi } from 'vitest';
import { ApiClient } from '../../../../shared/browser/network/api-client.ts';
import { NetworkState } from '../../../../shared/browser/network/network-state.ts';

const Answer = v.object({ balanceMinor: v.number() });

function answer(status: number, body: unknown, type = 'application/json') {
  return vi.fn<typeof fetch>(
    async () => new Response(JSON.stringify(body), { status, headers: { 'content-type': type } }),
  );
}

function createClient(fetch: typeof globalThis.fetch) {
  const network = new NetworkState(undefined, new EventTarget(), true);
  return { client: new ApiClient({ network, fetch }), network };
}

describe('ApiClient', () => {
  it('returns what the schema makes of the answer, with the times around the call', async () => {
    const { client } = createClient(answer(200, { balanceMinor: 1250, more: 1 }));
    const result = await client.call({ path: 'wallet', answer: Answer });
    expect(result).toMatchObject({ ok: true, status: 200, value: { balanceMinor: 1250 } });
    expect(result.ok && result.receivedAtMs >= result.sentAtMs).toBe(true);
  });

  it('posts a body as JSON to the API of its own origin, with the session cookie', async () => {
    const fetch = answer(200, { balanceMinor: 1 });
    await createClient(fetch).client.call({ path: 'payments', body: { a: 1 }, answer: Answer });
    const [address, init] = fetch.mock.calls[0]!;
    expect(address).toBe('/api/v1/payments');
    expect(init).toMatchObject({ method: 'POST', body: '{"a":1}', credentials: 'include', cache: 'no-store' });
  });

  it('hands on the code, the detail and the receipt of a problem', async () => {
    const body = {
      type: 'about:blank',
      title: 'x',
      status: 422,
      code: 'insufficient_balance',
      detail: 'd',
      receipt: 'R',
    };
    const { client, network } = createClient(answer(422, body, 'application/problem+json; charset=utf-8'));
    expect(await client.call({ path: 'p', answer: Answer })).toEqual({
      ok: false,
      code: 'insufficient_balance',
      status: 422,
      detail: 'd',
      receipt: 'R',
    });
    expect(network.isOnline.value).toBe(true);
  });

  it.each([
    [401, 'not_signed_in'],
    [403, 'forbidden'],
    [404, 'not_found'],
    [413, 'body_too_large'],
    [418, 'malformed'],
    [429, 'rate_limited'],
    [500, 'internal'],
    [503, 'unavailable'],
  ])('has a known code for a problem of status %i whose code it does not know', async (status, code) => {
    const { client } = createClient(answer(status, { code: 'invented_later' }, 'application/problem+json'));
    expect(await client.call({ path: 'p', answer: Answer })).toMatchObject({ ok: false, code, status });
  });

  it('calls a broken connection no network, and remembers it until something answers', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>().mockRejectedValueOnce(new TypeError('Failed to fetch'));
    fetch.mockResolvedValueOnce(Response.json({ balanceMinor: 1 }));
    const { client, network } = createClient(fetch);
    expect(await client.call({ path: 'p', answer: Answer })).toEqual({ ok: false, code: 'no_network', status: 0 });
    expect(network.isOnline.value).toBe(false);
    await client.call({ path: 'p', answer: Answer });
    expect(network.isOnline.value).toBe(true);
  });

  it('gives up after its time', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>((_, init) => {
      return new Promise((_resolve, reject) =>
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)),
      );
    });
    const { client } = createClient(fetch);
    expect(await client.call({ path: 'p', answer: Answer, timeoutMs: 20 })).toMatchObject({ code: 'no_network' });
  });

  it('says nothing about the network when a screen gave its own call up', async () => {
    const { client, network } = createClient(
      vi.fn<typeof fetch>(async (_, init) => Promise.reject(init?.signal?.reason)),
    );
    await client.call({ path: 'p', answer: Answer, signal: AbortSignal.abort() });
    expect(network.isOnline.value).toBe(true);
  });

  it("takes a captive portal's page for no network, whatever its status", async () => {
    const { client } = createClient(answer(200, 'sign in to the café', 'text/html'));
    expect(await client.call({ path: 'p', answer: Answer })).toMatchObject({ ok: false, code: 'no_network' });
  });

  it('refuses an answer of another form instead of passing it on', async () => {
    const { client } = createClient(answer(200, { balanceMinor: '12.50' }));
    expect(await client.call({ path: 'p', answer: Answer })).toMatchObject({ ok: false, code: 'internal' });
  });

  it('refuses JSON that is cut off', async () => {
    const fetch = async () => new Response('{"balance', { headers: { 'content-type': 'application/json' } });
    expect(await createClient(fetch).client.call({ path: 'p', answer: Answer })).toMatchObject({ code: 'no_network' });
  });
});
