import { describe, expect, it } from 'vitest';
import { type KeptAllowance, learnNews, NOTHING_KNOWN, renewLimits } from '../../../pos-pwa/offline/offline-state.ts';
import { TrustedTime } from '../../../pos-pwa/offline/trusted-time.ts';
import type { Sale } from '../../../pos-pwa/sale/sale.ts';
import type { RevocationListContent } from '../../../shared/protocol/documents/revocation-list.ts';

const DAY_MS = 24 * 3600_000;
const NOW = 1_795_000_000_000;

function accepted(amountMinor: number, allowance: string): Sale {
  const traceKey = `${allowance} ${amountMinor}`;
  return { traceKey, amountMinor, state: { status: 'accepted', allowance } } as unknown as Sale;
}

function kept(takenMinor: number, expiresAtMs = NOW + DAY_MS): KeptAllowance {
  return { takenMinor, expiresAtMs, counter: 3, head: new Uint8Array(32), cumulativeMinor: 4000 };
}

describe('the limits of a till', () => {
  it('begin anew when the centre has answered, but for what is not handed in yet', () => {
    const state = { ...NOTHING_KNOWN, takings: { takenMinor: 9000, count: 7, syncedAtMs: 1 } };
    const seen = new Map([
      ['aa', kept(2500)],
      ['bb', kept(1000)],
    ]);
    const now = [accepted(700, 'aa'), accepted(300, 'cc')];
    const next = renewLimits({ state, seen }, { now, beforeList: [] }, NOW);
    expect(next.state.takings).toEqual({ takenMinor: 1000, count: 2, syncedAtMs: NOW });
    // The chain goes on from where it was seen, whatever was settled.
    expect(next.seen.get('aa')).toEqual({ ...kept(2500), takenMinor: 700 });
    expect(next.seen.get('bb')).toEqual({ ...kept(1000), takenMinor: 0 });
  });

  it('begin anew for an allowance once a list came that was asked for after all of it was handed in', () => {
    const state = { ...NOTHING_KNOWN, takings: { takenMinor: 9000, count: 7, syncedAtMs: 1 } };
    const seen = new Map([['aa', kept(2500)]]);
    const takenMinor = (beforeList: Sale[] | undefined) => {
      const next = renewLimits({ state, seen }, { now: [accepted(100, 'aa')], beforeList }, NOW);
      expect(next.state.takings).toEqual({ takenMinor: 100, count: 1, syncedAtMs: NOW });
      return next.seen.get('aa')!.takenMinor;
    };
    expect(takenMinor(undefined)).toBe(2500);
    expect(takenMinor([accepted(700, 'aa'), accepted(100, 'aa')])).toBe(800);
    expect(takenMinor([])).toBe(100);
  });

  it('forget an allowance a day after its end', () => {
    const seen = new Map([
      ['aa', kept(1, NOW - DAY_MS)],
      ['bb', kept(1, NOW - DAY_MS + 1)],
    ]);
    expect([...renewLimits({ state: NOTHING_KNOWN, seen }, { now: [], beforeList: [] }, NOW).seen.keys()]).toEqual([
      'bb',
    ]);
  });
});

describe('what the centre says', () => {
  const list = { fromVersion: 0, toVersion: 1, serials: new Uint8Array(8), issuedAtSeconds: NOW / 1000 };

  it('is learnt once', () => {
    const news = { lists: [list as RevocationListContent], timesMs: [NOW - 5] };
    const learnt = learnNews(NOTHING_KNOWN, news);
    expect(learnt).toMatchObject({ centreTimeMs: NOW, revocations: { version: 1, issuedAtMs: NOW } });
    expect(learnNews(learnt, news)).toBe(learnt);
  });
});

describe('the time a till is sure of', () => {
  it('is its clock, or what the centre said and the time since, where that is later', () => {
    let [clockMs, monotonicMs] = [NOW, 0];
    const time = new TrustedTime(
      () => clockMs,
      () => monotonicMs,
    );
    expect(time.nowMs()).toBe(NOW);
    time.raise(NOW + 1000);
    monotonicMs = 500;
    expect(time.nowMs()).toBe(NOW + 1500);
    time.raise(NOW + 1200);
    expect(time.nowMs()).toBe(NOW + 1500);
    clockMs = NOW - 400 * DAY_MS;
    expect(time.nowMs()).toBe(NOW + 1500);
    clockMs = NOW + DAY_MS;
    expect(time.nowMs()).toBe(NOW + DAY_MS);
  });
});
