import { StatisticsError } from '../statistics-error.js';

/** Beyond it squares overflow, and sums of them; no unit of anything in a company is so small. */
export const LARGEST = 1e100;

/** Whether a value can be counted with: 0, or a number whose squares neither vanish nor overflow. */
export const isCountable = (value: number): boolean => value === 0 || (value >= 1 / LARGEST && value <= LARGEST);

/** @throws StatisticsError unless every name is a text, and not an empty one */
export function checkNames(where: string, names: readonly string[]): void {
  const wrong = names.findIndex((one) => typeof one !== 'string' || one === '');
  if (wrong < 0) return;
  throw new StatisticsError('invalid-input', `${where}[${wrong}] is ${String(names[wrong])}: give a text as a name.`);
}

/** A copy as a typed array. -0 becomes 0, so that equal times have equal bits. */
export function finiteColumn(name: string, values: ArrayLike<number>, rows: number): Float64Array {
  checkLength(name, values.length, rows);
  const column = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) {
      throw new StatisticsError(
        'invalid-input',
        `${name}[${i}] is ${value}: give a finite number, or leave the row out.`,
      );
    }
    if (Math.abs(value) > LARGEST) {
      throw new StatisticsError('invalid-input', `${name}[${i}] is ${value}: give it in a larger unit.`);
    }
    column[i] = value + 0;
  }
  return column;
}

/** 0 and 1 only: anything else is more likely a wrong column than a wrong row. */
export function indicatorColumn(name: string, values: ArrayLike<number>, rows: number): Uint8Array {
  return codeColumn(name, values, rows, 1, '0 or 1');
}

/** Whole numbers from 0 to `largest`. */
export function codeColumn(
  name: string,
  values: ArrayLike<number>,
  rows: number,
  largest: number,
  wanted = `a whole number from 0 to ${largest}`,
): Uint8Array {
  checkLength(name, values.length, rows);
  const column = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) {
    const value = values[i]!;
    // A null is no 0: what is unknown must not count as not having happened.
    if (!(typeof value === 'number' && value >= 0 && value <= largest && Number.isInteger(value))) {
      throw new StatisticsError('invalid-input', `${name}[${i}] is ${String(value)}: give ${wanted}.`);
    }
    column[i] = value;
  }
  return column;
}

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

export function checkLength(name: string, length: number, rows: number): void {
  if (length === rows) return;
  throw new StatisticsError('invalid-input', `${name} has ${length} values for ${rows} rows: give one for each row.`);
}

/** @throws StatisticsError unless 0 < `level` < 1, by more than what rounding loses of 1 - `level`. */
export function checkConfidence(level: number): number {
  if (level >= 1e-12 && level <= 1 - 1e-12) return level;
  throw new StatisticsError('invalid-input', `confidence is ${level}: give a share between 0 and 1, such as 0.95.`);
}
