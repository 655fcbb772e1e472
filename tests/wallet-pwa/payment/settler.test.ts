import { describe, expect, it } from 'vitest';
import type { HandInResult } from '../../../wallet-pwa/payment/hand-in.ts';
import { Settler, type SettlerNews } from '../../../wallet-pwa/payment/settler.ts';
import { MemoryIntents } from '../support/memory-intents.ts';
import { STATES, sampleIntent } from './sample-intent.ts';

const AGAIN: HandInResult = { kind: 'again', code: 'no_network' };
const PAID: HandInResult = {
  kind: 'ended',
  event: { kind: 'pay', receipt: Uint8Array.of(1), decidedAtMs: 1, sequence: 1 },
};

function createSettler(answers: HandInResult[], options: { isLocked?: boolean } = {}) {
  const intents = new MemoryIntents();
  const news: SettlerNews[] = [];
  const handIns: { id: string; attempt: number; isFresh: boolean }[] = [];
  const away: boolean[] = [];
  const clock = { elapsedMs: 1_000 };
  const timers: { run: () => void; delayMs: number }[] = [];
  const locks = {
    request: async (_name: string, _options: unknown, run: (lock: object | null) => unknown) =>
      run(options.isLocked ? null : {}),
  };
  const settler = new Settler(
    {
      intents,
      outbox: intents.outbox,
      nowMs: () => clock.elapsedMs,
      handIn: async ({ id }, { attempt, isFresh, isTillAway }) => {
        handIns.push({ id, attempt, isFresh });
        away.push(isTillAway);
        return answers.shift() ?? AGAIN;
      },
      random: () => 0.5,
      elapsedMs: () => clock.elapsedMs,
      setTimer: (run, delayMs) => {
        const timer = { run, delayMs };
        timers.push(timer);
        return () => void timers.splice(timers.indexOf(timer), 1);
      },
      locks: locks as unknown as LockManager,
    },
    (item) => news.push(item),
  );
  const rest = () => new Promise((resolve) => setTimeout(resolve));
  const tick = async () => {
    const timer = timers.shift();
    clock.elapsedMs += timer?.delayMs ?? 0;
    timer?.run();
    await rest();
  };
  return { settler, intents, news, handIns, away, timers, rest, tick, options };
}

const signed = sampleIntent(STATES.signed);

describe('handing in until there is an answer', () => {
  it('tries again, ever slower, and stops when the centre has spoken', async () => {
    const { settler, intents, news, handIns, timers, rest, tick } = createSettler([AGAIN, AGAIN, PAID]);
    intents.add(signed);
    settler.add(signed);
    await rest();
    expect(timers.map(({ delayMs }) => delayMs)).toEqual([700]);
    await tick();
    expect(timers.map(({ delayMs }) => delayMs)).toEqual([1_500]);
    await tick();
    expect(timers).toEqual([]);
    expect(handIns.map(({ attempt }) => attempt)).toEqual([0, 1, 2]);
    expect(news.map(({ kind }) => kind)).toEqual(['waiting', 'waiting', 'ended']);
    expect(intents.rows.get(signed.id)?.state.status).toBe('paid');
  });

  it('knows the first hand-in of all from a repetition', async () => {
    const { settler, intents, handIns, rest, tick } = createSettler([AGAIN, PAID]);
    intents.add(signed);
    settler.add(signed);
    await rest();
    await tick();
    expect(handIns.map(({ isFresh }) => isFresh)).toEqual([true, false]);
  });

  it('brings the till’s request along once the centre has not heard of it for three seconds, and not before', async () => {
    const unknown: HandInResult = { kind: 'again', code: 'request_unknown' };
    const { settler, intents, away, timers, rest, tick } = createSettler([AGAIN, unknown, unknown, PAID]);
    intents.add(signed);
    settler.add(signed);
    await rest();
    // 0.7 s of no network; then unknown: 1.5 s and the rest of three seconds.
    await tick();
    expect(timers.map(({ delayMs }) => delayMs)).toEqual([1_500]);
    await tick();
    expect(timers.map(({ delayMs }) => delayMs)).toEqual([1_500]);
    expect(away).toEqual([false, false, false]);
    await tick();
    expect(away.at(-1)).toBe(true);
  });

  it('takes up what an earlier start left behind', async () => {
    const { settler, intents, handIns, rest } = createSettler([PAID]);
    intents.add(signed);
    settler.hurry();
    await rest();
    expect(handIns).toEqual([{ id: signed.id, attempt: 0, isFresh: false }]);
  });

  it('has nothing to do, and no timer, when nothing is signed', async () => {
    const { settler, timers, handIns, rest } = createSettler([]);
    settler.hurry();
    await rest();
    expect([timers, handIns]).toEqual([[], []]);
  });

  it('tries at once when it is told that the network is back', async () => {
    const { settler, intents, timers, handIns, rest } = createSettler([AGAIN, PAID]);
    intents.add(signed);
    settler.add(signed);
    await rest();
    settler.hurry();
    await rest();
    expect(handIns).toHaveLength(2);
    expect(timers).toEqual([]);
  });

  it('leaves the handing in to the window that does it, and hears of the end from the storage', async () => {
    const { settler, intents, news, handIns, rest, tick } = createSettler([], { isLocked: true });
    intents.add(signed);
    settler.add(signed);
    await rest();
    expect(handIns).toEqual([]);
    intents.rows.set(signed.id, sampleIntent(STATES.paid));
    await tick();
    expect(news).toEqual([{ kind: 'ended', intent: sampleIntent(STATES.paid) }]);
  });

  it('goes on by the outbox’s own pauses once the quick tries are over', async () => {
    const { settler, intents, handIns, timers, rest, tick } = createSettler([]);
    intents.add(signed);
    settler.add(signed);
    await rest();
    for (let quick = 0; quick < 7; quick++) await tick();
    expect(handIns).toHaveLength(8);
    const [item] = await intents.outbox.loadAll();
    expect(item).toMatchObject({ failures: 8 });
    expect(timers[0]?.delayMs).toBeGreaterThan(30_000);
  });

  it('steps aside with what never gets through, and tries it again when a person asks', async () => {
    const broken: HandInResult = { kind: 'again', code: 'certificate_invalid' };
    const { settler, intents, handIns, timers, rest, tick } = createSettler(Array.from({ length: 40 }, () => broken));
    intents.add(signed);
    settler.add(signed);
    await rest();
    for (let turn = 0; turn < 20 && timers.length > 0; turn++) await tick();
    expect((await intents.outbox.loadAll())[0]?.parkedFor).toBe('certificate_invalid');
    const before = handIns.length;
    await settler.tryAgain(signed.id);
    await rest();
    expect(handIns).toHaveLength(before + 1);
  });

  it('keeps what the shop did not take to itself', async () => {
    const { settler, intents, handIns, rest } = createSettler([]);
    intents.add(signed);
    await intents.apply(signed.id, { kind: 'leave', untilMs: 1 });
    settler.hurry();
    await rest();
    expect(handIns).toEqual([]);
  });
});
