import type { Child } from 'hono/jsx';
import { countOf } from './figures.ts';

export interface Column<Row> {
  readonly label: string;
  /** `figure` stands to the right in figures of one width; `key` is set in fixed width. */
  readonly kind?: 'text' | 'figure' | 'key' | 'act';
  /** Said under the label: the currency of the figures below. */
  readonly unit?: string;
  readonly cell: (row: Row) => Child;
  /** Foot of the column. */
  readonly total?: Child;
}

interface DataTableProps<Row> {
  /** What the table holds; heard by a screen reader, seen as the heading above it. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** Teaches the first step while there is nothing. */
  readonly empty: Child;
  /** Label of the foot, where any column has a total. */
  readonly totalLabel?: string;
  readonly isTight?: boolean;
}

/** Display rules take an element's role away in some browsers; what is written out stays. */
const ROLES = {
  table: { role: 'table' },
  rowgroup: { role: 'rowgroup' },
  row: { role: 'row' },
  columnheader: { role: 'columnheader' },
  rowheader: { role: 'rowheader' },
  cell: { role: 'cell' },
} as const;

/** The one table of the console. On a narrow screen each row becomes a small block with the labels in front. */
export function DataTable<Row>({ caption, columns, rows, empty, totalLabel, isTight }: DataTableProps<Row>) {
  if (rows.length === 0) return <div class="empty">{empty}</div>;
  return (
    <table class={isTight ? 'data tight' : 'data'} {...ROLES.table}>
      <caption class="visually-hidden">
        {caption}, {countOf(rows.length, 'row')}
      </caption>
      <thead {...ROLES.rowgroup}>
        <tr {...ROLES.row}>
          {columns.map(({ label, kind = 'text', unit }) => (
            <th scope="col" {...ROLES.columnheader} class={kind}>
              {kind === 'act' ? <span class="visually-hidden">{label}</span> : label}
              {unit && <span class="unit"> {unit}</span>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...ROLES.rowgroup}>
        {rows.map((row) => (
          <tr {...ROLES.row}>
            {columns.map(({ label, kind = 'text', unit, cell }) => (
              <td {...ROLES.cell} class={kind} data-label={unit ? `${label}, ${unit}` : label}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      {totalLabel && (
        <tfoot {...ROLES.rowgroup}>
          <tr {...ROLES.row}>
            {columns.map(({ label, kind = 'text', unit, total }, index) =>
              index === 0 ? (
                <th scope="row" {...ROLES.rowheader}>
                  {totalLabel}
                </th>
              ) : (
                <td {...ROLES.cell} class={kind} data-label={unit ? `${label}, ${unit}` : label}>
                  {total}
                </td>
              ),
            )}
          </tr>
        </tfoot>
      )}
    </table>
  );
}
