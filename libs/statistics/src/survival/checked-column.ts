import { StatisticsError } from '../statistics-error.js';

/** Beyond it squares overflow, and sums of them; no unit of anything in a company is so small. */
export const LARGEST = 1e100;

/** Whether a value can be counted with: 0, or a number whose squares neither vanish nor overflow. */
export const isCountable = (value: number): boolean => value === 0 || (value >= 1 / LARGEST && value <= LARGEST);

/** @throws StatisticsError unless every name is a text, and not an empty one */
export function checkNames(where: string, names: readonly string[]): void {
  lengthOf(where, names);
  const wrong = names.findIndex((one) => typeof one !== 'string' || one === '');
  if (wrong < 0) return;
  throw new StatisticsError('invalid-input', `${where}[${wrong}] is ${String(names[wrong])}: give a text as a name.`);
}

/** A copy as a typed array, a new one unless one is given. -0 becomes 0, so that equal times have equal bits. */
export function finiteColumn(
  name: string,
  values: ArrayLike<number>,
  rows: number,
  column = new Float64Array(rows),
): Float64Array {
  checkLength(name, values, rows);
  for (let i = 0; i < rows; i++) {
    const value = values[i]!;
    if (typeof value !== 'number' || !(Math.abs(value) <= LARGEST)) throw uncountable(name, i, value);
    column[i] = value + 0;
  }
  return column;
}

function uncountable(name: string, row: number, value: number): StatisticsError {
  const wanted = Number.isFinite(value) ? 'give it in a larger unit' : 'give a finite number, or leave the row out';
  return new StatisticsError('invalid-input', `${name}[${row}] is ${value}: ${wanted}.`);
}

/** 0 and 1 only: anything else is more likely a wrong column than a wrong row. */
export function indicatorColumn(name: string, values: ArrayLike<number>, rows: number): Uint8Array {
  checkLength(name, values, rows);
  const column = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) {
    const value = values[i]!;
    // Of no other finite number is the square the number itself. A null is no 0: what is unknown must not count as not
    // having happened. To compare with each of the two would be a branch that a processor guesses wrong every other time.
    if (!(value * value === value && value < Infinity)) throw notOf(name, i, value, '0 or 1');
    column[i] = value;
  }
  return column;
}

/** Whole numbers from 0 to `largest`. */
export function codeColumn(
  name: string,
  values: ArrayLike<number>,
  rows: number,
  largest: number,
  wanted = `a whole number from 0 to ${largest}`,
): Uint8Array {
  checkLength(name, values, rows);
  const column = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) {
    const value = values[i]!;
    // A null is no 0 here either.
    if (!(Number.isInteger(value) && value >= 0 && value <= largest)) throw notOf(name, i, value, wanted);
    column[i] = value;
  }
  return column;
}

const notOf = (name: string, row: number, value: number, wanted: string): StatisticsError =>
  new StatisticsError('invalid-input', `${name}[${row}] is ${String(value)}: give ${wanted}.`);

/** Finite, not negative, and not (as good as) zero throughout. */
export function weightColumn(weights: ArrayLike<number>, rows: number, name = 'weights'): Float64Array {
  const column = finiteColumn(name, weights, rows);
  let total = 0;
  for (let i = 0; i < rows; i++) {
    if (column[i]! < 0) {
      throw new StatisticsError('invalid-input', `${name}[${i}] is ${column[i]}: give a number of 0 or more.`);
    }
    total += column[i]!;
  }
  if (total > 1 / LARGEST) return column;
  if (total > 0) {
    throw new StatisticsError('invalid-input', `${name} add up to only ${total}: give them in a smaller unit.`);
  }
  throw new StatisticsError('not-enough-data', `All ${name} are 0: nothing is left to estimate from.`);
}

/** The chosen rows of a column, in their order. */
export function picked(column: ArrayLike<number>, rows: ArrayLike<number>): Float64Array {
  const chosen = new Float64Array(rows.length);
  for (let k = 0; k < rows.length; k++) chosen[k] = column[rows[k]!]!;
  return chosen;
}

/** Those that stand for anything. */
export function weighedRows(weight: Float64Array): Uint32Array {
  const rows = new Uint32Array(weight.length);
  let weighed = 0;
  for (let i = 0; i < weight.length; i++) if (weight[i]! > 0) rows[weighed++] = i;
  return rows.slice(0, weighed);
}

export function checkLength(name: string, column: ArrayLike<unknown>, rows: number): void {
  const length = lengthOf(name, column);
  if (length === rows) return;
  throw new StatisticsError('invalid-input', `${name} has ${length} values for ${rows} rows: give one for each row.`);
}

/** Types hold no one who took a column from a record by a name that it does not have. @throws StatisticsError without one */
export function lengthOf(name: string, column: ArrayLike<unknown>): number {
  const given: unknown = column;
  if (typeof given === 'object' && given !== null && 'length' in given && Number.isInteger(given.length)) {
    return column.length;
  }
  throw new StatisticsError(
    'invalid-input',
    `${name} is ${typeNamed(given)}: give an array, with a value for each row.`,
  );
}

/** @throws StatisticsError unless there are covariates, if only an object without any */
export function columnNames(covariates: Readonly<Record<string, ArrayLike<number>>>): string[] {
  const given: unknown = covariates;
  if (typeof given === 'object' && given !== null) return Object.keys(covariates);
  throw new StatisticsError('invalid-input', `covariates is ${typeNamed(given)}: give an object with a column by name, such as { size: [3, 40] }.`); // prettier-ignore
}

const typeNamed = (given: unknown): string => (given === null ? 'null' : typeof given);

/** @throws StatisticsError unless 0 < `level` < 1, by more than what rounding loses of 1 - `level`. */
export function checkConfidence(level: number): number {
  if (level >= 1e-12 && level <= 1 - 1e-12) return level;
  throw new StatisticsError('invalid-input', `confidence is ${level}: give a share between 0 and 1, such as 0.95.`);
}
