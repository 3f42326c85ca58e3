import { excludes } from './sighting.js';
import type { Findings, Seen, Sighting, Tally } from './sighting.js';

export interface WaySummary {
  /** Share of intervals that hold the truth. */
  covered: number;
  /** Of the estimates, less the truth, and what chance may make of it (standard error over seeds). */
  bias: number;
  biasError: number;
  /** Of intervals that leave out 0. */
  found: number;
}

export interface SeenSummary {
  row: string;
  seeds: number;
  /** Mean over seeds; they differ where the company's own draws do. */
  truth: number;
  isBeyondData: boolean;
  honest: WaySummary;
  naive: WaySummary | null;
}

/** Of a tally: in how many seeds it happened. Of a measure: its mean over the seeds. */
export interface CountSummary {
  row: string;
  seeds: number;
  honest: number;
  naive: number | null;
}

export interface TallySummary extends CountSummary {
  target: Tally['target'];
}

export interface Summary {
  seen: SeenSummary[];
  tallies: TallySummary[];
  measures: CountSummary[];
}

const mean = (list: readonly number[]): number => list.reduce((sum, one) => sum + one, 0) / list.length;

export function summaryOf(findings: readonly Findings[]): Summary {
  const seen = byRow(findings.flatMap((one) => one.seen ?? []));
  const tallies = byRow(findings.flatMap((one) => one.tallies ?? []));
  const measures = byRow(findings.flatMap((one) => one.measures ?? []));
  const shares = (list: readonly (boolean | undefined)[]): number | null =>
    list[0] === undefined ? null : list.filter(Boolean).length;
  return {
    seen: [...seen].map(([row, list]) => ({
      row,
      seeds: list.length,
      truth: mean(list.map(({ truth }) => truth)),
      isBeyondData: list[0]!.isBeyondData ?? false,
      honest: wayOf(list, ({ honest }) => honest),
      naive: naiveWayOf(list),
    })),
    tallies: [...tallies].map(([row, list]) => ({
      row,
      target: list[0]!.target,
      seeds: list.length,
      honest: shares(list.map(({ happened }) => happened))!,
      naive: shares(list.map(({ naive }) => naive)),
    })),
    measures: [...measures].map(([row, list]) => ({
      row,
      seeds: list.length,
      honest: mean(list.map(({ honest }) => honest)),
      naive: list[0]!.naive === undefined ? null : mean(list.map(({ naive }) => naive!)),
    })),
  };
}

/** Of the seeds in which the naive way has an answer; null where it never has. Without one it holds nothing. */
function naiveWayOf(list: readonly Seen[]): WaySummary | null {
  const answered = list.filter(({ naive }) => naive !== undefined);
  return answered.length === 0 ? null : wayOf(answered, ({ naive }) => naive!);
}

function wayOf(list: readonly Seen[], of: (one: Seen) => Sighting): WaySummary {
  const errors = list.map((one) => of(one).estimate - one.truth);
  const bias = mean(errors);
  return {
    covered: list.filter((one) => !excludes(of(one), one.truth)).length,
    bias,
    biasError: Math.sqrt(mean(errors.map((one) => (one - bias) ** 2)) / list.length),
    found: list.filter((one) => excludes(of(one), 0)).length,
  };
}

function byRow<T extends { row: string }>(list: readonly T[]): Map<string, T[]> {
  const rows = new Map<string, T[]>();
  for (const one of list) {
    const own = rows.get(one.row);
    if (own) own.push(one);
    else rows.set(one.row, [one]);
  }
  return rows;
}
