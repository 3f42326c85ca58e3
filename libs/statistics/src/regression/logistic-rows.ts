import { StatisticsError } from '../statistics-error.js';
import type { BinomialData } from '../survival/binomial-likelihood.js';
import { finiteColumn, lengthOf, picked, weighedRows, weightColumn } from '../survival/checked-column.js';
import { labelCodes, type Label } from '../survival/label-codes.js';
import { standardisedColumns } from '../survival/standardised-columns.js';

/** One line for each account, or for each pattern of covariates. Columns of one length. */
export interface LogisticColumns {
  /** By name; may be none. */
  readonly covariates: Readonly<Record<string, ArrayLike<number>>>;
  /** How many of the line's trials had the event: 0 or 1 where `trials` is absent. */
  readonly events: ArrayLike<number>;
  /** How many accounts the line stands for. Absent: 1 each. */
  readonly trials?: ArrayLike<number>;
  /** Added to the linear predictor with factor 1. */
  readonly offset?: ArrayLike<number>;
  /** Whose line it is, where one account has several: errors are then the sandwich's, by account. */
  readonly cluster?: ArrayLike<Label>;
}

export interface LogisticRows {
  readonly data: BinomialData;
  readonly mean: Float64Array;
  readonly scale: Float64Array;
  readonly offsetMean: number;
  readonly trials: number;
  readonly events: number;
  /** Of the lines of `data`; null without. */
  readonly clusters: { readonly codes: Uint32Array; readonly count: number } | null;
}

/** Lines with trials, covariates standardised. @throws StatisticsError `invalid-input`, `not-enough-data`, `collinear` */
export function checkedLogisticRows(columns: LogisticColumns): LogisticRows {
  const lines = lengthOf('events', columns.events);
  if (lines === 0) throw new StatisticsError('not-enough-data', 'events is empty: give at least one line.');
  const given = finiteColumn('events', columns.events, lines);
  const stood = columns.trials ? weightColumn(columns.trials, lines, 'trials') : new Float64Array(lines).fill(1);
  const wrong = given.findIndex((one, i) => one < 0 || one > stood[i]!);
  if (wrong >= 0) {
    throw new StatisticsError('invalid-input', `events[${wrong}] is ${given[wrong]} of ${stood[wrong]} trials: give a number from 0 to those.`); // prettier-ignore
  }
  const shift = columns.offset ? finiteColumn('offset', columns.offset, lines) : new Float64Array(lines);
  const kept = weighedRows(stood);
  const [events, trials, offset] = [picked(given, kept), picked(stood, kept), picked(shift, kept)];
  const sum = (column: Float64Array): number => column.reduce((total, one) => total + one, 0);
  const total = sum(trials);
  const seen = sum(events);
  if (!(seen > 0 && seen < total)) {
    throw new StatisticsError('not-enough-data', `events: ${seen > 0 ? 'all' : 'none'} of ${total} trials had one; a regression needs both outcomes.`); // prettier-ignore
  }
  const offsetMean = offset.reduce((mean, one, i) => mean + (one * trials[i]!) / total, 0);
  const { x, mean, scale } = standardisedColumns(columns.covariates, lines, kept, trials);
  const data: BinomialData = {
    names: Object.keys(columns.covariates),
    link: 'logit',
    events,
    trials,
    offset: offset.map((one) => one - offsetMean),
    group: new Uint32Array(kept.length),
    groups: 1,
    x,
  };
  return { data, mean, scale, offsetMean, trials: total, events: seen, clusters: clustersOf(columns, lines, kept) };
}

function clustersOf({ cluster }: LogisticColumns, lines: number, kept: Uint32Array): LogisticRows['clusters'] {
  if (cluster === undefined) return null;
  labelCodes('cluster', cluster, lines);
  const { codes, labels } = labelCodes('cluster', Array.from(kept, (i) => cluster[i]!), kept.length); // prettier-ignore
  return { codes, count: labels.length };
}
