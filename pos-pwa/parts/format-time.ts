const formats = new Map<string, Intl.DateTimeFormat>();

/** Hour and minute on the shop's wall clock. */
export function formatTime(timeMs: number): string {
  return format('time', { hour: '2-digit', minute: '2-digit' }).format(timeMs);
}

/** Day, hour, minute and second: for receipts. */
export function formatMoment(timeMs: number): string {
  return format('moment', { dateStyle: 'medium', timeStyle: 'medium' }).format(timeMs);
}

const DAY_MS = 86_400_000;

/** When something ends: the hour alone today, with the day of the week in the six days from now, with the date after that. */
export function formatUntil(timeMs: number, nowMs: number): string {
  const isToday = new Date(timeMs).toDateString() === new Date(nowMs).toDateString();
  if (isToday) return formatTime(timeMs);
  if (timeMs - nowMs < 6 * DAY_MS)
    return format('soon', { weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(timeMs);
  return format('until', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(timeMs);
}

export function formatDay(timeMs: number): string {
  return format('day', { weekday: 'long', day: 'numeric', month: 'long' }).format(timeMs);
}

/** The words follow the app's language, the clock (12 or 24 hours) follows the device. */
function format(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const locale = document.documentElement.lang || 'en';
  const key = `${name}/${locale}`;
  let known = formats.get(key);
  if (!known) {
    const { hourCycle } = new Intl.DateTimeFormat(undefined, { hour: 'numeric' }).resolvedOptions();
    known = new Intl.DateTimeFormat(`${locale}${hourCycle ? `-u-hc-${hourCycle}` : ''}`, options);
    formats.set(key, known);
  }
  return known;
}
