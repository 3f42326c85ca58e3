import type { Micros } from '@milepost/contracts';
import { startOf } from '../account-start.js';
import type { ModelSchedule } from '../models/model-schedule.js';
import type { View } from './conditions/condition.js';
import type { SignalRules } from './signal-rules.js';
import type { SignalsState } from './signals-state.js';

/** The account as it was at an instant of the past, of what is known of it now. */
export function viewAt(state: SignalsState, rules: SignalRules, now: Micros, models?: ModelSchedule): View {
  const seen = state.history.countUntil(now);
  const size = state.history.companySizeOf(seen);
  return {
    now,
    start: startOf(state.start),
    segment: rules.segmentOf(size ?? state.base.companySize),
    reachedAt: (milestone) => state.milestones.get(milestone),
    history: state.history,
    seen,
    from: seen,
    cooldownEnds: false,
    models,
  };
}
