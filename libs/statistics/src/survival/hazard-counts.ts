import { StatisticsError } from '../statistics-error.js';
import type { BinomialData } from './binomial-likelihood.js';
import type { HazardLink } from './binomial-link.js';
import { finiteColumn, lengthOf, weightColumn } from './checked-column.js';
import { ascendingLabels, labelCodes, type Label } from './label-codes.js';
import { standardisedColumns } from './standardised-columns.js';

/** One line for each person and period, or for each period and pattern of covariates. Columns of one length. */
export interface HazardCounts {
  /** Each has an intercept of its own. Absent: one for all. */
  readonly period?: ArrayLike<Label>;
  /** By name; may be none. */
  readonly covariates: Readonly<Record<string, ArrayLike<number>>>;
  /** How many began the period. Absent: 1 for each line. */
  readonly atRisk?: ArrayLike<number>;
  /** How many of them had the event in it. */
  readonly events: ArrayLike<number>;
  readonly offset?: ArrayLike<number>;
}

interface CheckedHazardCounts {
  readonly data: BinomialData;
  /** `group` is the intercept's place, or null where the period has none. */
  readonly periods: readonly { period: Label; atRisk: number; events: number; group: number | null }[];
  readonly mean: Float64Array;
  readonly scale: Float64Array;
  readonly offsetMean: number;
}

export function checkedHazardCounts(counts: HazardCounts, link: HazardLink): CheckedHazardCounts {
  const lines = lengthOf('events', counts.events);
  if (lines === 0) throw new StatisticsError('not-enough-data', 'There are no lines: give at least one.');
  const events = finiteColumn('events', counts.events, lines);
  const atRisk = counts.atRisk ? weightColumn(counts.atRisk, lines, 'atRisk') : new Float64Array(lines).fill(1);
  const wrong = events.findIndex((one, i) => one < 0 || one > atRisk[i]!);
  if (wrong >= 0) {
    throw new StatisticsError('invalid-input', `events[${wrong}] is ${events[wrong]} with ${atRisk[wrong]} at risk: give a number between 0 and those.`); // prettier-ignore
  }
  const offset = counts.offset ? finiteColumn('offset', counts.offset, lines) : new Float64Array(lines);
  const { periods, groupOf, groups } = groupedPeriods(counts.period ?? new Uint8Array(lines), events, atRisk);
  const kept = Uint32Array.from(groupOf.keys()).filter((i) => groupOf[i]! >= 0 && atRisk[i]! > 0);
  const pick = (column: Float64Array): Float64Array => Float64Array.from(kept, (i) => column[i]!);
  const trials = pick(atRisk);
  const total = trials.reduce((sum, one) => sum + one, 0);
  const offsetMean = kept.reduce((sum, i) => sum + (offset[i]! * atRisk[i]!) / total, 0);
  const { x, mean, scale } = standardisedColumns(counts.covariates, lines, kept, trials);
  const data = {
    names: Object.keys(counts.covariates),
    link,
    events: pick(events),
    trials,
    offset: pick(offset).map((one) => one - offsetMean),
    group: Uint32Array.from(kept, (i) => groupOf[i]!),
    groups,
    x,
  };
  return { data, periods, mean, scale, offsetMean };
}

function groupedPeriods(labels: ArrayLike<Label>, events: Float64Array, atRisk: Float64Array) {
  const { labels: names, codes } = labelCodes('period', labels, events.length);
  const sums = [atRisk, events].map((column) => {
    const sum = new Float64Array(names.length);
    codes.forEach((code, i) => (sum[code]! += column[i]!));
    return sum;
  }) as [Float64Array, Float64Array];
  let groups = 0;
  const groupOfCode = new Int32Array(names.length).fill(-1);
  const periods = ascendingLabels(names).map((code) => {
    const own = { period: names[code]!, atRisk: sums[0][code]!, events: sums[1][code]! };
    if (own.events === 0 || own.events === own.atRisk) return { ...own, group: null };
    groupOfCode[code] = groups;
    return { ...own, group: groups++ };
  });
  const groupOf = Int32Array.from(codes, (code) => groupOfCode[code]!);
  if (groups > 0) return { periods, groupOf, groups };
  throw new StatisticsError(
    'not-enough-data',
    'No period has both events and others at risk: the hazard is 0 or 1 throughout, and nothing can be compared.',
  );
}
