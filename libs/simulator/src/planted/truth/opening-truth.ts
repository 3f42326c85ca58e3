import type { PlantedCompany } from '../planted-company.js';

/** Chance that setup is complete within `days` of signup: of accounts that sign up before the drift, or after. */
export function setupShare({ opening, drift }: PlantedCompany, days: number, isAfterDrift: boolean): number {
  return twoSteps(opening.step * (isAfterDrift && drift !== null ? drift.onSetup : 1), days);
}

/** Chance of a first value within `days` of signup, by cell, of accounts that sign up before the drift. */
export function firstValueShares(company: PlantedCompany, days: number): number[] {
  const { step, run, importFirst, importFirstShare } = company.opening;
  return company.cells.map(({ pace }) => {
    const slow = threeSteps(step, run * pace, days);
    const fast = threeSteps(step, run * pace * importFirst, days);
    return importFirstShare * fast + (1 - importFirstShare) * slow;
  });
}

/**
 * Chance of a first value within `days` of the setup's end, of accounts still active then, that imported first less that
 * of those that configured first. The order was drawn by chance, so it is what the order does.
 */
export function orderRiskDifference({ opening, cells }: PlantedCompany, days: number): number {
  const within = (rate: number): number => cells.reduce((sum, { share, pace }) => sum + share * -Math.expm1(-rate * pace * days), 0); // prettier-ignore
  return within(opening.run * opening.importFirst) - within(opening.run);
}

/** P(two exponential steps at `rate` take at most `days`). */
const twoSteps = (rate: number, days: number): number => 1 - Math.exp(-rate * days) * (1 + rate * days);

/** P(two steps at `rate` and one at `last` take at most `days`). */
function threeSteps(rate: number, last: number, days: number): number {
  const apart = last - rate;
  const x = apart * days;
  // ∫ s e^(apart s) ds from 0 to days; near 0 by its series.
  const integral = Math.abs(x) < 1e-4 ? days * days * (0.5 + x / 3 + (x * x) / 8) : (Math.exp(x) * (x - 1) + 1) / apart ** 2; // prettier-ignore
  return twoSteps(rate, days) - rate * rate * Math.exp(-last * days) * integral;
}
