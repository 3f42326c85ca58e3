export {
  aalenJohansen,
  type CumulativeIncidence,
  type IncidenceCurve,
  type IncidenceOptions,
} from './aalen-johansen.js';
export type { HazardLink } from './binomial-link.js';
export type { CheckedRiskTable, SurvivalData } from './checked-risk-table.js';
export {
  competingRiskTable,
  type CheckedCompetingRiskTable,
  type CompetingRiskColumns,
  type CompetingRiskTable,
} from './competing-risk-table.js';
export { coxBaseline, type CoxBaseline } from './cox-baseline.js';
export type { CoxColumns } from './cox-data.js';
export { coxRegression, type CoxFit, type CoxOptions } from './cox-regression.js';
export { coxScores, coxSurvival, type PredictedSurvival } from './cox-survival.js';
export { discreteHazard, type DiscreteHazardFit, type PeriodHazard } from './discrete-hazard.js';
export { discreteSurvival, type DiscreteSurvival } from './discrete-survival.js';
export { groupedRiskTables, type GroupedColumns, type GroupedRiskTables } from './grouped-risk-tables.js';
export type { Label } from './label-codes.js';
export type { HazardCounts } from './hazard-counts.js';
export type { ChiSquareTest, HazardRatio } from './hazard-ratio.js';
export { immortalTimeLesson, type ImmortalTimeLesson } from './immortal-time.js';
export { kaplanMeier, type SurvivalCurve } from './kaplan-meier.js';
export { landmarkRows, type LandmarkOptions, type LandmarkRows } from './landmark.js';
export { logRank, type LogRankOptions, type LogRankTest } from './log-rank.js';
export type { MilestoneColumns } from './milestone-columns.js';
export { milestoneEffect, type MilestoneData, type MilestoneDesign, type MilestoneEffect } from './milestone-effect.js';
export { nelsonAalen, type HazardCurve, type NelsonAalenOptions } from './nelson-aalen.js';
export { personPeriodCounts, personPeriods, type PeriodOptions, type PersonPeriods } from './person-periods.js';
export type { IntervalOptions, IntervalTransform } from './probability-interval.js';
export { restrictedMean, type RestrictedMean } from './restricted-mean.js';
export { riskTable, type RiskTable } from './risk-table.js';
export type { TieMethod } from './risk-set-sweep.js';
export { schoenfeldTest, type SchoenfeldTest } from './schoenfeld-test.js';
export { numberAtRisk, survivalAt, type SurvivalEstimate } from './survival-at.js';
export type { SurvivalColumns } from './survival-columns.js';
export { medianSurvival, survivalQuantile, type TimeQuantile } from './survival-quantile.js';
export { switchedRows, type SwitchedRows } from './switched-rows.js';
export type { TimeTransform } from './time-transform.js';
