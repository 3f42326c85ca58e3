import type { Micros, OnboardingEvent } from '@milepost/contracts';
import type { Plan } from '@milepost/plan';
import type { Decision } from '@milepost/stream';
import { MilestonesDecider } from '../milestones/milestones.decider.js';
import { milestonesStateCodec } from '../milestones/milestones-state.js';
import { NO_MODELS } from '../models/model-schedule.js';
import type { ModelSchedule } from '../models/model-schedule.js';
import { SignalsDecider } from '../signals/signals.decider.js';
import { signalsStateCodec } from '../signals/signals-state.js';

/** The deciders that run live, and the states they begin with. */
export class LiveDeciders {
  readonly milestones: MilestonesDecider;
  readonly signals: SignalsDecider;
  readonly initialMilestones;
  readonly initialSignals;

  constructor(plan: Plan) {
    this.milestones = new MilestonesDecider(plan);
    this.signals = new SignalsDecider(plan);
    this.initialMilestones = milestonesStateCodec(plan).initial;
    this.initialSignals = signalsStateCodec(plan).initial;
  }
}

/** One account's history, event by event, through the live deciders, as if each event had arrived when it happened. */
export class AccountFold {
  readonly state;
  private readonly journey;
  private offset = 0;

  constructor(
    private readonly deciders: LiveDeciders,
    private readonly account: string,
    private readonly models: ModelSchedule = NO_MODELS,
  ) {
    this.journey = deciders.initialMilestones();
    this.state = deciders.initialSignals();
  }

  /** Events in event-time order, equal times by source, then id. */
  take(event: OnboardingEvent): Decision[] {
    const { milestones, signals } = this.deciders;
    // A microsecond early, so that events of one instant are judged together.
    const receivedAt = event.occurredAt - 1;
    const context = { partition: 0, offset: this.offset++, receivedAt, streamTime: receivedAt };
    const decisions: Decision[] = [];
    for (const output of milestones.decide(this.journey, { event, encoded: null }, context).outputs) {
      if (output.kind !== 'emit') continue;
      const { changes } = output.body as { changes: { milestone: string; at: Micros; previous: Micros | null }[] };
      const fact = { event, receivedAt, sourceOffset: context.offset, changes };
      decisions.push(signals.decide(this.state, this.account, fact, context, this.models));
    }
    return decisions;
  }

  /** Stream time comes to `until` without another event. */
  end(until: Micros): Decision {
    const context = { partition: 0, offset: this.offset, receivedAt: until, streamTime: until };
    return this.deciders.signals.decideDue(this.state, this.account, { ...context, previousStreamTime: until }, this.models); // prettier-ignore
  }
}
