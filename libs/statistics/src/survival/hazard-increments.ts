import type { CoxData } from './cox-data.js';
import { sweepRiskSets, type TieMethod } from './risk-set-sweep.js';

/** What the baseline hazard of a stratum does at its event times, ascending. Matrices are row by row, p wide. */
export interface HazardIncrements {
  readonly time: Float64Array;
  /** Cumulative: Λ, Σ dΛ/Σr (its variance), and Σ x̄ dΛ of the standardised covariates. */
  readonly hazard: Float64Array;
  readonly variance: Float64Array;
  readonly meanHazard: Float64Array;
  /** Not cumulative: what a row with the event is exposed to at its own time, and the risk set's mean there. */
  readonly ownHazard: Float64Array;
  readonly ownMeanHazard: Float64Array;
  readonly mean: Float64Array;
}

/** For the row at the mean of all covariates and of the offset. By stratum, in the order of `data.strata`. */
export function hazardIncrements(data: CoxData, relativeRisk: Float64Array, ties: TieMethod): HazardIncrements[] {
  const size = data.names.length;
  const perStratum = data.strata.map(({ from, to }) => roomFor(eventTimes(data, from, to), size));
  const next = perStratum.map(({ time }) => time.length - 1);
  sweepRiskSets(data, relativeRisk, ties, 1, ({ stratum, time, s0, s1, e0, e1, eventWeight, factors }) => {
    const into = perStratum[stratum]!;
    const k = next[stratum]!--;
    into.time[k] = time;
    const w = eventWeight / factors;
    for (let l = 0; l < factors; l++) {
      const out = l / factors;
      const sum = s0 - out * e0;
      const hazard = w / sum;
      into.hazard[k]! += hazard;
      into.variance[k]! += hazard / sum;
      into.ownHazard[k]! += (1 - out) * hazard;
      for (let a = 0, at = k * size; a < size; a++, at++) {
        const mean = (s1[a]! - out * e1[a]!) / sum;
        into.meanHazard[at]! += hazard * mean;
        into.ownMeanHazard[at]! += (1 - out) * hazard * mean;
        into.mean[at]! += mean / factors;
      }
    }
  });
  for (const { hazard, variance, meanHazard } of perStratum) {
    accumulate(hazard, 1);
    accumulate(variance, 1);
    accumulate(meanHazard, size);
  }
  return perStratum;
}

function roomFor(times: number, size: number): HazardIncrements {
  const column = (width: number): Float64Array => new Float64Array(times * width);
  return {
    time: column(1),
    hazard: column(1),
    variance: column(1),
    meanHazard: column(size),
    ownHazard: column(1),
    ownMeanHazard: column(size),
    mean: column(size),
  };
}

/** Distinct times with an event among sorted rows. */
function eventTimes({ time, event }: CoxData, from: number, to: number): number {
  let count = 0;
  for (let i = from, last = NaN; i < to; i++) {
    if (event[i] === 0 || time[i] === last) continue;
    last = time[i]!;
    count++;
  }
  return count;
}

function accumulate(column: Float64Array, width: number): void {
  for (let i = width; i < column.length; i++) column[i]! += column[i - width]!;
}
