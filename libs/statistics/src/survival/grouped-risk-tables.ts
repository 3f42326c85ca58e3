import { StatisticsError } from '../statistics-error.js';
import { checkLength } from './checked-column.js';
import { riskTable, type RiskTable } from './risk-table.js';
import { checkRows, type SurvivalColumns } from './survival-columns.js';

export type Label = string | number;

export interface GroupedColumns extends SurvivalColumns {
  readonly group: ArrayLike<Label>;
  /** Groups are compared within strata only. */
  readonly strata?: ArrayLike<Label>;
}

/** By stratum, a table for each group in the order of `groups`; one without times where a group has no rows there. */
export interface GroupedRiskTables {
  readonly groups: readonly string[];
  readonly strata: readonly (readonly RiskTable[])[];
}

const NOBODY: RiskTable = { time: [], atRisk: [], events: [] };

/** Counts rows by stratum, group and time; groups in the order of their labels. @throws StatisticsError as `riskTable` */
export function groupedRiskTables(columns: GroupedColumns): GroupedRiskTables {
  // Before rows are parted, so that messages name the caller's row.
  checkRows(columns);
  const byStratum = rowsByLabel('strata', columns.strata ?? new Uint8Array(columns.time.length), columns.time.length);
  const byGroup = rowsByLabel('group', columns.group, columns.time.length);
  const groups = [...byGroup.keys()].sort(inOrder);
  const groupOf = new Int32Array(columns.time.length);
  groups.forEach((group, k) => byGroup.get(group)!.forEach((row) => (groupOf[row] = k)));
  const strata = [...byStratum.values()].map(
    (rows) =>
    groups.map((_, k) => tableOf(columns, rows.filter((row) => groupOf[row] === k))), // prettier-ignore
  );
  return { groups: groups.map(String), strata };
}

function tableOf(columns: SurvivalColumns, rows: readonly number[]): RiskTable {
  const { time, event, start, weights } = columns;
  const pick = (column: ArrayLike<number>): Float64Array => Float64Array.from(rows, (row) => column[row]!);
  const hasWeight = weights === undefined || rows.some((row) => weights[row] !== 0);
  if (rows.length === 0 || !hasWeight) return NOBODY;
  return riskTable({
    time: pick(time),
    event: pick(event),
    start: start && pick(start),
    weights: weights && pick(weights),
  });
}

/** Row numbers by label. @throws StatisticsError `invalid-input` if there is not one label for each row */
export function rowsByLabel(name: string, labels: ArrayLike<Label>, rows: number): Map<Label, number[]> {
  checkLength(name, labels.length, rows);
  const byLabel = new Map<Label, number[]>();
  for (let i = 0; i < rows; i++) {
    const label = labels[i]!;
    if (typeof label !== 'string' && !Number.isFinite(label)) {
      throw new StatisticsError('invalid-input', `${name}[${i}] is ${String(label)}: give a text or a finite number.`);
    }
    const known = byLabel.get(label);
    if (known) known.push(i);
    else byLabel.set(label, [i]);
  }
  return byLabel;
}

const inOrder = (a: Label, b: Label): number => (a < b ? -1 : a > b ? 1 : 0);
