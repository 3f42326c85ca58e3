import { StatisticsError } from '../statistics-error.js';

/** A log-likelihood and Newton's step from a point. */
export interface Ascent {
  readonly logLikelihood: number;
  readonly step: Float64Array;
  /** gradient · step: twice what the step promises to gain. */
  readonly decrement: number;
}

export interface NewtonTask<T extends Ascent> {
  readonly start: Float64Array;
  /** Null where the information cannot be inverted. */
  readonly evaluate: (point: Float64Array) => T | null;
  /** How far a step moves the linear predictor of the row that it moves most. */
  readonly movement: (step: Float64Array) => number;
  /** Whether a direction moves all rows with the event up and all others down: proof that there is no maximum. */
  readonly separates?: (direction: Float64Array) => boolean;
  /** Names of what a step moves, for the message. */
  readonly moved: (step: Float64Array) => readonly string[];
  /** Weight of an average event, so that the scale of weights does not decide when to stop. */
  readonly unit: number;
}

export interface NewtonMaximum<T extends Ascent> {
  readonly point: Float64Array;
  readonly begin: T;
  readonly end: T;
  readonly iterations: number;
}

interface Better<T extends Ascent> {
  readonly point: Float64Array;
  readonly ascent: T;
  /** How far the next step may move a row. */
  readonly reach: number;
}

const MOST_STEPS = 100;
const MOST_HALVINGS = 40;
/** Steps that promise less than this leave the estimate within 1e-5 of its standard error; one more follows. */
const SMALL_GAIN = 1e-10;
/**
 * Towards an estimate at infinity each step moves the linear predictor by about 1 however little it gains; towards a
 * finite one the last steps move it by less than a thousandth.
 */
const LARGE_MOVE = 0.1;
/**
 * A longer first step may gain and still end where likelihoods are so flat that the next one is rounding. Where steps
 * gain about what they promise the reach doubles, for one extreme row would hold all others back.
 */
const FIRST_REACH = 4;
const KEPT_PROMISE = 0.5;

/**
 * Newton–Raphson with step halving on a concave log-likelihood.
 *
 * @throws StatisticsError `separation` where it has no maximum at finite values, `no-convergence` after 100 steps
 */
export function newtonMaximum<T extends Ascent>(task: NewtonTask<T>): NewtonMaximum<T> {
  let point = task.start;
  const begin = task.evaluate(point);
  if (begin === null) throw new StatisticsError('no-convergence', 'The information at the start cannot be inverted.');
  let here: T = begin;
  let reach = FIRST_REACH;
  for (let iterations = 1; iterations <= MOST_STEPS; iterations++) {
    const isLast = here.decrement < SMALL_GAIN * task.unit;
    if (isLast && (task.movement(here.step) > LARGE_MOVE || task.separates?.(here.step))) {
      throw separation(task.moved(here.step));
    }
    if (iterations === MOST_STEPS && task.separates?.(point)) throw separation(task.moved(point));
    const next: Better<T> | null = better(task, point, here, reach);
    // No step gains anything that the digits can hold: this is the maximum, unless it was a singular one.
    if (next === null && isLast) return { point, begin, end: here, iterations };
    if (next === null) throw separation(task.moved(here.step));
    ({ point, ascent: here, reach } = next);
    if (isLast && task.separates?.(here.step)) throw separation(task.moved(here.step));
    if (isLast) return { point, begin, end: here, iterations };
  }
  throw new StatisticsError(
    'no-convergence',
    `No maximum after ${MOST_STEPS} steps: look for covariates with a few extreme values, or with hardly any events.`,
  );
}

function better<T extends Ascent>(task: NewtonTask<T>, from: Float64Array, here: T, reach: number): Better<T> | null {
  const rounding = 1e-11 * Math.abs(here.logLikelihood);
  const movement = task.movement(here.step);
  const whole = Math.min(1, reach / movement);
  for (let halvings = 0, share = whole; halvings < MOST_HALVINGS; halvings++, share /= 2) {
    const point = from.map((one, a) => one + share * here.step[a]!);
    const ascent = task.evaluate(point);
    if (ascent === null) continue;
    const gain = ascent.logLikelihood - here.logLikelihood;
    if (gain < -rounding) continue;
    const isKept = share === whole && gain > KEPT_PROMISE * share * (1 - share / 2) * here.decrement;
    return { point, ascent, reach: isKept ? 2 * reach : Math.max(FIRST_REACH, share * movement) };
  }
  return null;
}

function separation(names: readonly string[]): StatisticsError {
  return new StatisticsError(
    'separation',
    `The estimate for ${names.join(', ')} lies at infinity: rows with the event can be told from the others by it alone. Merge its levels, leave it out, or wait for more events.`,
  );
}
