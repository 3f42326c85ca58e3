import type { EffectsAnswer } from '@milepost/contracts/http';
import { armMoments, hasNoAnswer, meanComparison, proportionComparison } from '@milepost/statistics';
import type { EffectPattern } from './adjusted-effects.js';

type Naive = EffectsAnswer['data']['naive'];

/** The arms as they are. Their difference holds everything in which they differ. */
export function naiveDifference(rows: readonly EffectPattern[], isBinary: boolean): Naive {
  const arms = [0, 1].map((exposed) => rows.filter((row) => row.exposed === exposed));
  const [others, exposed] = arms.map(meanOf) as [number, number];
  const means = { exposed, others };
  try {
    const { difference } = isBinary
      ? proportionComparison(countsOf(arms[0]!), countsOf(arms[1]!), { interval: 'newcombe' })
      : meanComparison(momentsOf(arms[0]!), momentsOf(arms[1]!));
    const { estimate, lower, upper, p } = difference;
    return { means, difference: { estimate, lower, upper, p } };
  } catch (error) {
    if (!hasNoAnswer(error)) throw error;
    return { means, difference: { estimate: exposed - others, lower: null, upper: null, p: null } };
  }
}

const accountsOf = (rows: readonly EffectPattern[]): number => rows.reduce((sum, row) => sum + row.accounts, 0);
const meanOf = (rows: readonly EffectPattern[]): number =>
  rows.reduce((sum, row) => sum + row.outcome * row.accounts, 0) / accountsOf(rows);
const countsOf = (rows: readonly EffectPattern[]) => ({
  events: accountsOf(rows.filter(({ outcome }) => outcome === 1)),
  accounts: accountsOf(rows),
});
const momentsOf = (rows: readonly EffectPattern[]) =>
  armMoments(rows.map(({ outcome }) => outcome), rows.map((row) => row.accounts)); // prettier-ignore
