import type { SurvivalData } from '../survival/checked-risk-table.js';
import { censoringWeightAt } from './censoring-weight-at.js';
import { comparablePairs } from './comparable-pairs.js';
import { concordanceOf, type Concordance } from './harrell-concordance.js';
import { checkScoredRows, type ScoredColumns } from './scored-rows.js';

export interface UnoOptions {
  /** Only events up to here count. Choose one with many still at risk: the last weights are large. Default: all. */
  readonly until?: number;
  /** Whose censoring to weight by. Default: the rows'. */
  readonly censoring?: SurvivalData;
}

/**
 * Uno's (2011) C: Harrell's with each pair weighted by 1 / P(C ≥ t)² at its event, so that it does not depend on how
 * the study was censored. Its error takes the weights as known, as R's `concordance(timewt = "n/G2")` does.
 *
 * @throws StatisticsError as `harrellConcordance` and `censoringWeightAt`
 */
export function unoConcordance(columns: ScoredColumns, { until = Infinity, censoring }: UnoOptions = {}): Concordance {
  const rows = checkScoredRows(columns);
  const weightAt = censoringWeightAt(censoring ?? { ...columns, weights: rows.weights ?? undefined });
  const weight = (time: number): number => (time > until ? 0 : weightAt(time) ** 2);
  return concordanceOf(comparablePairs(rows, weight), rows);
}
