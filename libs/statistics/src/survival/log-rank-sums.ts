import type { Matrix } from 'ml-matrix';
import { riskTableOf } from './checked-risk-table.js';
import type { RiskTable } from './risk-table.js';

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
  given: readonly RiskTable[],
  { rho, gamma }: { readonly rho: number; readonly gamma: number },
  { observed, expected, covariance }: Sums,
): void {
  const tables = given.filter((table) => table.time.length > 0).map(riskTableOf);
  const group = given.flatMap((table, k) => (table.time.length > 0 ? [k] : []));
  const at = new Int32Array(tables.length);
  const n = new Float64Array(tables.length);
  const d = new Float64Array(tables.length);
  const size = given.length;
  const sums = new Float64Array(size * size);
  for (let survival = 1; ;) {
    let time = Infinity;
    for (let k = 0; k < tables.length; k++) {
      if (at[k]! < tables[k]!.time.length) time = Math.min(time, tables[k]!.time[at[k]!]!);
    }
    if (time === Infinity) break;
    let allAtRisk = 0;
    let allEvents = 0;
    for (let k = 0; k < tables.length; k++) {
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
    for (let k = 0; k < tables.length; k++) {
      const share = n[k]! / allAtRisk;
      observed[group[k]!]! += weight * d[k]!;
      expected[group[k]!]! += weight * allEvents * share;
      const row = group[k]! * size;
      for (let l = 0; l < tables.length; l++) {
        sums[row + group[l]!]! += spread * share * ((k === l ? 1 : 0) - n[l]! / allAtRisk);
      }
    }
  }
  for (let k = 0; k < size; k++) {
    for (let l = 0; l < size; l++) covariance.set(k, l, covariance.get(k, l) + sums[k * size + l]!);
  }
}
