type Columns = Record<string, number[]>;

/** What is left of a column's variance, as a share of it, below which others make it up. */
const LEAST_LEFT = 1e-9;

/**
 * Columns without those that earlier ones and a constant make up, such as a plan tier that follows from the segment: they
 * would add nothing to a model, and it could not tell them apart. By weighted Gram–Schmidt.
 */
export function independentColumns(columns: Columns, weights: readonly number[]): { kept: Columns; implied: string[] } {
  const product = (a: readonly number[], b: readonly number[]): number =>
    weights.reduce((sum, weight, i) => sum + weight * a[i]! * b[i]!, 0);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const basis: number[][] = [];
  const kept: Columns = {};
  const implied: string[] = [];
  for (const [name, column] of Object.entries(columns)) {
    const mean = weights.reduce((sum, weight, i) => sum + weight * column[i]!, 0) / whole;
    let left = column.map((value) => value - mean);
    const own = product(left, left);
    for (const direction of basis) {
      const along = product(left, direction);
      left = left.map((value, i) => value - along * direction[i]!);
    }
    const norm = product(left, left);
    if (!(norm > LEAST_LEFT * own)) {
      implied.push(name);
      continue;
    }
    kept[name] = column;
    basis.push(left.map((value) => value / Math.sqrt(norm)));
  }
  return { kept, implied };
}
