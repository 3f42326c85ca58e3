import { StatisticsError } from '../statistics-error.js';
import { treatedRows } from './treated-rows.js';

/**
 * Folds 0 to `folds` - 1 by row, drawn by shuffling each arm and dealing it out: sizes differ by one at most in each.
 *
 * @param random uniform on [0, 1): a seeded generator, so that the answer can be had again
 * @throws StatisticsError `invalid-input`; `not-enough-data` if an arm has fewer rows than folds
 */
export function stratifiedFolds(treated: ArrayLike<number>, folds: number, random: () => number): Uint32Array {
  if (!(Number.isInteger(folds) && folds >= 2)) {
    throw new StatisticsError('invalid-input', `folds is ${folds}: give a whole number of 2 or more.`);
  }
  const rows = treatedRows(treated);
  const fold = new Uint32Array(rows.treated.length);
  for (const arm of [0, 1] as const) {
    const members = Array.from(rows.treated.keys()).filter((i) => rows.treated[i] === arm);
    if (members.length < folds) {
      throw new StatisticsError('not-enough-data', `treated is ${arm} in ${members.length} rows for ${folds} folds: give fewer folds or more rows.`); // prettier-ignore
    }
    for (let last = members.length - 1; last > 0; last--) {
      const other = Math.floor(random() * (last + 1));
      [members[last], members[other]] = [members[other]!, members[last]!];
    }
    members.forEach((row, place) => (fold[row] = place % folds));
  }
  return fold;
}
