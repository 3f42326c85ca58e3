import { parseTime } from '@milepost/contracts';
import type { Micros, OnboardingEvent } from '@milepost/contracts';
import type { Plan } from '@milepost/plan';
import type { Decision } from '@milepost/stream';
import { NO_MODELS } from '../models/model-schedule.js';
import type { ModelSchedule } from '../models/model-schedule.js';
import type { TriggerBody } from '../signals/trigger-writer.js';
import { AccountFold, LiveDeciders } from './account-fold.js';

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
  private readonly deciders: LiveDeciders;

  constructor(
    plan: Plan,
    private readonly models: ModelSchedule = NO_MODELS,
  ) {
    this.deciders = new LiveDeciders(plan);
  }

  /** `events` in event-time order, equal times by source, then id. Alarms in the order in which they opened. */
  run(account: string, events: readonly OnboardingEvent[], until: Micros): Alarm[] {
    const fold = new AccountFold(this.deciders, account, this.models);
    const alarms = new AlarmFold();
    for (const event of events) for (const decision of fold.take(event)) alarms.take(decision);
    alarms.take(fold.end(until));
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
