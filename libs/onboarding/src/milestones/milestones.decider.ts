import type { Fact, MilestoneChange, Micros, OnboardingEvent } from '@milepost/contracts';
import type { Plan } from '@milepost/plan';
import type { Decision, DecisionContext } from '@milepost/stream';
import { moveStart, startOf } from '../account-start.js';
import { contentOf, identityOf } from './identity.js';
import { MilestoneRules } from './milestone-rules.js';
import type { MilestonesState } from './milestones-state.js';

const DUPLICATE: Decision = { outputs: [{ kind: 'drop', reason: 'duplicate' }], due: null };
const CONFLICT: Decision = {
  outputs: [
    {
      kind: 'reject',
      violations: [
        {
          code: 'Conflicting-Duplicate',
          field: '/id',
          message: 'An event with this (source, id) and other content was accepted before; want a new id.',
        },
      ],
    },
  ],
  due: null,
};

/**
 * Removes duplicates and folds the account's milestones. Every accepted event becomes one fact of the journey, with
 * the milestones that it changed. Total: any valid event in any order has an answer.
 */
export class MilestonesDecider {
  private readonly rules: MilestoneRules;

  constructor(private readonly plan: Plan) {
    this.rules = new MilestoneRules(plan);
  }

  decide(state: MilestonesState, event: OnboardingEvent, context: DecisionContext): Decision {
    this.forget(state, context.receivedAt);
    const identity = identityOf(event);
    const content = contentOf(event);
    const verdict = state.seen.judge(identity, content);
    if (verdict === 'conflict') return CONFLICT;
    if (verdict === 'duplicate') {
      state.duplicates++;
      return DUPLICATE;
    }
    state.seen.add(identity, content, context.receivedAt);
    state.accepted++;
    const body: Fact = {
      event,
      receivedAt: context.receivedAt,
      sourceOffset: context.offset,
      changes: this.changes(state, event),
    };
    return { outputs: [{ kind: 'emit', sink: 'journey', body }], due: null };
  }

  private forget(state: MilestonesState, receivedAt: Micros): void {
    if (receivedAt > state.latestReceipt) state.latestReceipt = receivedAt;
    state.seen.forgetBefore(state.latestReceipt - this.plan.deduplicationWindow);
  }

  private changes(state: MilestonesState, event: OnboardingEvent): MilestoneChange[] {
    const moved = moveStart(state.start, event, this.plan.lifecycle.start);
    const marked = this.rules.add(state.marks, event);
    if (!moved && !marked) return [];
    const before = state.reached;
    const after = this.rules.evaluate(state.marks, startOf(state.start)!.at);
    state.reached = after;
    const changes: MilestoneChange[] = [];
    for (const { name: milestone } of this.plan.milestones) {
      const at = after.get(milestone) ?? null;
      const previous = before.get(milestone) ?? null;
      if (at !== previous) changes.push({ milestone, at, previous });
    }
    return changes;
  }
}
