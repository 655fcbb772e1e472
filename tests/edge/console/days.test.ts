import { describe, expect, it } from 'vitest';
import { addDays, dayOf, dayStartMs, isDay, isTimeZone } from '../../../edge/console/parts/days.ts';

describe('a day', () => {
  it.each([
    ['2026-11-21', 'UTC', '2026-11-21T00:00:00Z'],
    ['2026-11-21', 'Europe/Berlin', '2026-11-20T23:00:00Z'],
    ['2026-07-01', 'Europe/Berlin', '2026-06-30T22:00:00Z'],
    // Clocks change in these nights, an hour or two after midnight.
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00Z'],
    ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00Z'],
    ['2026-10-26', 'Europe/Berlin', '2026-10-25T23:00:00Z'],
    // Half and three-quarter hours.
    ['2026-11-21', 'Asia/Kolkata', '2026-11-20T18:30:00Z'],
    ['2026-11-21', 'Asia/Kathmandu', '2026-11-20T18:15:00Z'],
    ['2026-11-21', 'Pacific/Kiritimati', '2026-11-20T10:00:00Z'],
    ['2026-11-21', 'Pacific/Niue', '2026-11-21T11:00:00Z'],
    // Clocks jump over midnight: the day begins at one.
    ['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00Z'],
    // Clocks go back at midnight to eleven: the second midnight begins the day.
    ['2026-04-05', 'America/Santiago', '2026-04-05T04:00:00Z'],
    // Clocks go back at one to midnight: the first does.
    ['2026-11-01', 'America/Havana', '2026-11-01T04:00:00Z'],
  ])('%s in %s begins at %s', (day, timeZone, startsAt) => {
    expect(new Date(dayStartMs(day, timeZone)).toISOString()).toBe(startsAt.replace('Z', '.000Z'));
    expect(dayOf(dayStartMs(day, timeZone), timeZone)).toBe(day);
    expect(dayOf(dayStartMs(day, timeZone) - 1, timeZone)).toBe(addDays(day, -1));
  });

  it('is one that the calendar has', () => {
    for (const text of ['2026-02-28', '2024-02-29', '2026-12-31']) expect(isDay(text)).toBe(true);
    for (const text of ['2026-02-29', '2026-13-01', '2026-1-1', '', '<script>', '2026-11-21T00:00'])
      expect(isDay(text)).toBe(false);
  });

  it('follows the one before, over months and years', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2024-03-01', -1)).toBe('2024-02-29');
  });

  it('is one of a time zone that there is', () => {
    for (const name of ['UTC', 'Europe/Berlin', 'America/Argentina/Ushuaia']) expect(isTimeZone(name)).toBe(true);
    for (const name of ['', 'Mars/Olympus', 'x'.repeat(65)]) expect(isTimeZone(name)).toBe(false);
  });
});
