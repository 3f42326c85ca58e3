import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { chiSquareUpperTail } from '../distributions.js';
import { StatisticsError } from '../statistics-error.js';
import { riskTableOf, type CheckedRiskTable } from './checked-risk-table.js';
import { groupedRiskTables, NOBODY, type GroupedColumns, type GroupedRiskTables } from './grouped-risk-tables.js';
import { sumOverTimes } from './log-rank-sums.js';

export interface LogRankOptions {
  /** Fleming–Harrington's weights S(t-)^rho (1 - S(t-))^gamma. Both 0, the default: log-rank; rho 1: Peto–Peto. */
  readonly rho?: number;
  readonly gamma?: number;
}

export interface LogRankTest {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
  /** By group: weighted events seen, and those expected if the groups did not differ. */
  readonly groups: readonly { readonly group: string; readonly observed: number; readonly expected: number }[];
  /** Covariance of observed - expected. */
  readonly covariance: readonly (readonly number[])[];
}

/**
 * Log-rank test that K ≥ 2 groups have the same hazard within each stratum (Mantel 1966; Fleming & Harrington 1991,
 * §7.2): U' V⁻ U with the hypergeometric covariance V, on as many degrees of freedom as V has rank (K - 1, unless groups
 * never meet). Rows or risk tables by group give the same answer. Strongest where hazards are proportional.
 *
 * @throws StatisticsError `not-enough-data` for one group, no events, or groups that are never at risk together;
 * `invalid-input` as `riskTableOf`, for rho or gamma below 0, or for more than 500 groups
 */
export function logRank(data: GroupedColumns | GroupedRiskTables, options: LogRankOptions = {}): LogRankTest {
  const { rho = 0, gamma = 0 } = options;
  if (!(rho >= 0 && gamma >= 0 && Number.isFinite(rho + gamma))) {
    throw new StatisticsError('invalid-input', `rho is ${rho} and gamma ${gamma}: give finite numbers of 0 or more.`);
  }
  const { groups, strata } = 'strata' in data && 'groups' in data ? checkedTables(data) : groupedRiskTables(data);
  const size = groups.length;
  if (size < 2) {
    throw new StatisticsError('not-enough-data', `There is ${size === 1 ? `only the group ${groups[0]}` : 'no group'}: a comparison needs two.`); // prettier-ignore
  }
  if (size > MOST_GROUPS) {
    throw new StatisticsError('invalid-input', `There are ${size} groups: compare at most ${MOST_GROUPS}; is each row named by itself?`); // prettier-ignore
  }
  const observed = new Float64Array(size);
  const expected = new Float64Array(size);
  const covariance = Matrix.zeros(size, size);
  for (const tables of strata) sumOverTimes(tables, { rho, gamma }, { observed, expected, covariance });
  const { statistic, rank } = quadraticForm(
    observed.map((one, k) => one - expected[k]!),
    covariance,
  );
  if (rank === 0) {
    throw new StatisticsError(
      'not-enough-data',
      'No event happened while two groups were at risk: nothing compares them.',
    );
  }
  return {
    statistic,
    degreesOfFreedom: rank,
    p: chiSquareUpperTail(statistic, rank),
    groups: groups.map((group, k) => ({ group, observed: observed[k]!, expected: expected[k]! })),
    covariance: covariance.to2DArray(),
  };
}

/** The covariance of more takes minutes, and nobody reads it. */
const MOST_GROUPS = 500;

/** A table without times is of a group that has no rows there. */
const checkedTables = ({ groups, strata }: GroupedRiskTables): GroupedRiskTables<CheckedRiskTable> => ({
  groups,
  strata: strata.map((tables) => tables.map((table) => (table.time.length > 0 ? riskTableOf(table) : NOBODY))),
});

/** U' V⁻ U over the directions in which V has any extent. */
function quadraticForm(difference: Float64Array, covariance: Matrix): { statistic: number; rank: number } {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, { assumeSymmetric: true });
  const largest = Math.max(...realEigenvalues);
  let [statistic, rank] = [0, 0];
  realEigenvalues.forEach((value, column) => {
    if (!(value > largest * 1e-9)) return;
    const along = eigenvectorMatrix.getColumn(column).reduce((sum, one, k) => sum + one * difference[k]!, 0);
    statistic += (along * along) / value;
    rank++;
  });
  return { statistic, rank };
}
