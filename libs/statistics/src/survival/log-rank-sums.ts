import type { Matrix } from 'ml-matrix';
import type { CheckedRiskTable } from './checked-risk-table.js';

interface Sums {
  readonly observed: Float64Array;
  readonly expected: Float64Array;
  readonly covariance: Matrix;
}

/**
 * Adds a stratum's observed and expected events and their hypergeometric covariance, each time with Fleming–Harrington's
 * weight from the stratum's pooled Kaplan–Meier just before the time. Walks the groups' tables together, once.
 */
export function sumOverTimes(
  given: readonly CheckedRiskTable[],
  { rho, gamma }: { readonly rho: number; readonly gamma: number },
  { observed, expected, covariance }: Sums,
): void {
  const group = [...given.keys()].filter((k) => given[k]!.time.length > 0);
  const tables = group.map((k) => given[k]!);
  const size = tables.length;
  const at = new Int32Array(size);
  // Where each group stands: its next time, and who is at risk then. Tables are read when that moves, and never past their end.
  const next = Float64Array.from(tables, ({ time }) => time[0]!);
  const n = Float64Array.from(tables, ({ atRisk }) => atRisk[0]!);
  const d = new Float64Array(size);
  // Of the groups that are there, and of the covariance what is on and below the diagonal.
  const [seen, foreseen] = [new Float64Array(size), new Float64Array(size)];
  const sums = new Float64Array(size * size);
  const isPlain = rho === 0 && gamma === 0;
  for (let survival = 1; ;) {
    let time = Infinity;
    let allAtRisk = 0;
    for (let k = 0; k < size; k++) {
      if (next[k]! < time) time = next[k]!;
      allAtRisk += n[k]!;
    }
    if (time === Infinity) break;
    let allEvents = 0;
    for (let k = 0; k < size; k++) {
      d[k] = next[k] === time ? tables[k]!.events[at[k]!]! : 0;
      allEvents += d[k]!;
    }
    if (allEvents > 0) {
      const weight = isPlain ? 1 : Math.pow(survival, rho) * Math.pow(1 - survival, gamma);
      survival *= Math.max(0, allAtRisk - allEvents) / allAtRisk;
      const foreseenOfEach = (weight * allEvents) / allAtRisk;
      // Of one at risk, no group can have had more or fewer events.
      const spread =
        allAtRisk > 1 ? (weight * foreseenOfEach * (allAtRisk - allEvents)) / (allAtRisk - 1) / allAtRisk : 0;
      for (let k = 0; k < size; k++) {
        const own = n[k]!;
        seen[k]! += weight * d[k]!;
        foreseen[k]! += foreseenOfEach * own;
        for (let l = 0; l < k; l++) sums[k * size + l]! -= spread * own * n[l]!;
        sums[k * size + k]! += spread * own * (allAtRisk - own);
      }
    }
    for (let k = 0; k < size; k++) {
      if (next[k] !== time) continue;
      const { time: times, atRisk } = tables[k]!;
      const j = ++at[k]!;
      next[k] = j < times.length ? times[j]! : Infinity;
      n[k] = j < times.length ? atRisk[j]! : 0;
    }
  }
  for (let k = 0; k < size; k++) {
    observed[group[k]!]! += seen[k]!;
    expected[group[k]!]! += foreseen[k]!;
    for (let l = 0; l <= k; l++) {
      const sum = sums[k * size + l]!;
      covariance.set(group[k]!, group[l]!, covariance.get(group[k]!, group[l]!) + sum);
      if (l < k) covariance.set(group[l]!, group[k]!, covariance.get(group[l]!, group[k]!) + sum);
    }
  }
}
