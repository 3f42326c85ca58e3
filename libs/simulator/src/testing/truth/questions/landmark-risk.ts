import { augmentedEffect, landmarkRows, propensityEffect, proportionComparison, stratifiedFolds } from '@milepost/statistics'; // prettier-ignore
import { Chance } from '../../../chance.js';
import { landmarkRiskDifference } from '../../../planted/truth/index.js';
import { MILESTONES, reachedTimes, rowsWhere } from '../planted-data.js';
import type { PlantedData, PlantedMilestone } from '../planted-data.js';
import type { Findings, Seen, Sighting } from '../sighting.js';
import { LANDMARK } from './churn-hazard.js';

const FOLDS = 5;
/** Beyond any account. */
const FOLD_STREAM = 0x7fffff00;

/** By how much does it change the risk of leaving within 150 days of day 30? Nothing is hidden. */
export function landmarkRisk(data: PlantedData): Findings {
  const seen = MILESTONES.flatMap((milestone): Seen[] => {
    const { caused } = landmarkRiskDifference(data.company, { milestone: milestone.name, ...LANDMARK });
    const { all, overlap, naive } = analysed(data, milestone);
    return [
      { row: `AIPW, all accounts: ${milestone.title}`, truth: caused.all, honest: all, naive },
      { row: `Overlap weights: ${milestone.title}`, truth: caused.overlap, honest: overlap, naive },
    ];
  });
  return { seen };
}

/**
 * The same with the hidden trait on. No method can adjust for what it does not see: it is right about what is seen
 * (segment held fixed), and wrong about what the milestone does.
 */
export function hiddenLandmarkRisk(data: PlantedData): Findings {
  const seen = MILESTONES.flatMap((milestone): Seen[] => {
    const { caused, seen } = landmarkRiskDifference(data.company, { milestone: milestone.name, ...LANDMARK });
    const { all, naive } = analysed(data, milestone);
    return [
      { row: `AIPW, hidden trait on, as associated: ${milestone.title}`, truth: seen.all, honest: all, naive },
      {
        row: `AIPW, hidden trait on, as caused: ${milestone.title}`,
        truth: caused.all,
        isBeyondData: true,
        honest: all,
        naive,
      },
    ];
  });
  return { seen };
}

interface Analysed {
  all: Sighting;
  overlap: Sighting;
  naive: Sighting;
}

function analysed({ seed, accounts }: PlantedData, milestone: PlantedMilestone): Analysed {
  const rows = rowsWhere(accounts, (i) => accounts.hasTerm[i] === 0);
  const columns = {
    time: rows.map((i) => accounts.ends[i]!),
    event: rows.map((i) => accounts.churned[i]!),
    reached: reachedTimes(accounts, milestone, rows),
  };
  const { row, event, reached: treated } = landmarkRows(columns, LANDMARK);
  const chance = new Chance(seed, FOLD_STREAM);
  const fold = stratifiedFolds(treated, FOLDS, () => chance.next());
  const segment = Array.from(row, (i) => accounts.segment[rows[i]!]!);
  const patterns = counted(Array.from(row, (_, k) => ({ treated: treated[k]!, outcome: event[k]!, segment: segment[k]!, fold: fold[k]! }))); // prettier-ignore
  return {
    all: augmentedEffect(patterns).difference,
    overlap: propensityEffect(patterns, { scheme: 'overlap' }).difference,
    naive: everAndNever(columns),
  };
}

interface Pattern {
  treated: number;
  outcome: number;
  segment: number;
  fold: number;
}

/** Equal rows as one with their number: the same answer, faster. */
function counted(rows: readonly Pattern[]) {
  const counts = new Map<string, { pattern: Pattern; count: number }>();
  for (const pattern of rows) {
    const key = Object.values(pattern).join();
    const own = counts.get(key);
    if (own) own.count++;
    else counts.set(key, { pattern, count: 1 });
  }
  const patterns = [...counts.values()];
  const column = (of: (pattern: Pattern) => number): number[] => patterns.map(({ pattern }) => of(pattern));
  return {
    treated: column(({ treated }) => treated),
    outcome: column(({ outcome }) => outcome),
    fold: column(({ fold }) => fold),
    counts: patterns.map(({ count }) => count),
    covariates: {
      midMarket: column(({ segment }) => Number(segment === 1)),
      enterprise: column(({ segment }) => Number(segment === 2)),
    },
  };
}

/** Left by day 180: of those that ever reached the milestone by then, and of the others, all counted from signup. */
function everAndNever(columns: { time: number[]; event: number[]; reached: (number | null)[] }): Sighting {
  const by = LANDMARK.at + LANDMARK.horizon;
  const arms = [false, true].map((isReached) => {
    const own = columns.time.flatMap((time, i) => ((columns.reached[i] ?? Infinity) <= by === isReached ? [Number(columns.event[i] === 1 && time <= by)] : [])); // prettier-ignore
    return { accounts: own.length, events: own.reduce((sum, one) => sum + one, 0) };
  });
  return proportionComparison(arms[0]!, arms[1]!).difference;
}
