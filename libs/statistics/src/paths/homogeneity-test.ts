import { StatisticsError } from '../statistics-error.js';
import { independenceTest, type LikelihoodRatioTest } from './likelihood-ratio.js';
import { checkTransitions, type TransitionCounts } from './transition-counts.js';

/**
 * Whether several groups (segments, or periods of time) share one matrix of transitions: likelihood ratio of a matrix
 * each against one for all (Anderson & Goodman 1957). In each state, independence of group and next state.
 *
 * @param tables of one list of states in one order (`transitionCounts` with `states` given)
 * @throws StatisticsError `not-enough-data` below two tables; `invalid-input`
 */
export function homogeneityTest(tables: readonly TransitionCounts[]): LikelihoodRatioTest {
  const [first] = tables;
  if (!first || tables.length < 2)
    throw new StatisticsError('not-enough-data', `tables has ${tables.length}: give at least 2 to compare.`);
  tables.forEach((table, g) => {
    checkTransitions(table);
    if (table.states.join('\n') === first.states.join('\n')) return;
    throw new StatisticsError('invalid-input', `tables[${g}] has other states than tables[0]: give the same \`states\` to each.`); // prettier-ignore
  });
  return independenceTest(first.states.map((_, i) => tables.map(({ counts }) => counts[i]!)));
}
