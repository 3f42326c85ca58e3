import { StatisticsError } from '../statistics-error.js';
import { ascendingOrder } from './ascending-order.js';
import { checkLength, columnNames, finiteColumn, weightColumn } from './checked-column.js';
import { standardisedColumns } from './standardised-columns.js';
import { labelCodes, type Label, type LabelCodes } from './label-codes.js';
import { checkRows } from './survival-columns.js';

/** Rows for a Cox regression, one array a field, all of one length. An account may have several rows, (start, time]. */
export interface CoxColumns {
  readonly time: ArrayLike<number>;
  readonly event: ArrayLike<number>;
  readonly start?: ArrayLike<number>;
  /** By name. A factor is given as one 0/1 column for each level but one. */
  readonly covariates: Readonly<Record<string, ArrayLike<number>>>;
  /** How much each row matters, ≥ 0: with ties by Efron a row of weight 2 is one event that matters twice, as in R. */
  readonly weights?: ArrayLike<number>;
  /** How many equal rows this one stands for, a whole number: the answer is that of the rows written out. */
  readonly counts?: ArrayLike<number>;
  /** Added to the linear predictor with coefficient 1. */
  readonly offset?: ArrayLike<number>;
  /** Each stratum has a baseline of its own. */
  readonly strata?: ArrayLike<Label>;
  /** Rows that may depend on each other, such as an account's. Asks for robust errors. */
  readonly cluster?: ArrayLike<Label>;
}

/** Rows of weight above 0, sorted by stratum, then by time ascending. */
export interface CoxData {
  readonly names: readonly string[];
  readonly rows: number;
  /** Where each row stands in the input. */
  readonly origin: Uint32Array;
  readonly time: Float64Array;
  readonly event: Uint8Array;
  readonly weight: Float64Array;
  readonly count: Float64Array;
  /** Less `offsetMean`. */
  readonly offset: Float64Array;
  readonly offsetMean: number;
  /** Row by row, centred at `mean` and divided by `scale`. */
  readonly x: Float64Array;
  readonly mean: Float64Array;
  readonly scale: Float64Array;
  readonly start: Float64Array | null;
  /** Rows sorted by stratum, then by start ascending. */
  readonly byStart: Uint32Array | null;
  readonly strata: readonly { readonly label: Label; readonly from: number; readonly to: number }[];
}

/** @throws StatisticsError as `checkRows` and `standardisedColumns`; `not-enough-data` without events or covariates */
export function coxData(columns: CoxColumns): CoxData {
  const given = checkRows({ ...columns, weights: undefined });
  const names = columnNames(columns.covariates);
  if (names.length === 0) {
    throw new StatisticsError('not-enough-data', 'There is no covariate: give at least one, or use nelsonAalen.');
  }
  const weights = columns.weights && weightColumn(columns.weights, given.rows);
  const counts = columns.counts && countColumn(columns.counts, given.rows);
  const offset = columns.offset && finiteColumn('offset', columns.offset, given.rows);
  if (columns.cluster) checkLength('cluster', columns.cluster, given.rows);
  const strata = labelCodes('strata', columns.strata ?? new Uint8Array(given.rows), given.rows);
  const kept = (row: number): boolean => weights?.[row] !== 0 && counts?.[row] !== 0;
  const origin = byStratum(ascendingOrder(given.time), strata, kept);
  const rows = origin.rows.length;
  const place = new Uint32Array(given.rows);
  origin.rows.forEach((row, k) => (place[row] = k));
  const pick = (column: Float64Array): Float64Array => Float64Array.from(origin.rows, (row) => column[row]!);
  const event = Uint8Array.from(origin.rows, (row) => given.event[row]!);
  if (!event.includes(1)) {
    throw new StatisticsError('not-enough-data', 'Every row is censored: wait for events, or take a longer horizon.');
  }
  const weight = weights ? pick(weights) : new Float64Array(rows).fill(1);
  const count = counts ? pick(counts) : new Float64Array(rows).fill(1);
  const importance = weight.map((one, i) => one * count[i]!);
  const centre = offset ? centred(pick(offset), importance) : { column: new Float64Array(rows), mean: 0 };
  return {
    names,
    rows,
    origin: origin.rows,
    time: pick(given.time),
    event,
    weight,
    count,
    offset: centre.column,
    offsetMean: centre.mean,
    ...standardisedColumns(columns.covariates, given.rows, origin.rows, importance),
    start: given.start && pick(given.start),
    byStart: given.start && byStratum(ascendingOrder(given.start), strata, kept).rows.map((row) => place[row]!),
    strata: origin.ranges,
  };
}

function countColumn(counts: ArrayLike<number>, rows: number): Float64Array {
  const column = weightColumn(counts, rows, 'counts');
  const row = column.findIndex((one) => !Number.isInteger(one));
  if (row < 0) return column;
  throw new StatisticsError('invalid-input', `counts[${row}] is ${column[row]}: give a whole number, or use weights.`);
}

/** The kept rows stratum by stratum, each in the order given, and where each stratum stands. */
function byStratum(order: Uint32Array, { labels, codes }: LabelCodes, kept: (row: number) => boolean) {
  const sizes = new Uint32Array(labels.length);
  for (const row of order) if (kept(row)) sizes[codes[row]!]!++;
  let total = 0;
  const ranges = labels.map((label, k) => ({ label, from: total, to: (total += sizes[k]!) }));
  const next = Uint32Array.from(ranges, ({ from }) => from);
  const rows = new Uint32Array(total);
  for (const row of order) if (kept(row)) rows[next[codes[row]!]!++] = row;
  return { rows, ranges };
}

function centred(column: Float64Array, importance: Float64Array): { column: Float64Array; mean: number } {
  const total = importance.reduce((sum, one) => sum + one, 0);
  const mean = column.reduce((sum, one, i) => sum + one * importance[i]!, 0) / total;
  return { column: column.map((one) => one - mean), mean };
}
