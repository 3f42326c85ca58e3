import { StatisticsError } from '../statistics-error.js';
import { columnNames, finiteColumn } from './checked-column.js';

export interface StandardisedColumns {
  /** Row by row: x[i * p + a]. */
  readonly x: Float64Array;
  readonly mean: Float64Array;
  readonly scale: Float64Array;
}

/**
 * The chosen rows of the columns, centred at the weighted mean and divided by the weighted deviation: sums over risk
 * sets then lose no digits to a covariate that is far from 0, and one tolerance fits all.
 *
 * @throws StatisticsError `invalid-input` naming column and row; `collinear` for a column of one value
 */
export function standardisedColumns(
  columns: Readonly<Record<string, ArrayLike<number>>>,
  givenRows: number,
  chosen: Uint32Array,
  weight: Float64Array,
): StandardisedColumns {
  const names = columnNames(columns);
  const size = names.length;
  const x = new Float64Array(chosen.length * size);
  const mean = new Float64Array(size);
  const scale = new Float64Array(size);
  const total = weight.reduce((sum, one) => sum + one, 0);
  const share = weight.map((one) => one / total);
  const column = new Float64Array(givenRows);
  names.forEach((name, a) => {
    finiteColumn(`covariates.${name}`, columns[name]!, givenRows, column);
    const centre = weightedSum(column, chosen, share);
    mean[a] = centre;
    scale[a] = Math.sqrt(weightedSquares(column, chosen, centre, share));
    if (!(scale[a]! > Math.abs(centre) * 1e-12 && scale[a]! < Infinity)) {
      throw new StatisticsError('collinear', `${name} is the same in all rows (${column[chosen[0]!]}): leave it out.`);
    }
    for (let i = 0; i < chosen.length; i++) x[i * size + a] = (column[chosen[i]!]! - centre) / scale[a]!;
  });
  return { x, mean, scale };
}

// Functions of their own, for a compiler leaves loops within a callback that is seldom called as they are.

function weightedSum(column: Float64Array, chosen: Uint32Array, weight: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < chosen.length; i++) sum += weight[i]! * column[chosen[i]!]!;
  return sum;
}

function weightedSquares(column: Float64Array, chosen: Uint32Array, centre: number, weight: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < chosen.length; i++) sum += weight[i]! * (column[chosen[i]!]! - centre) ** 2;
  return sum;
}

/** A fit's estimates on the scale of the standardised covariates. @throws StatisticsError unless names are the same */
export function standardisedEstimates(
  fit: { readonly coefficients: readonly { readonly name: string; readonly estimate: number }[] },
  { names, scale }: { readonly names: readonly string[]; readonly scale: Float64Array },
): Float64Array {
  return Float64Array.from(names, (name, a) => {
    const estimate = fit.coefficients.find((one) => one.name === name)?.estimate;
    if (estimate !== undefined && fit.coefficients.length === names.length) return estimate * scale[a]!;
    throw new StatisticsError('invalid-input', `The fit is not of these covariates: ${names.join(', ')}.`);
  });
}
