import type { Matrix } from 'ml-matrix';
import type { CheckedRiskTable } from './checked-risk-table.js';
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
  const tables = given.map((table): CheckedRiskTable | null => (table.time.length === 0 ? null : riskTableOf(table)));
  const at = new Int32Array(tables.length);
  const n = new Float64Array(tables.length);
  const d = new Float64Array(tables.length);
  for (let survival = 1; ;) {
    const time = tables.reduce((next, table, k) => Math.min(next, table?.time[at[k]!] ?? Infinity), Infinity);
    if (time === Infinity) return;
    let [allAtRisk, allEvents] = [0, 0];
    tables.forEach((table, k) => {
      n[k] = table?.atRisk[at[k]!] ?? 0;
      d[k] = table?.time[at[k]!] === time ? table.events[at[k]!++]! : 0;
      allAtRisk += n[k]!;
      allEvents += d[k]!;
    });
    if (allEvents === 0) continue;
    const weight = Math.pow(survival, rho) * Math.pow(1 - survival, gamma);
    survival *= Math.max(0, allAtRisk - allEvents) / allAtRisk;
    // Of one at risk, no group can have had more or fewer events.
    const spread = allAtRisk > 1 ? (allEvents * (allAtRisk - allEvents)) / (allAtRisk - 1) : 0;
    for (let k = 0; k < n.length; k++) {
      const share = n[k]! / allAtRisk;
      observed[k]! += weight * d[k]!;
      expected[k]! += weight * allEvents * share;
      for (let l = 0; l < n.length; l++) {
        const value = weight * weight * spread * share * ((k === l ? 1 : 0) - n[l]! / allAtRisk);
        covariance.set(k, l, covariance.get(k, l) + value);
      }
    }
  }
}
