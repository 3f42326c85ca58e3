/** Why a method refuses its input. A closed list, so that callers can turn each into advice of their own. */
export type StatisticsProblem =
  /** There is nothing to estimate from: no rows, no events, one group only. */
  | 'not-enough-data'
  /** A value is not a finite number, is out of its range, or lengths differ. */
  | 'invalid-input'
  /** The estimate lies at infinity: a covariate separates those with the event from those without. */
  | 'separation'
  /** Covariates are linear combinations of each other. */
  | 'collinear'
  /** The iterations ended without an answer to the asked precision. */
  | 'no-convergence';

/** Refusal of an input. The message names the field, what was found, and what to do. */
export class StatisticsError extends Error {
  constructor(
    readonly problem: StatisticsProblem,
    message: string,
  ) {
    super(message);
    this.name = 'StatisticsError';
  }
}

/**
 * Whether a method refused because the data hold no answer, which is a finding. A refusal of what it was given is a fault
 * of the caller's, and like any other fault to be thrown on.
 */
export const hasNoAnswer = (fault: unknown): fault is StatisticsError =>
  fault instanceof StatisticsError && fault.problem !== 'invalid-input';
