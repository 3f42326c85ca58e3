import { StatisticsError } from '../statistics-error.js';
import { comparablePairs, type Pairs } from './comparable-pairs.js';
import { checkScoredRows, type ScoredColumns, type ScoredRows } from './scored-rows.js';

export interface Concordance {
  /** Share of comparable pairs in which the one with the higher risk had the event first; equal risks count half. */
  readonly concordance: number;
  readonly standardError: number;
  readonly concordant: number;
  readonly discordant: number;
  readonly tiedRisk: number;
}

/**
 * Harrell's (1982) C, 0.5 for a forecast that knows nothing, with the infinitesimal jackknife's error, as R's
 * `concordance`. With delayed entry pairs compare while both are at risk. Under much censoring it leans to early events:
 * see `unoConcordance`.
 *
 * @throws StatisticsError as `checkScoredRows`; `not-enough-data` if no two rows compare
 */
export function harrellConcordance(columns: ScoredColumns): Concordance {
  const rows = checkScoredRows(columns);
  return concordanceOf(
    comparablePairs(rows, () => 1),
    rows,
  );
}

export function concordanceOf(pairs: Pairs, { weights, counts }: Pick<ScoredRows, 'weights' | 'counts'>): Concordance {
  const { concordant, discordant, tiedRisk, rightOfRow, allOfRow } = pairs;
  const all = concordant + discordant + tiedRisk;
  if (!(all > 0)) {
    throw new StatisticsError(
      'not-enough-data',
      'No event came while another row was still at risk: no pair compares.',
    );
  }
  const concordance = (concordant + tiedRisk / 2) / all;
  let variance = 0;
  for (let i = 0; i < rightOfRow.length; i++) {
    const weight = weights?.[i] ?? 1;
    // The square of a row's own part, as often as the row is there; `weight` is for all of them together.
    if (weight > 0)
      variance += ((weight * (rightOfRow[i]! - concordance * allOfRow[i]!)) / all) ** 2 / (counts?.[i] ?? 1);
  }
  return { concordance, standardError: Math.sqrt(variance), concordant, discordant, tiedRisk };
}
