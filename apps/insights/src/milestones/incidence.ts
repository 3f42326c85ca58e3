import type { Estimate, MilestoneTimeAnswer } from '@milepost/contracts/http';
import { aalenJohansen } from '@milepost/statistics';
import type { CompetingRiskTable, CumulativeIncidence } from '@milepost/statistics';

/** What ended at a time, as ClickHouse counted it: by cause 1, by cause 2, or unseen. */
export interface EndedAt {
  time: number;
  causes: readonly number[];
  censored: number;
}

/** @param ended strictly ascending in time */
export function competingTable(ended: readonly EndedAt[]): CompetingRiskTable {
  const atRisk = new Float64Array(ended.length);
  for (let j = ended.length - 1, left = 0; j >= 0; j--) {
    left += ended[j]!.censored + ended[j]!.causes.reduce((sum, one) => sum + one, 0);
    atRisk[j] = left;
  }
  const causes = ended[0]?.causes.map((_, k) => Float64Array.from(ended, (one) => one.causes[k]!)) ?? [];
  return { time: Float64Array.from(ended, ({ time }) => time), atRisk, events: causes };
}

/**
 * When the incidence of a cause first comes to `share`, and when its bounds do; null where it does not within the data.
 * The upper bound comes there first, so it gives the lower bound of the time.
 */
export function incidenceQuantile({ time, causes }: CumulativeIncidence, cause: number, share: number): Estimate {
  const { incidence, lower, upper } = causes[cause]!;
  const first = (curve: Float64Array): number | null => {
    const j = curve.findIndex((one) => one >= share - 1e-9);
    return j < 0 ? null : time[j]!;
  };
  return { estimate: first(incidence), lower: first(upper), upper: first(lower) };
}

/** So many points are enough for a drawing. */
const MOST_POINTS = 200;

/** The incidence of a cause where it changes, thinned evenly when there is too much of it. */
export function incidenceCurve(
  { time, atRisk, causes }: CumulativeIncidence,
  cause: number,
): MilestoneTimeAnswer['data']['groups'][number]['curve'] {
  const { incidence, lower, upper } = causes[cause]!;
  const changes = Array.from(time.keys()).filter((j) => incidence[j]! > (incidence[j - 1] ?? 0));
  const step = Math.ceil(changes.length / MOST_POINTS);
  const kept = changes.filter((_, k) => k % step === 0 || k === changes.length - 1);
  return kept.map((j) => ({ day: time[j]!, atRisk: atRisk[j]!, estimate: incidence[j]!, lower: lower[j]!, upper: upper[j]! })); // prettier-ignore
}

export const incidenceOf = (ended: readonly EndedAt[]): CumulativeIncidence => aalenJohansen(competingTable(ended));
