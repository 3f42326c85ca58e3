import { describe, expect, it } from '@jest/globals';
import { nearestPath } from './nearest-path.js';

const KNOWN = [
  '/health/live',
  '/metrics',
  '/v1/milestones',
  '/v1/milestones/{milestone}',
  '/v1/milestones/{milestone}/survival',
  '/v1/forecasts/accounts',
  '/v1/forecasts/cohorts',
];

describe('The nearest known path', () => {
  it.each([
    ['/v1/milestone', '/v1/milestones'],
    ['/milestones', '/v1/milestones'],
    ['/v1/milestons/habit', '/v1/milestones/{milestone}'],
    ['/v1/milestones/habit/survivals', '/v1/milestones/{milestone}/survival'],
    ['/v2/forecasts/cohort', '/v1/forecasts/cohorts'],
    ['/health/lve/', '/health/live'],
  ])('of %s is %s', (asked, meant) => expect(nearestPath(asked, KNOWN)).toBe(meant));

  it.each(['/', '/favicon.ico', '/v1', '/v1/revenue', '/v1/milestones/a/b/c', `/v1/${'m'.repeat(5_000)}`])(
    'of %.20s is none',
    (asked) => expect(nearestPath(asked, KNOWN)).toBeNull(),
  );

  it('is none where two are as near', () => expect(nearestPath('/v1/a', ['/v1/ab', '/v1/ac'])).toBeNull());
});
