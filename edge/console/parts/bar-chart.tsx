import { DataTable } from './data-table.tsx';

export interface Bar {
  /** Under the bar, where there is room. */
  readonly label: string;
  /** In the table and on hovering. */
  readonly longLabel: string;
  readonly value: number;
}

interface BarChartProps {
  /** What is drawn, with its unit: `Takings per day, EUR`. */
  readonly title: string;
  readonly bars: readonly Bar[];
  readonly labelHead: string;
  readonly valueHead: string;
  readonly unit: string;
  readonly formatValue: (value: number) => string;
  /** On the axis, where every value is whole. */
  readonly formatTick: (value: number) => string;
  /** The smallest step of the axis that still reads well: a whole unit of the currency. */
  readonly unitValue: number;
}

/** Heights in CSS pixels; widths in percent, so that letters keep their size however narrow the chart gets. */
const PLOT_TOP = 18;
const PLOT_HEIGHT = 150;
const BASE_Y = PLOT_TOP + PLOT_HEIGHT;
const HEIGHT = BASE_Y + 26;
/** Room for the words of the axis, percent of the width. */
const AXIS_PERCENT = 13;

/** Bars with a scale, and the same as a table behind. Drawn without a library: it prints, scales and needs no script. */
export function BarChart({
  title,
  bars,
  labelHead,
  valueHead,
  unit,
  formatValue,
  formatTick,
  unitValue,
}: BarChartProps) {
  const highest = Math.max(0, ...bars.map(({ value }) => value));
  const ticks = highest > 0 ? createTicks(highest, unitValue) : [];
  const top = ticks.at(-1) ?? unitValue;
  const slotPercent = (100 - AXIS_PERCENT) / Math.max(1, bars.length);
  const toHeight = (value: number) => Math.round((value / top) * PLOT_HEIGHT);
  const labelEvery = Math.ceil(bars.length / 7);
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <svg class="bars" width="100%" height={HEIGHT} role="img" aria-label={`${title}. The same as a table follows.`}>
        {ticks.map((tick) => (
          <g>
            <line class="grid" x1="0" x2="100%" y1={BASE_Y - toHeight(tick)} y2={BASE_Y - toHeight(tick)} />
            <text class="axis" x="0" y={BASE_Y - toHeight(tick) - 4}>
              {formatTick(tick)}
            </text>
          </g>
        ))}
        {bars.map(({ label, longLabel, value }, index) => {
          const slotStart = AXIS_PERCENT + index * slotPercent;
          const height = value > 0 ? Math.max(2, toHeight(value)) : 0;
          const fromEnd = bars.length - 1 - index;
          const isLabelled = fromEnd % labelEvery === 0;
          const isBetween = fromEnd % (2 * labelEvery) !== 0;
          return (
            <g class="slot">
              <title>{`${longLabel}: ${formatValue(value)} ${unit}`}</title>
              <rect class="hit" x={`${slotStart}%`} y={PLOT_TOP} width={`${slotPercent}%`} height={PLOT_HEIGHT} />
              <rect
                class={index === bars.length - 1 ? 'bar newest' : 'bar'}
                x={`${slotStart + slotPercent * 0.16}%`}
                y={BASE_Y - height}
                width={`${slotPercent * 0.68}%`}
                height={height}
                rx="2"
              />
              {isLabelled && (
                <text
                  class={isBetween ? 'axis between' : 'axis'}
                  x={`${slotStart + slotPercent / 2}%`}
                  y={BASE_Y + 18}
                  text-anchor="middle"
                >
                  {label}
                </text>
              )}
            </g>
          );
        })}
        {highest === 0 && (
          <text class="axis" x="50%" y={PLOT_TOP + PLOT_HEIGHT / 2} text-anchor="middle">
            Nothing in this time
          </text>
        )}
        <line class="base" x1="0" x2="100%" y1={BASE_Y} y2={BASE_Y} />
      </svg>
      <details class="behind">
        <summary>Show as a table</summary>
        <DataTable
          caption={title}
          isTight
          columns={[
            { label: labelHead, cell: (bar: Bar) => bar.longLabel },
            { label: valueHead, kind: 'figure', unit, cell: (bar: Bar) => formatValue(bar.value) },
          ]}
          rows={bars}
          empty="Nothing yet."
        />
      </details>
    </figure>
  );
}

/** Three or four round steps above zero: 1, 2 or 5 times a power of ten of the unit. */
function createTicks(max: number, unitValue: number): number[] {
  const rough = Math.max(max, unitValue) / 3;
  const power = 10 ** Math.floor(Math.log10(rough / unitValue));
  const step = [1, 2, 5, 10].map((factor) => Math.max(1, factor * power) * unitValue).find((size) => size >= rough);
  const size = step ?? unitValue;
  const count = Math.max(1, Math.ceil(max / size));
  return Array.from({ length: count }, (_, index) => (index + 1) * size);
}
