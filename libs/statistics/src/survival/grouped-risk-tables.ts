import { picked } from './checked-column.js';
import type { CheckedRiskTable } from './checked-risk-table.js';
import { ascendingLabels, labelCodes, type Label, type LabelCodes } from './label-codes.js';
import { riskTable, type RiskTable } from './risk-table.js';
import { checkRows, type SurvivalColumns } from './survival-columns.js';

export interface GroupedColumns extends SurvivalColumns {
  readonly group: ArrayLike<Label>;
  /** Groups are compared within strata only. */
  readonly strata?: ArrayLike<Label>;
}

/** By stratum, a table for each group in the order of `groups`; one without times where a group has no rows there. */
export interface GroupedRiskTables<Table extends RiskTable = RiskTable> {
  readonly groups: readonly string[];
  readonly strata: readonly (readonly Table[])[];
}

const NONE = new Float64Array(0);
export const NOBODY: CheckedRiskTable = { time: NONE, atRisk: NONE, events: NONE, censored: NONE };

/** Counts rows by stratum, group and time; groups in the order of their labels. @throws StatisticsError as `riskTable` */
export function groupedRiskTables(columns: GroupedColumns): GroupedRiskTables<CheckedRiskTable> {
  // Before rows are parted, so that messages name the caller's row.
  checkRows(columns);
  const rows = columns.time.length;
  const strata = columns.strata === undefined ? ofOne(rows) : labelCodes('strata', columns.strata, rows);
  const group = labelCodes('group', columns.group, rows);
  const order = ascendingLabels(group.labels);
  const cells = cellsOf(strata, group);
  const width = order.length;
  return {
    groups: order.map((code) => String(group.labels[code])),
    strata: strata.labels.map((_, stratum) => order.map((code) => tableOf(columns, cells[stratum * width + code]!))),
  };
}

const ofOne = (rows: number): LabelCodes => ({ labels: [''], codes: new Uint32Array(rows) });

/** Rows of each group of each stratum, in their order. */
function cellsOf(strata: LabelCodes, group: LabelCodes): Uint32Array[] {
  const width = group.labels.length;
  const cell = strata.codes.map((stratum, row) => stratum * width + group.codes[row]!);
  const size = new Uint32Array(strata.labels.length * width);
  for (let row = 0; row < cell.length; row++) size[cell[row]!]!++;
  const cells = Array.from(size, (count) => new Uint32Array(count));
  size.fill(0);
  for (let row = 0; row < cell.length; row++) cells[cell[row]!]![size[cell[row]!]!++] = row;
  return cells;
}

function tableOf(columns: SurvivalColumns, rows: Uint32Array): CheckedRiskTable {
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
