/** Formats by the programme's time zone. One formatter per zone and shape: making one costs more than using it a thousand times. */
const formatters = new Map<string, Intl.DateTimeFormat>();

const SHAPES = {
  time: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  dayTime: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  full: {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  },
  day: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  shortDay: { day: 'numeric', month: 'short' },
  date: { day: 'numeric', month: 'short', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

export type MomentShape = keyof typeof SHAPES;

export function formatMoment(atMs: number, timeZone: string, shape: MomentShape): string {
  const key = `${timeZone}/${shape}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-GB', { ...SHAPES[shape], timeZone });
    formatters.set(key, formatter);
  }
  return formatter.format(atMs);
}

/** A moment for people, with the exact one for machines and for whoever points at it. */
export function Moment({ atMs, timeZone, shape }: { atMs: number; timeZone: string; shape: MomentShape }) {
  return (
    <time datetime={new Date(atMs).toISOString()} title={formatMoment(atMs, timeZone, 'full')}>
      {formatMoment(atMs, timeZone, shape)}
    </time>
  );
}

interface PaidMomentProps {
  /** When it was booked. */
  readonly atMs: number;
  /** When the customer paid, where that was before. */
  readonly paidAtMs?: number | undefined;
  readonly timeZone: string;
}

/** When somebody paid; under it, where the books heard of it later, when that was. */
export function PaidMoment({ atMs, paidAtMs, timeZone }: PaidMomentProps) {
  if (paidAtMs === undefined) return <Moment atMs={atMs} timeZone={timeZone} shape="dayTime" />;
  return (
    <span>
      <Moment atMs={paidAtMs} timeZone={timeZone} shape="dayTime" />
      <span class="under">
        settled <Moment atMs={atMs} timeZone={timeZone} shape="dayTime" />
      </span>
    </span>
  );
}
