import { DAY } from '@milepost/contracts';
import type { Plan, SignalCondition } from '@milepost/plan';
import type { View } from '../signals/conditions/condition.js';

/** A change of what a feature means is a new version: a model is fitted and scored with the same one, or not at all. */
export const FEATURES_VERSION = 1;

/** What a model may know of an account at an instant. Counts are as log2(1 + n), for the tenth run says less than the first. */
export const FEATURES = {
  tenure: 'weeks since the start, log2(1 + n), up to 104',
  milestones: 'milestones of the plan reached',
  actions7: 'succeeded core actions in the last 7 days, log2(1 + n)',
  actions28: 'succeeded core actions in the last 28 days, log2(1 + n)',
  failures28: 'share of the core actions of the last 28 days that failed or were abandoned; 0 without any',
  idle: 'days since the last succeeded core action, or since the start without one, up to 60',
  asks28: 'events of the last 28 days that ask for more, as reasons of kind event-until-event have them, log2(1 + n)',
} as const;
export type FeatureName = keyof typeof FEATURES;
export type Features = Record<FeatureName, number>;
export const FEATURE_NAMES = Object.keys(FEATURES) as FeatureName[];

const WEEK = 7 * DAY;
const LONGEST_TENURE = 104;
const LONGEST_IDLE = 60;

/** Which events a plan's features look at. */
export class FeatureRules {
  private readonly core: ReadonlySet<string>;
  private readonly asking: ReadonlySet<string>;
  private readonly milestones: readonly string[];

  constructor(plan: Plan) {
    const conditions = plan.signals.flatMap(({ reasons }) => reasons.map(({ condition }) => condition));
    this.core = new Set(Object.values(plan.events).flatMap(({ type, coreAction }) => (coreAction ? [type] : [])));
    this.asking = new Set(conditions.flatMap(askingTypes));
    this.milestones = plan.milestones.map(({ name }) => name);
  }

  /**
   * The features of an account at the view's instant: of what lies at or before it, and nothing else. The one function
   * for scoring in stream, for fitting and for watching, so that none of them can differ.
   */
  featuresOf(view: View): Features {
    const { now, history, start } = view;
    const begin = start?.at ?? now;
    const counts = { week: 0, month: 0, failed: 0, asked: 0 };
    let lastSuccess: number | null = null;
    for (let i = view.seen - 1; i >= 0; i--) {
      const at = history.timeAt(i);
      const { type, outcome } = history.kindAt(i);
      const isRecent = at > now - 4 * WEEK;
      if (!isRecent && (lastSuccess !== null || at <= now - LONGEST_IDLE * DAY)) break;
      if (isRecent && this.asking.has(type)) counts.asked++;
      if (!this.core.has(type)) continue;
      if (outcome === 'succeeded') lastSuccess ??= at;
      if (!isRecent) continue;
      if (outcome !== 'succeeded') counts.failed++;
      else counts.month++;
      if (outcome === 'succeeded' && at > now - WEEK) counts.week++;
    }
    const actions = counts.month + counts.failed;
    return {
      tenure: Math.log2(1 + Math.min(LONGEST_TENURE, Math.max(0, now - begin) / WEEK)),
      milestones: this.milestones.filter((name) => (view.reachedAt(name) ?? Infinity) <= now).length,
      actions7: Math.log2(1 + counts.week),
      actions28: Math.log2(1 + counts.month),
      failures28: actions > 0 ? counts.failed / actions : 0,
      idle: Math.min(LONGEST_IDLE, Math.max(0, now - (lastSuccess ?? begin)) / DAY),
      asks28: Math.log2(1 + counts.asked),
    };
  }
}

function askingTypes(condition: SignalCondition): string[] {
  if (condition.kind === 'event-until-event') return condition.select.types;
  return condition.kind === 'all' || condition.kind === 'any' ? condition.parts.flatMap(askingTypes) : [];
}
