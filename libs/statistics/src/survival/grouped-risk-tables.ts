import { StatisticsError } from '../statistics-error.js';
import { checkLength, picked } from './checked-column.js';
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
  const rows = columns.time.length;
  const byStratum = rowsByLabel('strata', columns.strata ?? new Uint8Array(rows), rows);
  const byGroup = rowsByLabel('group', columns.group, rows);
  const groups = [...byGroup.keys()].sort(inOrder);
  const groupOf = new Uint32Array(rows);
  groups.forEach((group, k) => {
    for (const row of byGroup.get(group)!) groupOf[row] = k;
  });
  const strata = [...byStratum.values()].map((own) => partedBy(groupOf, own, groups.length).map((cell) => tableOf(columns, cell))); // prettier-ignore
  return { groups: groups.map(String), strata };
}

/** Rows by code, in their order. */
function partedBy(codeOf: Uint32Array, rows: readonly number[], codes: number): Uint32Array[] {
  const size = new Uint32Array(codes);
  for (const row of rows) size[codeOf[row]!]!++;
  const cells = Array.from(size, (count) => new Uint32Array(count));
  size.fill(0);
  for (const row of rows) cells[codeOf[row]!]![size[codeOf[row]!]!++] = row;
  return cells;
}

function tableOf(columns: SurvivalColumns, rows: Uint32Array): RiskTable {
  const { time, event, start, weights } = columns;
  const hasWeight = weights === undefined || rows.some((row) => weights[row] !== 0);
  if (rows.length === 0 || !hasWeight) return NOBODY;
  return riskTable({
    time: picked(time, rows),
    event: picked(event, rows),
    start: start && picked(start, rows),
    weights: weights && picked(weights, rows),
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
