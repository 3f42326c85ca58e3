import type { BinomialData } from './binomial-likelihood.js';

/** Covariates row by row: x[i * p + a], p = names.length. */
interface Rows {
  readonly names: readonly string[];
  readonly x: Float64Array;
}

/** How far a step of the coefficients moves the linear predictor of the row that it moves most. */
export function predictorMovement({ names, x }: Rows, step: Float64Array): number {
  const size = names.length;
  let most = 0;
  for (let at = 0; at < x.length; at += size) {
    let move = 0;
    for (let a = 0; a < size; a++) move += x[at + a]! * step[a]!;
    most = Math.max(most, Math.abs(move));
  }
  return most;
}

/** The covariates through which a step moves any row at least half as far as the one that moves it most. */
export function movedCovariates({ names, x }: Rows, step: Float64Array): readonly string[] {
  const most = new Float64Array(names.length);
  for (let i = 0; i < x.length; i++) {
    const a = i % names.length;
    most[a] = Math.max(most[a]!, Math.abs(x[i]! * step[a]!));
  }
  const largest = Math.max(...most);
  return names.filter((_, a) => most[a]! >= largest / 2);
}

/** Share of the largest move that is taken for the rounding of none. */
const NO_MOVE = 1e-6;

/**
 * Whether a step of intercepts and coefficients moves every line with events up and every line with others down, some
 * of them: along it the likelihood rises for ever. Near η = 4 cloglog's is so flat that nothing else tells.
 */
export function separatesOutcomes(
  { names, x, events, trials, group, groups }: BinomialData,
  step: Float64Array,
): boolean {
  const size = names.length;
  const moves = events.map((_, i) => {
    let move = step[group[i]!]!;
    for (let a = 0; a < size; a++) move += x[i * size + a]! * step[groups + a]!;
    return move;
  });
  const none = NO_MOVE * moves.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
  return (
    none > 0 && moves.every((one, i) => (events[i] === 0 || one >= -none) && (events[i] === trials[i] || one <= none))
  );
}
