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
  const n = new Float64Array(size);
  const d = new Float64Array(size);
  const share = new Float64Array(size);
  // Of the groups that are there, and of the covariance what is on and below the diagonal.
  const [seen, foreseen] = [new Float64Array(size), new Float64Array(size)];
  const sums = new Float64Array(size * size);
  for (let survival = 1; ;) {
    let time = Infinity;
    for (let k = 0; k < size; k++) {
      const own = tables[k]!.time;
      if (at[k]! < own.length && own[at[k]!]! < time) time = own[at[k]!]!;
    }
    if (time === Infinity) break;
    let allAtRisk = 0;
    let allEvents = 0;
    for (let k = 0; k < size; k++) {
      const table = tables[k]!;
      const j = at[k]!;
      // Never read past the end: the engine makes such loops several times as slow.
      n[k] = j < table.time.length ? table.atRisk[j]! : 0;
      d[k] = 0;
      if (j < table.time.length && table.time[j] === time) {
        d[k] = table.events[j]!;
        at[k] = j + 1;
      }
      allAtRisk += n[k]!;
      allEvents += d[k]!;
    }
    if (allEvents === 0) continue;
    const weight = rho === 0 && gamma === 0 ? 1 : Math.pow(survival, rho) * Math.pow(1 - survival, gamma);
    survival *= Math.max(0, allAtRisk - allEvents) / allAtRisk;
    // Of one at risk, no group can have had more or fewer events.
    const spread = allAtRisk > 1 ? (weight * weight * allEvents * (allAtRisk - allEvents)) / (allAtRisk - 1) : 0;
    for (let k = 0; k < size; k++) {
      share[k] = n[k]! / allAtRisk;
      seen[k]! += weight * d[k]!;
      foreseen[k]! += weight * allEvents * share[k]!;
      for (let l = 0; l < k; l++) sums[k * size + l]! -= spread * share[k]! * share[l]!;
      sums[k * size + k]! += spread * share[k]! * (1 - share[k]!);
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
