import { describe, expect, it } from '@jest/globals';
import { DAY } from '@milepost/contracts';
import type { OnboardingEvent } from '@milepost/contracts';
import { samplePlan } from '@milepost/plan/testing';
import type { AccountHistory } from '../account-history.js';
import { eventOf } from '../milestones/testing/events.js';
import { historySamples } from './history-samples.js';

const question = { plan: samplePlan(), foretells: 'subscription.cancelled', horizonDays: 28 };

const event = (type: string, day: number): OnboardingEvent =>
  eventOf({ id: `${type}${day}`, type, occurredAt: day * DAY });
async function* told(...all: AccountHistory[]): AsyncGenerator<AccountHistory> {
  for (const one of all) yield Promise.resolve(one);
}
const days = async (...all: AccountHistory[]) =>
  (await historySamples(question, told(...all))).map(({ account, at, outcome }) => [account, at / DAY, outcome]);

describe('1. Samples of histories', () => {
  const events = [event('account.created', 100), event('workflow.run', 101)];

  it('1.1 end where the account’s own partition was observed to, and outcomes with a horizon before', async () => {
    const [near, far] = [128, 170].map((day) => ({ account: `to ${day}`, events, observedTo: day * DAY }));
    expect(await days(near!, far!)).toEqual([
      ['to 128', 107, null],
      ['to 170', 107, false],
      ['to 170', 135, false],
      ['to 170', 163, null],
    ]);
  });

  it('1.2 know an outcome on the last day that was observed, and none after the account’s end', async () => {
    const ended = [...events, event('subscription.cancelled', 135)];
    expect(await days({ account: 'a', events: ended, observedTo: 135 * DAY })).toEqual([['a', 107, true]]);
    expect(await days({ account: 'a', events: ended, observedTo: 300 * DAY })).toEqual([['a', 107, true]]);
    expect(await days({ account: 'a', events: ended, observedTo: 134 * DAY })).toEqual([['a', 107, null]]);
  });
});
