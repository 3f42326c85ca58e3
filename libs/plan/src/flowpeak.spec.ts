import { DAY } from '@milepost/contracts';
import { describe, expect, it } from '@jest/globals';
import { samplePlan } from './testing/sample-plan.js';
import { reasonText } from './text/reason-text.js';

const plan = samplePlan();

const reasons = plan.signals.flatMap(({ name, reasons }) => reasons.map((reason) => ({ signal: name, ...reason })));
const reason = (code: string) => reasons.find((one) => one.code === code)!;
const CORE = [
  'data.imported',
  'integration.connected',
  'teammate.invited',
  'workflow.created',
  'workflow.run',
  'workspace.configured',
];

describe('Flowpeak, the sample company', () => {
  it('knows its events, their core actions and what they must carry', () => {
    const required = Object.values(plan.events).map(({ type, properties }) => [
      type,
      Object.keys(properties).filter((name) => properties[name]!.required),
    ]);
    expect(Object.fromEntries(required)).toEqual({
      'account.created': [],
      'workspace.configured': [],
      'data.imported': ['rows'],
      'integration.connected': ['integration'],
      'teammate.invited': [],
      'workflow.created': ['workflowId'],
      'workflow.run': ['workflowId'],
      'report.viewed': [],
      'guide.completed': ['guideId'],
      'plan.limit_reached': ['limit'],
      'subscription.started': ['amountMinor', 'currency'],
      'subscription.renewed': ['amountMinor', 'currency'],
      'subscription.expanded': ['amountMinor', 'currency'],
      'subscription.contracted': ['amountMinor', 'currency'],
      'subscription.cancelled': ['amountMinor', 'currency'],
      'feedback.recorded': ['kind'],
    });
    const core = Object.values(plan.events).filter(({ coreAction }) => coreAction);
    expect(core.map(({ type }) => type).sort()).toEqual(CORE);
    expect(plan.events['account.created']!.requiredContext).toEqual(['companySize', 'planTier']);
    expect(plan.deduplicationWindow).toBe(30 * DAY);
  });

  it('expects its milestones in time', () => {
    expect(
      plan.milestones.map(({ name, expectedWithin: { default: usual, bySegment } }) => [
        name,
        usual / DAY,
        bySegment['enterprise']! / DAY,
      ]),
    ).toEqual([
      ['setup-complete', 3, 10],
      ['first-value', 7, 21],
      ['team-adoption', 21, 45],
      ['integration-depth', 30, 60],
      ['habit', 45, 75],
    ]);
  });

  it('has its reasons', () => {
    expect(reasons.map(({ signal, code, severity }) => `${signal} ${code} ${severity}`)).toEqual([
      'at-risk stalled:setup-complete high',
      'at-risk stalled:first-value high',
      'at-risk quiet medium',
      'at-risk failing high',
      'expansion-ready depth medium',
      'expansion-ready limit medium',
    ]);
    expect(plan.signals.map(({ cooldown }) => cooldown)).toEqual([3 * DAY, 3 * DAY]);
    expect(reason('quiet').condition).toEqual({
      kind: 'quiet',
      select: { types: CORE, outcome: 'succeeded' },
      after: 'first-value',
      window: { default: 10 * DAY, bySegment: { enterprise: 15 * DAY } },
    });
    expect(reason('failing').condition).toEqual({
      kind: 'failure-share',
      select: { types: CORE, outcome: null },
      atLeast: 5,
      within: 7 * DAY,
      over: 0.5,
      recoverLast: 5,
      recoverShare: 0.25,
    });
  });

  it('says them in plain words', () => {
    expect(reasonText(reason('stalled:first-value'), 7 * DAY)).toBe(
      'No workflow has run successfully in the 7 days since signup.',
    );
  });
});
