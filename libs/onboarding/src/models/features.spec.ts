import { describe, expect, it } from '@jest/globals';
import { DAY } from '@milepost/contracts';
import type { ModelBody, Outcome } from '@milepost/contracts';
import { ActionHistory } from '../signals/action-history.js';
import { SharedKinds } from '../signals/shared-kinds.js';
import type { View } from '../signals/conditions/condition.js';
import { FEATURE_NAMES, FEATURES_VERSION, FeatureRules } from './features.js';
import { score, unusable } from './score.js';
import { isScoringInstant, nextScoringInstant } from './scoring-instants.js';
import { ModelSchedule } from './model-schedule.js';
import { madePlan } from './testing/made-plan.js';

const core = 'run';
const milestone = 'habit';
const action = (day: number, outcome: Outcome = 'succeeded', type = core) => ({ at: day * DAY, source: 's', id: `${day}`, type, outcome, companySize: null }); // prettier-ignore

function view(now: number, history: ReturnType<typeof action>[], reached: Record<string, number> = {}): View {
  const seen = history.filter(({ at }) => at <= now * DAY).length;
  return {
    now: now * DAY,
    start: { at: 0, source: 's', id: 'start', type: 'account.created' },
    segment: 'all',
    reachedAt: (name) => reached[name],
    history: ActionHistory.of(history, new SharedKinds()),
    seen,
    from: seen,
    cooldownEnds: false,
  };
}

describe('1. Features', () => {
  const rules = new FeatureRules(madePlan);

  it('1.1 of an account that did nothing', () => {
    expect(rules.featuresOf(view(7, []))).toEqual({
      tenure: 1,
      milestones: 0,
      actions7: 0,
      actions28: 0,
      failures28: 0,
      idle: 7,
      asks28: 0,
    });
  });

  it('1.2 count backwards from the instant, half open, and cap what grows without end', () => {
    const history = [action(2), action(72), action(90, 'failed'), action(93), action(94), action(100)];
    const found = rules.featuresOf(view(100, history));
    expect(found.actions7).toBe(Math.log2(3));
    expect(found.actions28).toBe(Math.log2(4));
    expect(found.failures28).toBe(0.25);
    expect(found.idle).toBe(0);
    expect(rules.featuresOf(view(400, history)).idle).toBe(60);
    expect(rules.featuresOf(view(4000, history)).tenure).toBe(Math.log2(105));
  });

  it('1.3 know nothing of what comes later: neither actions nor milestones', () => {
    const past = [action(3), action(10)];
    const now = rules.featuresOf(view(14, past, { [milestone]: 10 * DAY }));
    const later = rules.featuresOf(view(14, [...past, action(15), action(16, 'failed')], { [milestone]: 10 * DAY }));
    expect(later).toEqual(now);
    expect(now.milestones).toBe(1);
    expect(rules.featuresOf(view(14, past, { [milestone]: 14 * DAY + 1 })).milestones).toBe(0);
  });

  it('1.4 events that open an event-until-event ask for more', () => {
    expect(rules.featuresOf(view(30, [action(1, 'succeeded', 'limit'), action(9, 'succeeded', 'limit')])).asks28).toBe(
      1,
    );
  });

  it('1.5 an event of no core action is neither an action nor a failure', () => {
    expect(rules.featuresOf(view(7, [action(5, 'failed', 'view')]))).toEqual(rules.featuresOf(view(7, [])));
  });
});

describe('2. A score', () => {
  const inputs = FEATURE_NAMES.map((name) => ({ name, coefficient: name === 'idle' ? 0.1 : 0, mean: 2, edges: [], shares: [1] })); // prettier-ignore
  const segments = [{ segment: 'a', offset: 1, rows: 1, events: 0, base: 0.5 }];
  const model = { featuresVersion: FEATURES_VERSION, intercept: -1, inputs, segments } as unknown as ModelBody;
  const features = Object.fromEntries(FEATURE_NAMES.map((name) => [name, 2]));

  it('2.1 of the average account is the intercept, and its parts add up to the log odds', () => {
    expect(score(model, features, 'other').probability).toBeCloseTo(1 / (1 + Math.E), 12);
    const { probability, parts } = score(model, { ...features, idle: 22 }, 'a');
    const sum = parts.reduce((total, { adds }) => total + adds, model.intercept);
    expect(Math.log(probability / (1 - probability))).toBeCloseTo(sum, 12);
    expect(parts[0]).toEqual({ input: 'idle', value: 22, adds: 2 });
    expect(parts[1]).toEqual({ input: 'segment', value: 1, adds: 1 });
  });

  it('2.2 is never certain', () => {
    expect(score({ ...model, intercept: 900 }, features, 'a').probability).toBe(1 - 1e-6);
    expect(score({ ...model, intercept: -900 }, features, 'a').probability).toBe(1e-6);
  });

  it('2.3 is refused of a model with other features than this build has', () => {
    expect(unusable(model, FEATURE_NAMES)).toBeNull();
    expect(unusable({ ...model, featuresVersion: 99 }, FEATURE_NAMES)).toMatch(/version 99 of the features/);
    expect(unusable({ ...model, inputs: [{ ...inputs[0]!, name: 'moon' }] }, FEATURE_NAMES)).toMatch(/input moon/);
  });
});

describe('3. Instants and schedules', () => {
  it('3.1 accounts are scored a week after their start, and each week after that', () => {
    expect(nextScoringInstant(DAY, -1)).toBe(8 * DAY);
    expect(nextScoringInstant(DAY, 8 * DAY)).toBe(15 * DAY);
    expect(nextScoringInstant(DAY, 8 * DAY - 1)).toBe(8 * DAY);
    expect([DAY, 8 * DAY, 9 * DAY].map((at) => isScoringInstant(DAY, at))).toEqual([false, true, false]);
  });

  it('3.2 the latest change at or before an instant counts, of two at one instant the later in the log', () => {
    const [a, b] = [{ version: 'a' }, { version: 'b' }] as never[];
    const schedule = new ModelSchedule([
      { kind: 'churn', from: 50, model: null },
      { kind: 'churn', from: 10, model: a! },
      { kind: 'churn', from: 20, model: a! },
      { kind: 'churn', from: 20, model: b! },
    ]);
    expect([9, 10, 20, 49, 50].map((at) => schedule.modelAt('churn', at))).toEqual([null, a, b, b, null]);
    expect(schedule.modelAt('expansion', 20)).toBeNull();
    expect([0, 15, 50].map((at) => schedule.inForceFrom('churn', at))).toEqual([10, 15, null]);
  });
});
