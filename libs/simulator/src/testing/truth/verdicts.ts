import { binomialRange } from './binomial-range.js';
import { SMALL_ERROR } from './questions/small-segments.js';
import type { CountSummary, SeenSummary, Summary } from './summary.js';

export interface Verdict {
  row: string;
  what: string;
  holds: boolean;
}

/** How rarely chance alone may break a bound. */
export interface Doubt {
  /** Of coverage: null asks for 91 to 99 %, which 200 seeds can bear. */
  coverage: number | null;
  /** Of a share that is to be 5 % at most. */
  found: number;
  /** Of the naive way's coverage, above which it is not visibly wrong. */
  naive: number;
  /** By how much priors must cut the error of small segments. */
  cut: number;
}

/** Full runs: the targets as they stand. Their noise is 1 in 100 where a true 5 % is counted. */
export const FULL: Doubt = { coverage: null, found: 0.01, naive: 0.1, cut: 0.3 };
/** A few seeds: bounds that such a number can bear. */
export const FEW: Doubt = { coverage: 1e-4, found: 1e-4, naive: 0.5, cut: 0 };

const isNull = ({ truth }: SeenSummary): boolean => Math.abs(truth) < 1e-9;

/** Most of `seeds` in which what has a chance of 5 % may happen. */
export const mostOfFive = (seeds: number, { found }: Doubt): number => binomialRange(seeds, 0.05, found)[1];

/** By how much the priors cut the error (root of the mean square). */
export const errorCut = ({ honest, naive }: CountSummary): number => 1 - Math.sqrt(honest / naive!);

export function verdictsOf({ seen, tallies, measures }: Summary, doubt: Doubt): Verdict[] {
  const verdicts: Verdict[] = [];
  for (const one of seen.filter(({ isBeyondData }) => !isBeyondData)) {
    const { row, seeds, honest, naive } = one;
    const [least, most] = doubt.coverage === null ? [0.91 * seeds, 0.99 * seeds] : [binomialRange(seeds, 0.95, doubt.coverage)[0], seeds]; // prettier-ignore
    verdicts.push({ row, what: 'coverage', holds: honest.covered >= least && honest.covered <= most });
    if (isNull(one)) verdicts.push({ row, what: 'false findings', holds: honest.found <= mostOfFive(seeds, doubt) });
    if (naive) verdicts.push({ row, what: 'naive is visibly wrong', holds: naive.covered <= doubt.naive * seeds });
  }
  for (const { row, seeds, target, honest } of tallies) {
    const wrong = target === 'rare' ? honest : seeds - honest;
    if (target !== 'none') verdicts.push({ row, what: 'share of seeds', holds: wrong <= mostOfFive(seeds, doubt) });
  }
  for (const one of measures) {
    if (one.row === SMALL_ERROR) verdicts.push({ row: one.row, what: 'error is cut', holds: errorCut(one) >= doubt.cut }); // prettier-ignore
  }
  return verdicts;
}
