import { StatisticsError } from '../statistics-error.js';
import { finiteColumn, lengthOf } from '../survival/checked-column.js';

/** Renewal by renewal, index 0 the first: accounts whose term ended, and those of them who then left. Whole numbers. */
export interface RenewalCounts {
  readonly atRisk: ArrayLike<number>;
  readonly lost: ArrayLike<number>;
}

/**
 * Counts from cohorts' survivors. Cohorts may have been watched for different lengths: each counts for the renewals it
 * has had. The counts of two sets of cohorts may be added up, and accounts first seen at a later renewal added there.
 *
 * @param cohorts survivors of each after 0, 1, 2 … renewals, such as [1000, 869, 743]
 * @throws StatisticsError `not-enough-data` without a renewal, `invalid-input` where survivors rise or are not whole
 */
export function renewalCounts(cohorts: readonly ArrayLike<number>[]): { atRisk: number[]; lost: number[] } {
  const [atRisk, lost]: [number[], number[]] = [[], []];
  cohorts.forEach((cohort, c) => {
    const survivors = finiteColumn(`cohorts[${c}]`, cohort, lengthOf(`cohorts[${c}]`, cohort));
    survivors.forEach((left, t) => {
      const before = t === 0 ? left : survivors[t - 1]!;
      if (!(left >= 0 && left <= before && Number.isInteger(left))) {
        throw new StatisticsError('invalid-input', `cohorts[${c}][${t}] is ${left} after ${before}: give whole numbers of survivors, none larger than the one before.`); // prettier-ignore
      }
      if (t === 0) return;
      atRisk[t - 1] = (atRisk[t - 1] ?? 0) + before;
      lost[t - 1] = (lost[t - 1] ?? 0) + before - left;
    });
  });
  if (atRisk.length === 0) {
    throw new StatisticsError('not-enough-data', 'No cohort has had a renewal: give survivors after 0 renewals and after at least 1.'); // prettier-ignore
  }
  return { atRisk, lost };
}

/** @throws StatisticsError `invalid-input` unless 0 ≤ lost ≤ atRisk, whole, and as many of one as of the other */
export function checkedRenewals({ atRisk, lost }: RenewalCounts) {
  const renewals = lengthOf('atRisk', atRisk);
  const n = finiteColumn('atRisk', atRisk, renewals);
  const d = finiteColumn('lost', lost, renewals);
  for (let t = 0; t < renewals; t++) {
    if (!(d[t]! >= 0 && d[t]! <= n[t]! && Number.isInteger(d[t]!) && Number.isInteger(n[t]!))) {
      throw new StatisticsError('invalid-input', `Renewal ${t + 1} has ${d[t]} lost of ${n[t]} at risk: give whole numbers of accounts with 0 ≤ lost ≤ atRisk.`); // prettier-ignore
    }
  }
  return { atRisk: n, lost: d, accountRenewals: n.reduce((a, b) => a + b, 0), losses: d.reduce((a, b) => a + b, 0) };
}
