import { parseTime } from '@milepost/contracts';
import type { Micros, OnboardingEvent } from '@milepost/contracts';
import type { Plan } from '@milepost/plan';
import type { Decision } from '@milepost/stream';
import { MilestonesDecider } from '../milestones/milestones.decider.js';
import { milestonesStateCodec } from '../milestones/milestones-state.js';
import { SignalsDecider } from '../signals/signals.decider.js';
import { signalsStateCodec } from '../signals/signals-state.js';
import type { TriggerBody } from '../signals/trigger-writer.js';

/** A trigger as it would have been opened. */
export interface Alarm {
  signal: string;
  /** When it opened, in event time. */
  since: Micros;
  /** When its last reason ended; null: open at the end of the replay. */
  until: Micros | null;
  /** The account's segment when it opened. */
  segment: string;
}

/** The deciders that run live, over one account's history, as if each event had arrived when it happened. */
export class AccountReplay {
  private readonly milestones: MilestonesDecider;
  private readonly signals: SignalsDecider;

  constructor(private readonly plan: Plan) {
    this.milestones = new MilestonesDecider(plan);
    this.signals = new SignalsDecider(plan);
  }

  /** `events` in event-time order, equal times by source, then id. Alarms in the order in which they opened. */
  run(account: string, events: readonly OnboardingEvent[], until: Micros): Alarm[] {
    const journey = milestonesStateCodec(this.plan).initial();
    const state = signalsStateCodec(this.plan).initial();
    const alarms = new AlarmFold();
    for (const [offset, event] of events.entries()) {
      // A microsecond early, so that events of one instant are judged together.
      const receivedAt = event.occurredAt - 1;
      const context = { partition: 0, offset, receivedAt, streamTime: receivedAt };
      const { outputs } = this.milestones.decide(journey, { event, encoded: null }, context);
      for (const output of outputs) {
        if (output.kind !== 'emit') continue;
        const { changes } = output.body as { changes: { milestone: string; at: Micros; previous: Micros | null }[] };
        const fact = { event, receivedAt, sourceOffset: offset, changes };
        alarms.take(this.signals.decide(state, account, fact, context));
      }
    }
    const end = { partition: 0, offset: events.length, receivedAt: until, streamTime: until };
    alarms.take(this.signals.decideDue(state, account, { ...end, previousStreamTime: until }));
    return alarms.all;
  }
}

/** Triggers out of the records that say what becomes of them. */
class AlarmFold {
  private readonly byTrigger = new Map<string, Alarm>();

  get all(): Alarm[] {
    return [...this.byTrigger.values()];
  }

  take({ outputs }: Decision): void {
    for (const output of outputs) if (output.kind === 'emit') this.record((output.body as TriggerBody).trigger);
  }

  private record({ trigger, signal, segment, status, reasons, ended }: TriggerBody['trigger']): void {
    const starts = [...reasons, ...ended].map(({ since }) => parseTime(since)!);
    let alarm = this.byTrigger.get(trigger);
    if (!alarm) this.byTrigger.set(trigger, (alarm = { signal, since: Math.min(...starts), until: null, segment }));
    if (status === 'resolved') alarm.until = Math.max(...ended.map(({ at }) => parseTime(at)!));
  }
}
