import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Store } from '../../../shared/browser/state/store.ts';
import { encodeBase64url } from '../../../shared/protocol/bytes.ts';
import type { PayCodeAnswer } from '../../../shared/protocol/wire/pay-codes.ts';
import { PayCodeWatch, type PayCodeWatchParts } from '../../../wallet-pwa/pay-code/pay-code-watch.ts';
import { CODE_STATES, samplePayCode } from './sample-pay-code.ts';

const code = samplePayCode(CODE_STATES.confirmed);
const ANSWER: PayCodeAnswer = { payCode: encodeBase64url(code.hash), status: 'open' };

function createWatch() {
  const socket = { isOpen: new Store(false), start: vi.fn(), stop: vi.fn() };
  const hear = vi.fn(async () => {});
  const fetch = vi.fn(async (): Promise<PayCodeAnswer | undefined> => ANSWER);
  let hearing: Parameters<PayCodeWatchParts['openSocket']>[0] | undefined;
  const openSocket = (options: typeof hearing & object) => {
    hearing = options;
    return socket;
  };
  return { watch: new PayCodeWatch({ openSocket, fetch, hear }), socket, hear, fetch, hearing: () => hearing! };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('listening for the code on the screen', () => {
  it('asks every two seconds while there is no socket', async () => {
    const { watch, fetch, hear } = createWatch();
    watch.start(code);
    await vi.advanceTimersByTimeAsync(6_100);
    expect(fetch).toHaveBeenCalledTimes(3);
    expect(hear).toHaveBeenCalledWith(code, ANSWER);
  });

  it('asks once when the socket opens, then seldom', async () => {
    const { watch, socket, fetch, hearing } = createWatch();
    watch.start(code);
    socket.isOpen.set(true);
    hearing().onOpen();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(fetch).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1_100);
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it('hears what the socket says of this code, and nothing of another', () => {
    const { watch, hear, hearing } = createWatch();
    watch.start(code);
    hearing().onPayCode({ ...ANSWER, payCode: encodeBase64url(new Uint8Array(32)) });
    expect(hear).not.toHaveBeenCalled();
    hearing().onPayCode({ ...ANSWER, status: 'cancelled' });
    expect(hear).toHaveBeenCalledTimes(1);
  });

  it('goes on asking when nothing answers', async () => {
    const { watch, fetch, hear } = createWatch();
    fetch.mockResolvedValue(undefined);
    watch.start(code);
    await vi.advanceTimersByTimeAsync(4_100);
    expect(fetch).toHaveBeenCalledTimes(2);
    expect(hear).not.toHaveBeenCalled();
  });

  it('hears nothing after it was stopped, not even an answer on its way', async () => {
    const { watch, socket, fetch, hear, hearing } = createWatch();
    let answer: (value: PayCodeAnswer) => void = () => {};
    fetch.mockReturnValue(new Promise((resolve) => (answer = resolve)));
    watch.start(code);
    await vi.advanceTimersByTimeAsync(2_000);
    watch.stop();
    answer(ANSWER);
    hearing().onPayCode(ANSWER);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(hear).not.toHaveBeenCalled();
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(socket.stop).toHaveBeenCalled();
  });
});
