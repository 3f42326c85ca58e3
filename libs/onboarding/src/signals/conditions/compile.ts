import type { Plan, SignalCondition } from '@milepost/plan';
import { all, any, reached } from './combined.js';
import type { Condition } from './condition.js';
import { count } from './count.js';
import { eventUntilEvent } from './event-until-event.js';
import { failureShare } from './failure-share.js';
import { quiet } from './quiet.js';
import { stalled } from './stalled.js';

/** A new kind in the plan does not compile until it has its condition here. */
export function compileCondition(condition: SignalCondition, plan: Plan): Condition {
  switch (condition.kind) {
    case 'stalled':
      return stalled(condition.milestone, plan);
    case 'quiet':
      return quiet(condition);
    case 'failure-share':
      return failureShare(condition);
    case 'count':
      return count(condition);
    case 'event-until-event':
      return eventUntilEvent(condition);
    case 'reached':
      return reached(condition.milestone);
    case 'all':
      return all(condition.parts.map((part) => compileCondition(part, plan)));
    case 'any':
      return any(condition.parts.map((part) => compileCondition(part, plan)));
  }
}
