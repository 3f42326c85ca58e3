import type { EncodedFact, MilestoneChange, Micros, OnboardingEvent } from '@milepost/contracts';
import type { Plan } from '@milepost/plan';
import type { Decision, DecisionContext, Output } from '@milepost/stream';
import type { ErasureMarker, MarkerBody } from '../markers.js';
import { contentOf, identityOf } from './identity.js';
import { MilestoneRules } from './milestone-rules.js';
import type { MilestonesState } from './milestones-state.js';

/** An event, and its record's Avro where it was that. */
export type ReceivedEvent = Pick<EncodedFact, 'event' | 'encoded'>;

/** A control record where its marker stands. `home`: this partition is the account's own. */
export interface ReceivedControl extends ErasureMarker {
  home: boolean;
}

export type MilestonesInput = ReceivedEvent | ReceivedControl;

const UNCHANGED: MilestoneChange[] = [];
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

  decide(state: MilestonesState, input: MilestonesInput, context: DecisionContext): Decision {
    return 'control' in input ? this.obey(input, context) : this.accept(state, input, context);
  }

  /**
   * The marker goes on into the journey, where it follows everything that was accepted of the account, and from every
   * partition to the rejects: a record may be rejected wherever it was sent.
   */
  private obey({ control, sequence, home }: ReceivedControl, { partition }: DecisionContext): Decision {
    const body: MarkerBody = { control, sequence, partition };
    switch (control.kind) {
      case 'erase': {
        const toJourney: Output[] = home ? [{ kind: 'emit', sink: 'markers', body }] : [];
        return {
          outputs: [...toJourney, { kind: 'emit', sink: 'rejected-markers', body }, { kind: 'forget' }],
          due: null,
        };
      }
    }
  }

  private accept(state: MilestonesState, { event, encoded }: ReceivedEvent, context: DecisionContext): Decision {
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
    const body: EncodedFact = {
      event,
      encoded,
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

  /** The clock starts at the earliest creation, or the earliest event while there is none. True when it moved. */
  private moveStart(state: MilestonesState, { type, occurredAt }: OnboardingEvent): boolean {
    const before = state.created ?? state.earliest;
    if (state.earliest === null || occurredAt < state.earliest) state.earliest = occurredAt;
    const creates = type === this.plan.lifecycle.start;
    if (creates && (state.created === null || occurredAt < state.created)) state.created = occurredAt;
    return (state.created ?? state.earliest) !== before;
  }

  private changes(state: MilestonesState, event: OnboardingEvent): MilestoneChange[] {
    const moved = this.moveStart(state, event);
    const marked = this.rules.add(state.marks, event);
    if (!moved && !marked) return UNCHANGED;
    return this.rules.change(state.reached, state.marks, (state.created ?? state.earliest)!);
  }
}
