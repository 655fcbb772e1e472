import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveSocket, type LiveSocketOptions } from '../../../../shared/browser/network/live-socket.ts';

const News = v.object({ kind: v.literal('news'), text: v.string() });

/** What the browser's WebSocket tells, told by hand. */
class HandSocket extends EventTarget {
  readonly sent: string[] = [];

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.end();
  }

  begin(): void {
    this.dispatchEvent(new Event('open'));
  }

  say(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }

  end(): void {
    this.dispatchEvent(new Event('close'));
  }
}

function createLine(options: Partial<LiveSocketOptions<typeof News>> = {}) {
  const sockets: HandSocket[] = [];
  const heard: string[] = [];
  const line = new LiveSocket({
    url: 'wss://pay.example.org/socket',
    message: News,
    onMessage: ({ text }) => heard.push(text),
    pauseMsMax: 4_000,
    random: () => 0.5,
    createSocket: () => {
      const socket = new HandSocket();
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    ...options,
  });
  return { line, sockets, heard };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a line to the centre', () => {
  it('hears what has the form of a message, and nothing else', () => {
    const { line, sockets, heard } = createLine();
    line.start();
    sockets[0]!.begin();
    for (const data of ['pong', 'not json', '{"kind":"other"}', new ArrayBuffer(2)]) sockets[0]!.say(data);
    sockets[0]!.say('{"kind":"news","text":"paid"}');
    expect(heard).toEqual(['paid']);
  });

  it('tells when it stands, and keeps it alive', async () => {
    const onOpen = vi.fn();
    const { line, sockets } = createLine({ onOpen });
    line.start();
    expect(line.isOpen.value).toBe(false);
    sockets[0]!.begin();
    expect([line.isOpen.value, onOpen.mock.calls.length]).toEqual([true, 1]);
    await vi.advanceTimersByTimeAsync(41_000);
    expect(sockets[0]!.sent).toEqual(['ping', 'ping']);
  });

  it('comes back after pauses that double up to the longest, and that start small again once it stood', async () => {
    const { line, sockets } = createLine();
    line.start();
    for (const pauseMs of [1_000, 2_000, 4_000, 4_000]) {
      const count = sockets.length;
      sockets.at(-1)!.end();
      await vi.advanceTimersByTimeAsync(pauseMs - 1);
      expect(sockets).toHaveLength(count);
      await vi.advanceTimersByTimeAsync(1);
      expect(sockets).toHaveLength(count + 1);
    }
    sockets.at(-1)!.begin();
    sockets.at(-1)!.end();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sockets).toHaveLength(6);
  });

  it.each([
    [0, 750],
    [0.999, 1_250],
  ])('spreads the first pause: a draw of %d waits %d ms', async (draw, pauseMs) => {
    const { line, sockets } = createLine({ random: () => draw });
    line.start();
    sockets[0]!.end();
    await vi.advanceTimersByTimeAsync(pauseMs - 2);
    expect(sockets).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2);
    expect(sockets).toHaveLength(2);
  });

  it('makes sure of a session before it tries again', async () => {
    const beforeRetry = vi.fn(async () => {});
    const { line, sockets } = createLine({ beforeRetry });
    line.start();
    sockets[0]!.end();
    await vi.advanceTimersByTimeAsync(1_000);
    expect([beforeRetry.mock.calls.length, sockets.length]).toEqual([1, 2]);
  });

  it('tries at once when told that the network is back', async () => {
    const { line, sockets } = createLine();
    line.start();
    line.retryNow();
    expect(sockets).toHaveLength(1);
    sockets[0]!.end();
    line.retryNow();
    expect(sockets).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sockets).toHaveLength(2);
  });

  it('tries nothing while there is no network', async () => {
    let isOnline = false;
    const { line, sockets } = createLine({ canTry: () => isOnline });
    line.start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sockets).toHaveLength(0);
    isOnline = true;
    await vi.advanceTimersByTimeAsync(4_000);
    expect(sockets).toHaveLength(1);
  });

  it('that was stopped neither hears nor comes back, and can be started again', async () => {
    const { line, sockets, heard } = createLine();
    line.start();
    sockets[0]!.begin();
    line.stop();
    sockets[0]!.say('{"kind":"news","text":"late"}');
    await vi.advanceTimersByTimeAsync(60_000);
    expect([sockets.length, heard.length, line.isOpen.value]).toEqual([1, 0, false]);
    line.start();
    expect(sockets).toHaveLength(2);
  });
});
