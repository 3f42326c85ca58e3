import { reachedColumn, type MilestoneColumns } from './milestone-columns.js';
import { checkRows } from './survival-columns.js';

/** (start, time] rows in which the milestone is off before it is reached and on after. */
export interface SwitchedRows {
  /** Place in the input. Covariates join by it, and it is the cluster. */
  readonly row: Uint32Array;
  readonly start: Float64Array;
  readonly time: Float64Array;
  readonly event: Uint8Array;
  readonly reached: Uint8Array;
  /** Rows that end at 0 have no time at risk. */
  readonly leftOut: number;
}

/**
 * Splits each row at the time its milestone was reached, for a time-varying covariate (Crowley & Hu 1977). What is
 * reached at the very time of the event counts as reached after it: it cannot have caused it.
 *
 * @throws StatisticsError as `checkRows`
 */
export function switchedRows(columns: MilestoneColumns): SwitchedRows {
  const { rows, time, event, start } = checkRows(columns);
  const reached = reachedColumn(columns.reached, rows);
  const [row, from, to, had, on]: number[][] = [[], [], [], [], []];
  let leftOut = 0;
  for (let i = 0; i < rows; i++) {
    const begin = start?.[i] ?? 0;
    const [at, end] = [reached[i]!, time[i]!];
    if (end <= begin) {
      leftOut++;
      continue;
    }
    const isSplit = at > begin && at < end;
    if (isSplit) {
      row!.push(i);
      from!.push(begin);
      to!.push(at);
      had!.push(0);
      on!.push(0);
    }
    row!.push(i);
    from!.push(isSplit ? at : begin);
    to!.push(end);
    had!.push(event[i]!);
    on!.push(at < end ? 1 : 0);
  }
  return {
    row: Uint32Array.from(row!),
    start: Float64Array.from(from!),
    time: Float64Array.from(to!),
    event: Uint8Array.from(had!),
    reached: Uint8Array.from(on!),
    leftOut,
  };
}
