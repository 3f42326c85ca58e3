import { describe, expect, it } from '@jest/globals';
import { assignmentMartingale } from './assignment-martingale.js';

/** Each count of events and others by arm that so many accounts can give, with its probability. */
function outcomes(accounts: number, assigned: number, shares: readonly [number, number]) {
  const cells = [(1 - assigned) * shares[0], (1 - assigned) * (1 - shares[0]), assigned * shares[1], assigned * (1 - shares[1])]; // prettier-ignore
  let lists = [{ counts: [0, 0, 0, 0], probability: 1 }];
  for (let account = 0; account < accounts; account++) {
    lists = lists.flatMap(({ counts, probability }) =>
      cells.map((cell, k) => ({
        counts: counts.map((one, l) => one + Number(k === l)),
        probability: probability * cell,
      })),
    );
  }
  return lists;
}

describe('Evidence by an assignment that is known', () => {
  it.each([
    [0.5, [0.3, 0.3], 0.3],
    [0.9, [0.1, 0.25], 0.4],
    [0.2, [0.9, 0.6], 0.05],
  ] as const)(
    'is 1 on average at the true difference: assigned %d, shares %j, expected %d',
    (assigned, shares, share) => {
      for (const direction of ['above', 'below'] as const) {
        const mean = (difference: number) =>
          outcomes(5, assigned, shares).reduce((sum, { counts, probability }) => {
            const [events, others, ownEvents, ownOthers] = counts as [number, number, number, number];
            const control = { events, accounts: events + others };
            const treatment = { events: ownEvents, accounts: ownEvents + ownOthers };
            const log = assignmentMartingale(control, treatment, { assigned, share, accounts: 20 }, 0.025);
            return sum + probability * Math.exp(log(difference, direction));
          }, 0);
        const truth = shares[1] - shares[0];
        expect(mean(truth)).toBeCloseTo(1, 10);
        // And grows where the difference is another, in the direction of the bet.
        expect(mean(truth + (direction === 'above' ? -0.2 : 0.2))).toBeGreaterThan(1.01);
      }
    },
  );
});
