import { formatTime } from '@milepost/contracts';
import type { Plan } from '@milepost/plan';
import type { Evidence, Micros, Severity, Trigger, TriggerReason } from '@milepost/contracts';
import type { EventRef } from '../account-start.js';
import type { ModelSchedule } from '../models/model-schedule.js';
import { hash53 } from '../milestones/identity.js';
import type { Announcement } from './announcement.js';
import type { Explanation } from './conditions/condition.js';
import type { ReasonRule, SignalRules } from './signal-rules.js';
import type { SignalsState } from './signals-state.js';
import type { Timeline } from './timeline.js';
import { viewAt } from './view-at.js';

/** A trigger before it is sent: whether it is live is known only then. */
export interface TriggerBody {
  trigger: Omit<Trigger, 'live'>;
  at: Micros;
  past: boolean;
}

const EVIDENCE_PER_REASON = 10;

interface Concerned {
  rule: ReasonRule;
  since: Micros;
}

/** Writes announcements out in full: reasons in plain words, evidence, milestones, segment, versions. */
export class TriggerWriter {
  constructor(private readonly rules: SignalRules) {}

  /** A reason that the plan no longer has is taken off without a word in `ended`: not even its name is known here. */
  write(account: string, announcement: Announcement, state: SignalsState, timeline: Timeline): TriggerBody {
    const { signal, ordinal, revision } = announcement;
    const inPlan = ({ reason }: { reason: string }): boolean => this.rules.ruleOf(signal, reason) !== undefined;
    const reasons = announcement.reasons.filter(inPlan);
    const ended = announcement.ended.filter(inPlan);
    const name = `${account} ${signal} ${ordinal}`;
    const trigger = hex(hash53(name, 1)) + hex(hash53(name, 2));
    const concerned = [...reasons, ...ended].map(({ reason, since }) => ({
      rule: this.rules.ruleOf(signal, reason)!,
      since,
    }));
    const { models } = timeline;
    const scored = this.scored(concerned, state, models);
    const decisive = reasons.length > 0 ? concerned.slice(0, reasons.length) : concerned;
    return {
      at: state.now,
      past: announcement.past,
      trigger: {
        id: `${trigger}.${revision}`,
        trigger,
        signal,
        account,
        status: announcement.status,
        at: formatTime(state.now),
        reasons: reasons.map(({ reason, since }) => this.reason(signal, reason, since, state, models)),
        ended: ended.map((one) => ({
          code: one.reason,
          since: formatTime(one.since),
          at: formatTime(one.at),
          cause: one.cause,
        })),
        resolution: announcement.resolution,
        severity: severityOf(decisive.map(({ rule }) => rule)),
        probability: scored?.probability ?? null,
        evidence: this.evidence(concerned, state, models),
        milestones: milestonesOf(state, this.rules.plan),
        segment: this.rules.segmentOf(timeline.companySize),
        planVersion: this.rules.plan.version,
        modelVersion: scored?.modelVersion ?? null,
        dataQuality: 'good',
        playbook: null,
      },
    };
  }

  private reason(
    signal: string,
    code: string,
    since: Micros,
    state: SignalsState,
    models: ModelSchedule | undefined,
  ): TriggerReason {
    const { condition, text } = this.rules.ruleOf(signal, code)!;
    const view = viewAt(state, this.rules, since, models);
    const explained = condition.explain?.(view);
    if (explained) return { code, since: formatTime(since), text: explained.text, parts: explained.parts };
    return { code, since: formatTime(since), text: text(condition.window(view)) };
  }

  /** The score of the first reason that is one. */
  private scored(concerned: Concerned[], state: SignalsState, models?: ModelSchedule): Explanation | null {
    const one = concerned.find(({ rule }) => rule.condition.explain);
    return one?.rule.condition.explain?.(viewAt(state, this.rules, one.since, models)) ?? null;
  }

  private evidence(concerned: Concerned[], state: SignalsState, models?: ModelSchedule): Evidence[] {
    const found = new Map<string, EventRef>();
    for (const { rule, since } of concerned) {
      const refs = rule.condition.evidence(viewAt(state, this.rules, since, models)).slice(-EVIDENCE_PER_REASON);
      for (const ref of refs) found.set(`${ref.source} ${ref.id}`, ref);
    }
    return Array.from(found.values(), ({ source, id, type, at }) => ({ source, id, type, time: formatTime(at) }));
  }
}

/** Those of the plan in force: an account may have reached some that an older plan had. */
function milestonesOf(state: SignalsState, plan: Plan): Record<string, string> {
  const reached: Record<string, string> = {};
  for (const { name } of plan.milestones) {
    const at = state.milestones.get(name);
    if (at !== undefined) reached[name] = formatTime(at);
  }
  return reached;
}

const severityOf = (rules: ReasonRule[]): Severity =>
  rules.some(({ definition }) => definition.severity === 'high') ? 'high' : 'medium';

const hex = (hash: number): string => hash.toString(16).padStart(14, '0');
