import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeScan } from '../../../pos-pwa/scan/describe-scan.ts';
import { decideScan, LOOKING, type ScanEvent, type ScanState } from '../../../pos-pwa/scan/scan-state.ts';
import type { Scanned } from '../../../pos-pwa/scan/scanned.ts';
import type { ScannedCustomer } from '../../../pos-pwa/scan/scanned-customer.ts';
import type { TwinSide } from '../../../shared/protocol/codes/twin-code.ts';
import type { RefusalCode } from '../../../shared/protocol/refusals.ts';

const customer = { codes: ['A', 'B'] } as unknown as ScannedCustomer;
const scanned: Scanned = { kind: 'customer', customer };
const done: ScanState = { status: 'done', scanned };
const complete: ScanEvent = { kind: 'complete' };
const read: ScanEvent = { kind: 'read', scanned };
const tick: ScanEvent = { kind: 'tick' };

function half(side: TwinSide, isLive = true): ScanEvent {
  return { kind: 'half', side, isLive };
}

function refused(code: RefusalCode): ScanEvent {
  return { kind: 'refused', code };
}

/** Events with the moments at which they happen. */
function run(...events: readonly [ScanEvent, number][]): ScanState {
  return events.reduce((state, [event, atMs]) => decideScan(state, event, atMs), LOOKING);
}

describe('the scan of a customer', () => {
  it('says "one of two", then that both are in, then is done', () => {
    expect(run([half('B'), 0])).toMatchObject({ status: 'half', seen: ['B'] });
    expect(run([half('B'), 0], [complete, 200])).toEqual({ status: 'reading' });
    expect(run([half('B'), 0], [complete, 200], [read, 210])).toEqual(done);
  });

  it('says after three seconds that only one of the two is there', () => {
    expect(run([half('A'), 0], [tick, 2999]).status).toBe('half');
    expect(run([half('A'), 0], [tick, 3000])).toMatchObject({ status: 'problem', code: 'twin_code_incomplete' });
    expect(run([half('A'), 0], [half('A'), 3100])).toMatchObject({ code: 'twin_code_incomplete' });
  });

  it('goes on saying so for as long as nothing else is held before it', () => {
    const still = run([half('A'), 0], [tick, 3000], [half('A'), 4000], [half('A'), 7000], [tick, 11_000]);
    expect(still).toMatchObject({ status: 'problem', code: 'twin_code_incomplete' });
  });

  it('says that the two are of different showings when both sides came and never fitted', () => {
    expect(run([half('A'), 0], [half('B'), 500], [tick, 3000])).toMatchObject({ code: 'twin_code_mixed' });
  });

  it('waits for the second picture or text as long as it takes, and says at once when it does not fit', () => {
    expect(run([half('A', false), 0], [tick, 60_000]).status).toBe('half');
    expect(run([half('A', false), 0], [half('B', false), 60_000])).toMatchObject({ code: 'twin_code_mixed' });
  });

  it('is not disturbed by other codes on the wall while the phone is read', () => {
    expect(run([half('A'), 0], [refused('code_unreadable'), 100]).status).toBe('half');
    expect(run([half('A'), 0], [complete, 50], [refused('code_unreadable'), 60]).status).toBe('reading');
    expect(run([refused('code_unreadable'), 0])).toMatchObject({ code: 'code_unreadable' });
  });

  it('stops complaining when the real thing is held before it, or nothing is', () => {
    expect(run([refused('twin_code_stale'), 0], [half('A'), 500]).status).toBe('half');
    expect(run([refused('twin_code_stale'), 0], [complete, 500]).status).toBe('reading');
    expect(run([refused('twin_code_stale'), 0], [tick, 4999]).status).toBe('problem');
    expect(run([refused('twin_code_stale'), 0], [tick, 5000])).toEqual(LOOKING);
  });

  it('once done stays done', () => {
    const anyEvent = fc.constantFrom<ScanEvent>(half('A'), half('B', false), complete, tick, refused('clock_off'));
    fc.assert(
      fc.property(anyEvent, fc.nat(), (event, nowMs) => {
        expect(decideScan(done, event, nowMs)).toEqual(done);
      }),
    );
  });
});

describe('the words beside the camera', () => {
  it.each<[RefusalCode, RegExp]>([
    ['twin_code_incomplete', /only one of the two/i],
    ['twin_code_stale', /old, like a picture/i],
    ['twin_code_mixed', /do not belong together/i],
    ['programme_mismatch', /another programme/i],
    ['code_unreadable', /not a customer’s code/i],
  ])('for %s say what is wrong, and what to do', (code, words) => {
    const { tone, title, note } = describeScan({ status: 'problem', code, atMs: 0 });
    expect(tone).toBe('problem');
    expect(title).toMatch(words);
    expect(note).toBeTruthy();
  });

  it('count the codes that are in', () => {
    expect(describeScan(LOOKING).count).toBe(0);
    expect(describeScan({ status: 'half', seen: ['A'], sinceMs: 0 })).toMatchObject({ count: 1, title: 'One of two' });
    expect(describeScan({ status: 'reading' }).count).toBe(2);
  });

  it('never use a name of ours for the codes', () => {
    const states: ScanState[] = [LOOKING, { status: 'half', seen: ['A'], sinceMs: 0 }, { status: 'reading' }, done];
    for (const state of states) expect(JSON.stringify(describeScan(state))).not.toMatch(/twin|pair|split|cross/i);
  });
});
