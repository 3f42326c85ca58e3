import { partitionOf } from '@milepost/contracts';
import type { EffectsAnswer } from '@milepost/contracts/http';
import {
  augmentedEffect,
  hasNoAnswer,
  independentColumns,
  propensityEffect,
  StatisticsError,
} from '@milepost/statistics';
import type { OutcomeColumns, PropensityEffect, TreatmentEffect } from '@milepost/statistics';
import { covariatesOf } from './covariates.js';
import type { Factor, Pattern } from './covariates.js';

export type EffectPattern = Pattern & { exposed: number; outcome: number };
type Adjusted = EffectsAnswer['data']['adjusted'][number];

const FOLDS = 5;
/** Holds a score's model where a covariate all but decides who is exposed. */
const RIDGE = 1;

export interface AdjustedEffects {
  weighted: PropensityEffect;
  augmented: TreatmentEffect | null;
  whyNotAugmented: string | null;
  wasHeld: boolean;
  covariates: string[];
  /** Left out, for others make them up. */
  implied: string[];
}

/** Overlap weights, and augmented weights with cross-fitting beside them. @throws StatisticsError */
export function adjustedEffects(rows: readonly EffectPattern[], without: readonly Factor[] = []): AdjustedEffects {
  const counts = rows.map(({ accounts }) => accounts);
  const { kept, implied } = independentColumns(covariatesOf(rows, without), counts);
  const columns: OutcomeColumns = {
    treated: rows.map(({ exposed }) => exposed),
    outcome: rows.map(({ outcome }) => outcome),
    counts,
    covariates: kept,
  };
  const free = weightedOrNull(columns);
  const weighted = free ?? propensityEffect(columns, { scheme: 'overlap', ridge: RIDGE });
  const own = { weighted, covariates: Object.keys(kept), implied, wasHeld: free === null };
  try {
    const augmented = augmentedEffect({ ...columns, fold: rows.map(foldOf) });
    return { ...own, augmented, whyNotAugmented: null };
  } catch (error) {
    if (!hasNoAnswer(error)) throw error;
    return { ...own, augmented: null, whyNotAugmented: error.message };
  }
}

function weightedOrNull(columns: OutcomeColumns): PropensityEffect | null {
  try {
    return propensityEffect(columns, { scheme: 'overlap' });
  } catch (error) {
    if (error instanceof StatisticsError && error.problem === 'separation') return null;
    throw error;
  }
}

/** By a hash of what was known at signup, so that the same data gives the same folds. */
function foldOf({ segment, plan_tier, industry, region, channel, size, exposed }: EffectPattern): number {
  const pattern = JSON.stringify([segment, plan_tier, industry, region, channel, size, exposed]);
  return partitionOf(new TextEncoder().encode(pattern), FOLDS);
}

export function adjustedOf(method: string, estimand: string, effect: TreatmentEffect): Adjusted {
  const { estimate, lower, upper, p } = effect.difference;
  // A difference of shares is none beyond 1, where the normal approximation may reach. Ratios tell that they are shares.
  const most = effect.riskRatio === null ? Infinity : 1;
  return {
    method,
    estimand,
    means: { exposed: effect.treatedMean, others: effect.otherMean },
    difference: { estimate, lower: Math.max(-most, lower), upper: Math.min(most, upper), p },
    riskRatio: effect.riskRatio && { estimate: effect.riskRatio.estimate, lower: effect.riskRatio.lower, upper: effect.riskRatio.upper }, // prettier-ignore
    eValue: effect.eValue,
  };
}
