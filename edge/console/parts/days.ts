/** Calendar days of the programme's time zone, as `2026-11-21`, and the moments at which they begin. */

const DAY_MS = 86_400_000;

export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const atMs = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(atMs) && new Date(atMs).toISOString().startsWith(text);
}

export function dayOf(atMs: number, timeZone: string): string {
  const offsetMs = zoneOffsetMs(atMs, timeZone);
  return new Date(atMs + offsetMs).toISOString().slice(0, 10);
}

/** The day `count` days after `day`; negative counts go back. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

/** The first moment of `day` there, also where clocks jump over midnight or go back to it. */
export function dayStartMs(day: string, timeZone: string): number {
  const asIfUtcMs = Date.parse(`${day}T00:00:00Z`);
  // Whichever offset holds around that midnight, it held a day before or holds a day after.
  const offsetsMs = [asIfUtcMs - DAY_MS, asIfUtcMs + DAY_MS].map((atMs) => zoneOffsetMs(atMs, timeZone));
  const candidatesMs = offsetsMs.map((offsetMs) => asIfUtcMs - offsetMs).sort((left, right) => left - right);
  return candidatesMs.find((atMs) => dayOf(atMs, timeZone) === day) ?? asIfUtcMs;
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return name.length <= 64;
  } catch {
    return false;
  }
}

function zoneOffsetMs(atMs: number, timeZone: string): number {
  const parts = Object.fromEntries(
    partsFormat(timeZone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, Number(value)]),
  ) as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>;
  const { year, month, day, hour, minute, second } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(atMs / 1000) * 1000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function partsFormat(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  return format;
}
