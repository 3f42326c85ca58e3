import { StatisticsError } from '../statistics-error.js';
import { columnNames, finiteColumn } from './checked-column.js';
import { checkRows, type CheckedRows, type SurvivalColumns } from './survival-columns.js';
import type { HazardCounts } from './hazard-counts.js';

export interface PeriodOptions {
  /** Length of a period in the unit of time; period k is ((k - 1) width, k width]. Default 1. */
  readonly width?: number;
  /** Periods after this one are left out. Default: all. */
  readonly last?: number;
}

export interface PersonPeriods {
  /** Which row of the input the line is of. */
  readonly row: Uint32Array;
  /** From 1. */
  readonly period: Uint32Array;
  readonly event: Uint8Array;
}

/**
 * A line for each row and period that it was at risk in (Allison 1982; Singer & Willett 1993). A period in which a row
 * was censored or entered midway is left out, for it was not seen whole; so one censored at a period's end counts in
 * it. Time 0 with the event is of period 1. Weights are not used: join them by `row`.
 *
 * @throws StatisticsError as `checkRows`; `invalid-input` for a width that is not above 0, or so short that a row has
 *   more than 100,000 periods
 */
export function personPeriods(columns: SurvivalColumns, options: PeriodOptions = {}): PersonPeriods {
  const rows = checkRows(columns);
  const { first, last } = periodRanges(rows, options);
  let lines = 0;
  for (let i = 0; i < rows.rows; i++) lines += Math.max(0, last[i]! - first[i]! + 1);
  const result = { row: new Uint32Array(lines), period: new Uint32Array(lines), event: new Uint8Array(lines) };
  for (let i = 0, line = 0; i < rows.rows; i++) {
    for (let period = first[i]!; period <= last[i]!; period++, line++) {
      result.row[line] = i;
      result.period[line] = period;
      result.event[line] = hasEventIn(rows, i, period, options) ? 1 : 0;
    }
  }
  return result;
}

/**
 * The same lines counted by period and pattern of covariates, without ever being written out: what `discreteHazard`
 * needs, in n plus patterns × periods.
 *
 * @throws StatisticsError as `personPeriods`; `invalid-input` for a covariate that is missing or not finite, or for more
 *   than 10,000,000 lines of patterns and periods
 */
export function personPeriodCounts(
  columns: SurvivalColumns & { readonly covariates: HazardCounts['covariates'] },
  options: PeriodOptions = {},
): Required<Omit<HazardCounts, 'offset'>> {
  const rows = checkRows(columns);
  const { first, last } = periodRanges(rows, options);
  const names = columnNames(columns.covariates);
  const covariatesByName = names.map((name) =>
    finiteColumn(`covariates.${name}`, columns.covariates[name]!, rows.rows),
  );
  const periods = last.reduce((most, one) => Math.max(most, one), 0);
  const patterns = new Map<string, { row: number; weight: number; atRisk: Float64Array; events: Float64Array }>();
  for (let i = 0; i < rows.rows; i++) {
    if (last[i]! < first[i]!) continue;
    const key = covariatesByName.map((column) => column[i]).join();
    let pattern = patterns.get(key);
    if (!pattern) {
      if ((patterns.size + 1) * periods > MOST_COUNTS) {
        throw new StatisticsError('invalid-input', `More than ${patterns.size} patterns of the covariates in ${periods} periods would make over ${MOST_COUNTS} lines: give a larger width or the last period, or round the covariates.`); // prettier-ignore
      }
      pattern = { row: i, weight: 0, atRisk: new Float64Array(periods + 2), events: new Float64Array(periods + 2) };
      patterns.set(key, pattern);
    }
    const weight = rows.weights?.[i] ?? 1;
    pattern.weight += weight;
    pattern.atRisk[first[i]!]! += weight;
    pattern.atRisk[last[i]! + 1]! -= weight;
    if (hasEventIn(rows, i, last[i]!, options)) pattern.events[last[i]!]! += weight;
  }
  const [period, source, atRisk, events]: number[][] = [[], [], [], []];
  for (const pattern of patterns.values()) {
    for (let k = 1, left = 0; k <= periods; k++) {
      left += pattern.atRisk[k]!;
      // What rounding leaves of weights that have gone is no line.
      if (left <= 1e-12 * pattern.weight && pattern.events[k] === 0) continue;
      period!.push(k);
      source!.push(pattern.row);
      atRisk!.push(Math.max(left, pattern.events[k]!));
      events!.push(pattern.events[k]!);
    }
  }
  const covariates = Object.fromEntries(names.map((name, a) => [name, source!.map((i) => covariatesByName[a]![i]!)]));
  return { period: period!, covariates, atRisk: atRisk!, events: events! };
}

/** Quotients such as 0.3 / 0.1 miss whole numbers by their rounding. */
const ROUNDING = 1e-9;
const ceil = (value: number): number => Math.ceil(value - ROUNDING * Math.max(1, value));
const floor = (value: number): number => Math.floor(value + ROUNDING * Math.max(1, value));

function periodRanges({ rows, time, event, start }: CheckedRows, { width = 1, last: cut = Infinity }: PeriodOptions) {
  if (!(width > 0 && width < Infinity)) {
    throw new StatisticsError('invalid-input', `width is ${width}: give a length above 0, in the unit of time.`);
  }
  if (!(cut === Infinity || (Number.isInteger(cut) && cut >= 1))) {
    throw new StatisticsError('invalid-input', `last is ${cut}: give a whole number of 1 or more.`);
  }
  const first = new Uint32Array(rows);
  const last = new Uint32Array(rows);
  const longest = time.findIndex((end) => end / width > MOST_PERIODS && cut > MOST_PERIODS);
  if (longest >= 0) {
    throw new StatisticsError('invalid-input', `time[${longest}] is ${time[longest]}, more than ${MOST_PERIODS} periods of ${width}: give a larger width, or the last period.`); // prettier-ignore
  }
  for (let i = 0; i < rows; i++) {
    first[i] = start === null ? 1 : ceil(start[i]! / width) + 1;
    last[i] = Math.min(cut, lastPeriod(time[i]!, event[i]!, width));
  }
  return { first, last };
}

/** More would take gigabytes, and tell no more than rounder patterns do. */
const MOST_COUNTS = 10_000_000;

/** More would be a clock in another unit than the width's. */
const MOST_PERIODS = 100_000;

const lastPeriod = (time: number, event: number, width: number): number =>
  event === 1 ? Math.max(1, ceil(time / width)) : floor(time / width);

const hasEventIn = ({ time, event }: CheckedRows, i: number, period: number, { width = 1 }: PeriodOptions): boolean =>
  event[i] === 1 && lastPeriod(time[i]!, 1, width) === period;
