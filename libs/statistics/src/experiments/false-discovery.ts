import { StatisticsError } from '../statistics-error.js';
import { finiteColumn, lengthOf } from '../survival/checked-column.js';

/**
 * `benjamini-hochberg` (1995) for tests that are independent or lean the same way, as segments of one comparison do;
 * `benjamini-yekutieli` (2001) for any dependence, at the price of Σ 1/i.
 */
export type DiscoveryMethod = 'benjamini-hochberg' | 'benjamini-yekutieli';

export interface DiscoveryOptions {
  /** Expected share of false ones among those called findings. Default 0.05. */
  readonly rate?: number;
  /** Default `benjamini-hochberg`. */
  readonly method?: DiscoveryMethod;
}

export interface Discoveries {
  /** In the order given: least rate at which the test is a finding. As R's `p.adjust`. */
  readonly adjusted: Float64Array;
  readonly isFinding: readonly boolean[];
  readonly findings: number;
  readonly tests: number;
}

/**
 * Control of the false discovery rate over many tests (Benjamini & Hochberg 1995; Benjamini & Yekutieli 2001): of what
 * is called a finding, at most a share `rate` is expected to be none. All tests that were made must be given, those
 * without effect too; no tests have no findings.
 *
 * @param p two-sided p by test; always-valid ones if the looks were not fixed beforehand
 * @throws StatisticsError `invalid-input`
 */
export function falseDiscovery(p: ArrayLike<number>, options: DiscoveryOptions = {}): Discoveries {
  const { rate = 0.05, method = 'benjamini-hochberg' } = options;
  if (!(rate > 0 && rate < 1))
    throw new StatisticsError('invalid-input', `rate is ${rate}: give a share between 0 and 1.`);
  if (method !== 'benjamini-hochberg' && method !== 'benjamini-yekutieli') {
    throw new StatisticsError('invalid-input', `method is ${String(method)}: give benjamini-hochberg or benjamini-yekutieli.`); // prettier-ignore
  }
  const tests = lengthOf('p', p);
  const column = finiteColumn('p', p, tests);
  const wrong = column.findIndex((one) => one < 0 || one > 1);
  if (wrong >= 0) throw new StatisticsError('invalid-input', `p[${wrong}] is ${column[wrong]}: give probabilities.`);
  let price = 1;
  if (method === 'benjamini-yekutieli') for (let i = 2; i <= tests; i++) price += 1 / i;
  const falling = Array.from(column.keys()).sort((a, b) => column[b]! - column[a]!);
  const adjusted = new Float64Array(tests);
  let least = 1;
  falling.forEach((test, k) => {
    least = Math.min(least, (column[test]! * price * tests) / (tests - k));
    adjusted[test] = least;
  });
  const isFinding = Array.from(adjusted, (one) => one <= rate);
  return { adjusted, isFinding, findings: isFinding.filter(Boolean).length, tests };
}
