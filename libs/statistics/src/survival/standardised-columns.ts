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
  names.forEach((name, a) => {
    const column = finiteColumn(`covariates.${name}`, columns[name]!, givenRows);
    let [centre, spread] = [0, 0];
    chosen.forEach((row, i) => (centre += (weight[i]! / total) * column[row]!));
    chosen.forEach((row, i) => (spread += (weight[i]! / total) * (column[row]! - centre) ** 2));
    mean[a] = centre;
    scale[a] = Math.sqrt(spread);
    if (!(scale[a]! > Math.abs(centre) * 1e-12 && scale[a]! < Infinity)) {
      throw new StatisticsError('collinear', `${name} is the same in all rows (${column[chosen[0]!]}): leave it out.`);
    }
    for (let i = 0; i < chosen.length; i++) x[i * size + a] = (column[chosen[i]!]! - centre) / scale[a]!;
  });
  return { x, mean, scale };
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
