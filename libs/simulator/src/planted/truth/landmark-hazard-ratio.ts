import type { PlantedCompany } from '../planted-company.js';
import { landmarkGroups } from './landmark-groups.js';
import type { LandmarkQuestion } from './landmark-groups.js';
import { active, churnRate, occupancy } from './occupancy.js';
import { solved } from './solved.js';

const STEPS = 100;
const MOST_STEPS = 30;

/**
 * The log hazard ratio at a landmark that Cox's partial likelihood tends to as accounts grow without end, with the
 * segments as covariates and everyone seen for the horizon: the root of its score's expectation (Struthers & Kalbfleisch
 * 1986), integrated by midpoints. It is nearer to 0 than the effect from the moment of reaching, since many of the
 * others reach the milestone later.
 */
export function landmarkLogHazardRatio(company: PlantedCompany, question: LandmarkQuestion): number {
  const groups = landmarkGroups(company, question).filter(({ at }) => active(at) > 0);
  const size = company.segments.length;
  // Reached, then a column for each segment but the first.
  const covariates = groups.map(({ stratum, isReached }) =>
    Array.from({ length: size }, (_, j) => Number(j === 0 ? isReached : stratum.segment === j)),
  );
  const width = question.horizon / STEPS;
  const moments = Array.from({ length: STEPS }, (_, k) => {
    const day = question.at + (k + 0.5) * width;
    return groups.map(({ stratum, at }) => {
      const now = occupancy(stratum, question.at, day, at);
      return { active: active(now), events: churnRate(stratum, now) };
    });
  });
  let beta = new Array<number>(size).fill(0);
  for (let step = 0; step < MOST_STEPS; step++) {
    const score = new Array<number>(size).fill(0);
    const information = score.map(() => new Array<number>(size).fill(0));
    const weight = covariates.map((x) => Math.exp(x.reduce((sum, one, j) => sum + one * beta[j]!, 0)));
    for (const moment of moments) {
      const whole = moment.reduce((sum, one, g) => sum + one.active * weight[g]!, 0);
      const events = moment.reduce((sum, one) => sum + one.events, 0);
      const mean = score.map((_, j) => moment.reduce((sum, one, g) => sum + one.active * weight[g]! * covariates[g]![j]!, 0) / whole); // prettier-ignore
      for (let j = 0; j < size; j++) {
        score[j]! += moment.reduce((sum, one, g) => sum + one.events * (covariates[g]![j]! - mean[j]!), 0);
        for (let k = 0; k < size; k++) {
          const both = moment.reduce((sum, one, g) => sum + one.active * weight[g]! * covariates[g]![j]! * covariates[g]![k]!, 0) / whole; // prettier-ignore
          information[j]![k]! += events * (both - mean[j]! * mean[k]!);
        }
      }
    }
    const move = solved(information, score);
    beta = beta.map((one, j) => one + move[j]!);
    if (Math.max(...move.map(Math.abs)) < 1e-10) return beta[0]!;
  }
  throw new Error(`The limit of the hazard ratio at day ${question.at} was not found in ${MOST_STEPS} steps.`);
}
