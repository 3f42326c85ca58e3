import { lengthOf } from './checked-column.js';
import { coxRegression, type CoxFit } from './cox-regression.js';
import { reachedColumn } from './milestone-columns.js';
import { milestoneEffect, type MilestoneData, type MilestoneEffect } from './milestone-effect.js';
import { checkRows } from './survival-columns.js';

export interface ImmortalTimeLesson {
  /** Wrong: shown so that the honest figures can be seen beside it, and for nothing else. */
  readonly naive: CoxFit;
  readonly switched: MilestoneEffect;
  readonly landmarks: readonly MilestoneEffect[];
}

/**
 * The same data in the design that is wrong and in those that are not, for the one screen that teaches the difference.
 *
 * @param landmarks times on the data's clock, fixed before looking
 * @throws StatisticsError as `milestoneEffect`
 */
export function immortalTimeLesson(data: MilestoneData, landmarks: readonly number[]): ImmortalTimeLesson {
  lengthOf('landmarks', landmarks);
  const { rows, time } = checkRows(data);
  const ever = reachedColumn(data.reached, rows).map((at, i) => (at <= time[i]! ? 1 : 0));
  return {
    naive: coxRegression({ ...data, covariates: { reached: ever, ...data.covariates } }),
    switched: milestoneEffect(data, { kind: 'switched' }),
    landmarks: landmarks.map((at) => milestoneEffect(data, { kind: 'landmark', at })),
  };
}
