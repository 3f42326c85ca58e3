import type { Model } from '@milepost/contracts';
import { FEATURE_NAMES, FEATURES_VERSION } from '@milepost/onboarding';
import type { Plan } from '@milepost/plan';

/** Scores by days of silence: 10 days are even odds. */
export const silenceModel = (plan: Plan, over: Partial<Model> = {}): Model => ({
  format: 1,
  version: 'a'.repeat(64),
  kind: 'churn',
  featuresVersion: FEATURES_VERSION,
  planVersion: plan.version,
  foretells: 'subscription.cancelled',
  horizonDays: 28,
  intercept: 0,
  inputs: FEATURE_NAMES.map((name) => ({ name, coefficient: name === 'idle' ? 0.3 : 0, mean: name === 'idle' ? 10 : 0, edges: [], shares: [1] })), // prettier-ignore
  segments: [{ segment: 'enterprise', offset: -0.5, rows: 10, events: 1, base: 0.1 }],
  prior: { coefficient: 1, segment: 0.5 },
  threshold: 0.4,
  endsBelow: 0.1,
  training: { from: '2026-01-01T00:00:00Z', until: '2026-02-01T00:00:00Z', rows: 10, accounts: 5, events: 2 },
  judged: {
    from: '2026-02-01T00:00:00Z',
    until: '2026-03-01T00:00:00Z',
    rows: 10,
    accounts: 5,
    events: 2,
    brier: 0.1,
    baseBrier: 0.2,
    skill: 0.5,
    gain: { estimate: 0.1, standardError: 0.01 },
    calibration: { intercept: { estimate: 0, lower: -1, upper: 1 }, slope: null, observedOverExpected: 1 },
    concordance: { estimate: 0.8, standardError: 0.1 },
    atThreshold: { alarms: 1, hits: 1 },
  },
  ...over,
});
