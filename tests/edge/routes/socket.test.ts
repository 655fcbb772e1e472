import { describe, expect, it } from 'vitest';
import type { SocketMessage } from '../../../shared/protocol/wire/payments.ts';
import type { ApiClient } from '../../support/api-client.ts';
import { createAuthoriseCall, requestPayment } from '../../support/enrol.ts';
import { createClient, openTill, openWallet, origin, registryOf } from '../support/test-app.ts';

function open(client: ApiClient, headers: Record<string, string> = {}): Promise<Response> {
  return client.send('GET', 'terminals/socket', { headers: { upgrade: 'websocket', origin, ...headers } });
}

function nextMessage(socket: WebSocket): Promise<SocketMessage> {
  return new Promise((resolve) =>
    socket.addEventListener('message', ({ data }) => resolve(JSON.parse(data as string)), { once: true }),
  );
}

describe("the terminal's socket", () => {
  it('tells the till how its payment ended, in the words of polling', async () => {
    const [till, wallet] = [await openTill(), await openWallet()];
    const response = await open(till.client);
    expect(response.status).toBe(101);
    const socket = response.webSocket!;
    socket.accept();
    const { request } = await requestPayment(till, 100);
    const told = nextMessage(socket);
    await wallet.client.post('authorisations', await createAuthoriseCall(wallet, till, request));
    let { kind, payment } = await told;
    if (payment.status === 'waiting') ({ kind, payment } = await nextMessage(socket));
    expect([kind, payment.status]).toEqual(['payment', 'paid']);
    expect((await till.client.get<{ receipt: string }>(`payments/${payment.traceKey}`)).body.receipt).toBe(
      payment.receipt,
    );
    socket.close();
  });

  it('is refused without a session, from another site, and without an upgrade', async () => {
    const till = await openTill();
    expect((await open(createClient())).status).toBe(401);
    expect((await open(till.client, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await till.client.send('GET', 'terminals/socket', { headers: { origin } })).status).toBe(400);
    expect((await till.client.send('GET', 'terminals/socket', { headers: { upgrade: 'websocket' } })).status).toBe(403);
  });

  it('is cut when the terminal is closed', async () => {
    const till = await openTill();
    const socket = (await open(till.client)).webSocket!;
    socket.accept();
    const closed = new Promise((resolve) => socket.addEventListener('close', resolve, { once: true }));
    await registryOf().shops.setTerminalStatus(till.terminal.trusted.content.terminalId, 'closed');
    await closed;
    expect((await open(till.client)).status).toBe(401);
  });
});
