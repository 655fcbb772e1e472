import { evictDurableObject } from 'cloudflare:test';
import { beforeEach, describe, expect, it } from 'vitest';
import { SOCKET_TAGS_HEADER } from '../../../../edge/ledger/devices/device-sockets.ts';
import { terminalTag } from '../../../../edge/registry/socket-tags.ts';
import type { SocketMessage } from '../../../../shared/protocol/wire/payments.ts';
import type { TestTerminal } from '../../../support/devices.ts';
import { unwrap } from '../../../support/devices.ts';
import {
  type CustomerWallet,
  createCancelling,
  createConsent,
  createSubmission,
  openTestBooks,
  type TestBooks,
} from '../open-test-books.ts';

let books: TestBooks;
let till: TestTerminal;
let customer: CustomerWallet;

beforeEach(async () => {
  books = await openTestBooks();
  till = await books.openTerminal();
  customer = await books.openWallet();
});

/** A till's socket, and what came over it. */
async function openSocket(terminal: TestTerminal) {
  const headers = { Upgrade: 'websocket', [SOCKET_TAGS_HEADER]: terminalTag(terminal.trusted.content.terminalId) };
  const response = await books.ledger.fetch('https://ledger/socket', { headers });
  const socket = response.webSocket!;
  const messages: SocketMessage[] = [];
  const texts: string[] = [];
  let closed: CloseEvent | undefined;
  socket.addEventListener('message', ({ data }) => {
    texts.push(data as string);
    if (data !== 'pong') messages.push(JSON.parse(data as string));
  });
  socket.addEventListener('close', (event) => {
    closed = event;
  });
  socket.accept();
  return { socket, messages, texts, closed: () => closed };
}

async function submit() {
  const submission = await createSubmission(till, 100);
  unwrap(await books.ledger.submitRequest(submission));
  return submission;
}

describe('a till’s socket', () => {
  it('carries the same answer that polling gives', async () => {
    const { messages } = await openSocket(till);
    const submission = await submit();
    unwrap(await books.ledger.authorise(await createConsent(customer, submission)));
    await expect.poll(() => messages.length).toBe(1);
    const poll = (await books.ledger.payment(submission.request.traceKey))!;
    const { centreTimeMs, ...payment } = messages[0]!.payment;
    expect(poll).toMatchObject(payment);
    expect(centreTimeMs).toBeLessThanOrEqual(poll.centreTimeMs);
  });

  it('tells of a refused attempt and of a withdrawal', async () => {
    const { messages } = await openSocket(till);
    const submission = await createSubmission(till, 99_999);
    unwrap(await books.ledger.submitRequest(submission));
    await books.ledger.authorise(await createConsent(customer, submission));
    await expect.poll(() => messages.length).toBe(1);
    expect(messages[0]!.payment).toMatchObject({ status: 'waiting', lastRefusal: { code: 'insufficient_balance' } });
    unwrap(await books.ledger.cancelRequest(await createCancelling(till, submission.request)));
    await expect.poll(() => messages.length).toBe(2);
    expect(messages[1]!.payment).toMatchObject({ status: 'cancelled' });
  });

  it('hears nothing of another till, and nothing twice of a repeated document', async () => {
    const other = await openSocket(await books.openTerminal());
    const own = await openSocket(till);
    const consent = await createConsent(customer, await submit());
    unwrap(await books.ledger.authorise(consent));
    unwrap(await books.ledger.authorise(consent));
    await expect.poll(() => own.messages.length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(own.messages).toHaveLength(1);
    expect(other.messages).toHaveLength(0);
  });

  it('outlives the object, which sleeps between payments', async () => {
    const { messages, socket, texts } = await openSocket(till);
    const submission = await submit();
    books.registry[Symbol.dispose]();
    await evictDurableObject(books.ledger, { webSockets: 'hibernate' });
    socket.send('ping');
    await expect.poll(() => texts).toContain('pong');
    unwrap(await books.ledger.authorise(await createConsent(customer, submission)));
    await expect.poll(() => messages.length).toBe(1);
  });

  it('is closed with its terminal', async () => {
    const { closed } = await openSocket(till);
    await books.registry.shops.setTerminalStatus(till.trusted.content.terminalId, 'closed');
    await expect.poll(() => closed()?.code).toBe(1000);
  });

  it('takes nothing in', async () => {
    const { closed, socket } = await openSocket(till);
    socket.send('{"kind":"payment"}');
    await expect.poll(() => closed()?.code).toBe(1003);
  });

  it('gives way when a terminal opens too many', async () => {
    const sockets: Awaited<ReturnType<typeof openSocket>>[] = [];
    for (let index = 0; index < 6; index += 1) sockets.push(await openSocket(till));
    await expect.poll(() => sockets.filter(({ closed }) => closed()).length).toBe(2);
    expect(sockets[0]!.closed()).toBeDefined();
    expect(sockets[5]!.closed()).toBeUndefined();
  });

  it.each([
    ['without an upgrade', { [SOCKET_TAGS_HEADER]: 'terminal:TILL0001' }],
    ['without a tag', { Upgrade: 'websocket' }],
  ])('is not opened %s', async (_, headers) => {
    expect((await books.ledger.fetch('https://ledger/socket', { headers })).status).toBe(426);
  });
});
