import { describe, expect, it } from 'vitest';
import { UNREAD_MS_MAX, UnreadWatch } from '../../../../shared/browser/scanner/unread-watch.ts';

describe('UnreadWatch', () => {
  it('calls for the thorough reader when nothing is read for as long as it waits, counted from the first look', () => {
    const watch = new UnreadWatch();
    expect(watch.take([], 5000)).toBe(false);
    expect(watch.take([], 5000 + UNREAD_MS_MAX - 1)).toBe(false);
    expect(watch.take([], 5000 + UNREAD_MS_MAX)).toBe(true);
  });

  it('is content with every text that is new', () => {
    const watch = new UnreadWatch();
    const halfMs = UNREAD_MS_MAX / 2;
    expect(['A', 'B', 'C', 'D', 'E'].map((text, index) => watch.take([text], index * halfMs))).not.toContain(true);
  });

  it('is not content with the same code over and over: of two shown in turn the other is missing', () => {
    const watch = new UnreadWatch();
    expect(watch.take(['A'], 0)).toBe(false);
    expect(watch.take(['A'], UNREAD_MS_MAX)).toBe(true);
  });

  it('is content when one of several texts is new', () => {
    const watch = new UnreadWatch();
    watch.take(['A'], 0);
    expect(watch.take(['A', 'B'], UNREAD_MS_MAX)).toBe(false);
  });

  it('does not count the time in which nobody looks', () => {
    const watch = new UnreadWatch();
    watch.take([], 0);
    watch.rest();
    expect(watch.take([], 60_000)).toBe(false);
  });
});
