import * as statistics from '../index.js';
import type { PublicCall } from './public-calls.js';
import type { DrawnColumns } from './row-methods.js';
import { seededRandom } from './seeded-random.js';

/** Steps of accounts: group by group until they left or did not. */
const pathsOf = ({ group, outcome, count }: DrawnColumns): statistics.Path[] =>
  group.map((one, i) => ({ states: ['start', one, ...(group[i + 1] ? [group[i + 1]!] : []), outcome[i] === 1 ? 'paid' : 'gone'], count: count[i]! })); // prettier-ignore
const touchesOf = ({ group, outcome, time }: DrawnColumns): statistics.TouchPath[] =>
  group.map((one, i) => ({ channels: [one, group[(i * 7) % group.length]!], conversions: outcome[i]!, losses: 1 - outcome[i]!, ages: [time[i]! + 1, time[i]!] })); // prettier-ignore
const matrixOf = (columns: DrawnColumns) =>
  statistics.transitionMatrix(statistics.transitionCounts(pathsOf(columns)), { prior: 0.5 });
const weekdays = (values: readonly unknown[]) => values.map((_, i) => i % 7);

const paths: readonly PublicCall[] = [
  { name: 'homogeneityTest', args: (columns) => [[statistics.transitionCounts(pathsOf(columns)), statistics.transitionCounts(pathsOf(columns))]] }, // prettier-ignore
  {
    name: 'nextSteps',
    args: (columns) => [statistics.transitionCounts(pathsOf(columns)), 'start', 'paid', { prior: 0.5, draws: 50, confidence: 0.9 }], // prettier-ignore
    run: (_, table: statistics.TransitionCounts, from: string, target: string, options: object) =>
      statistics.nextSteps(table, from, target, { ...options, random: seededRandom(1) }),
  },
  { name: 'orderTest', args: (columns) => [pathsOf(columns).slice(0, 4)] },
  {
    name: 'reachProbability',
    args: () => ['paid'],
    run: (columns, target: string) => Object.fromEntries(statistics.reachProbability(matrixOf(columns), target)),
  },
  {
    name: 'reachWithin',
    args: () => ['paid', 3],
    run: (columns, target: string, steps: number) =>
      Object.fromEntries(statistics.reachWithin(matrixOf(columns), target, steps)),
  },
  { name: 'transitionCounts', args: (columns) => [pathsOf(columns).slice(0, 4), { states: ['a', 'b'] }] },
  { name: 'transitionMatrix', args: (columns) => [statistics.transitionCounts(pathsOf(columns)), { prior: 0.5, least: 5 }] }, // prettier-ignore
];

const attribution: readonly PublicCall[] = [
  { name: 'removalEffects', args: (columns) => [touchesOf(columns).slice(0, 4)] },
  {
    name: 'removalIntervals',
    args: (columns) => [touchesOf(columns).slice(0, 4), { draws: 50, confidence: 0.9 }],
    run: (_, touches: statistics.TouchPath[], options: object) =>
      statistics.removalIntervals(touches, { ...options, random: seededRandom(1) }),
  },
  { name: 'touchAttribution', args: (columns) => [touchesOf(columns).slice(0, 4), { kind: 'decay', halfLife: 5 }] },
  { name: 'touchAttribution', args: (columns) => [touchesOf(columns).slice(0, 4), { kind: 'position', first: 0.4, last: 0.4 }] }, // prettier-ignore
];

const monitoring: readonly PublicCall[] = [
  {
    name: 'alertStep',
    args: () => [
      { isOpen: false, clearedOn: 3 },
      { day: 9, level: 4 },
      { raise: 3, clear: 2, cooldownDays: 5 },
    ],
  },
  { name: 'countRange', args: ({ time }) => [{ counts: time, exposures: time.map(() => 100), weekdays: weekdays(time) }, { exposure: 100, weekday: 2, count: 4 }, { confidence: 0.9 }] }, // prettier-ignore
  { name: 'cusumChart', args: ({ amount }) => [amount, { target: 100, sigma: 20, reference: 0.5, threshold: 4 }] },
  { name: 'cusumRunLength', args: () => [{ reference: 0.5, threshold: 4 }, 1] },
  { name: 'cusumStep', args: () => [{ upper: 1, lower: 0 }, 1.2, 0.5] },
  { name: 'cusumThreshold', args: () => [370, { reference: 0.5 }] },
  { name: 'ewmaChart', args: ({ amount }) => [amount, { target: 100, sigma: 20, lambda: 0.3, width: 3 }] },
  { name: 'ewmaLimits', args: () => [{ target: 100, sigma: 20, lambda: 0.3, width: 3 }, 5] },
  { name: 'ewmaRunLength', args: () => [{ lambda: 0.3, width: 3 }, 1] },
  { name: 'ewmaWidth', args: () => [370, { lambda: 0.3 }] },
  { name: 'proportionRange', args: ({ outcome }) => [{ events: outcome, trials: outcome.map(() => 10), weekdays: weekdays(outcome) }, { trials: 10, weekday: 2, events: 4 }, { confidence: 0.9 }] }, // prettier-ignore
  { name: 'siegmundRunLength', args: () => [{ reference: 0.5, threshold: 4 }, 1] },
];

/** Public functions of paths, touches and days, not of accounts. */
export const HISTORY_CALLS: readonly PublicCall[] = [paths, attribution, monitoring].flat();
