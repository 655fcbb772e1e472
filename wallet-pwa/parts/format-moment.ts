import { dayOf } from '../history/group-by-day.ts';
import { say } from '../texts.ts';

const DAY_MS = 86_400_000;

/** "Today", "Yesterday", "Saturday 14 November", with the year where it is another. */
export function formatDay(atMs: number, nowMs: number, locale = pageLocale()): string {
  const day = dayOf(atMs);
  if (day === dayOf(nowMs)) return say('day.today');
  if (day === dayOf(nowMs - DAY_MS)) return say('day.yesterday');
  const isThisYear = day.slice(0, 4) === dayOf(nowMs).slice(0, 4);
  return new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(!isThisYear && { year: 'numeric' }),
  }).format(atMs);
}

/** "12:41" */
export function formatTime(atMs: number, locale = pageLocale()): string {
  return keepTogether(new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(atMs));
}

/** "Today, 12:41": one line of a list that is not grouped by days. */
export function formatMoment(atMs: number, nowMs: number, locale = pageLocale()): string {
  return `${formatDay(atMs, nowMs, locale)}, ${formatTime(atMs, locale)}`;
}

/** "14:00" today, "Sun 14:00" within the week, "29 Nov, 14:00" later: the end of something that is counted on. */
export function formatUntil(atMs: number, nowMs: number, locale = pageLocale()): string {
  const time = formatTime(atMs, locale);
  if (dayOf(atMs) === dayOf(nowMs)) return time;
  const isSoon = atMs - nowMs < 6 * DAY_MS;
  const day = isSoon ? { weekday: 'short' as const } : { day: 'numeric' as const, month: 'short' as const };
  return keepTogether(`${new Intl.DateTimeFormat(locale, day).format(atMs)}${isSoon ? ' ' : ', '}${time}`);
}

/** "21 Nov 2026, 12:41:09": on receipts, which are read years later. */
export function formatReceiptMoment(atMs: number, locale = pageLocale()): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(atMs);
}

/** No line ends between a time and its "AM". */
function keepTogether(time: string): string {
  return time.replaceAll(/\s/g, '\u00a0');
}

function pageLocale(): string {
  // "en" alone would write dates as in the United States, whoever reads them.
  const language = document.documentElement.lang || 'en';
  return language === 'en' ? (navigator.languages.find((known) => known.startsWith('en')) ?? 'en-GB') : language;
}
