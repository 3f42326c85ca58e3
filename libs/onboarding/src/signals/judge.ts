import type { Cause, Micros } from '@milepost/contracts';
import type { EventRef } from '../account-start.js';
import type { ModelSchedule } from '../models/model-schedule.js';
import type { ActionHistory } from './action-history.js';
import type { View } from './conditions/condition.js';
import type { ReasonRule, SignalRules } from './signal-rules.js';
import { openEpisode, openInterval, silenceOf } from './timeline.js';
import type { Timeline } from './timeline.js';

/** What is known of an account, apart from how far it has been judged. */
export interface Known {
  start: EventRef | null;
  history: ActionHistory;
  milestones: ReadonlyMap<string, Micros>;
  models?: ModelSchedule;
}

export interface Judged {
  /** Whether an episode did. */
  changed: boolean;
  /** The first instant after `until` that will have to be judged; null: nothing is pending. */
  next: Micros | null;
}

/**
 * Judges every instant in `(judgedTo, until]`: instants of events, of milestones and of deadlines, in order, each once
 * with all its events and before any deadline that falls on it. What the timeline then says is a function of the set
 * of known events and of `until` alone.
 */
export const judge = (timeline: Timeline, known: Known, rules: SignalRules, until: Micros): Judged =>
  new Judge(timeline, known, rules).run(until);

class Judge {
  private readonly view: View;
  private readonly reasons: readonly ReasonRule[];
  private changed = false;

  constructor(
    private readonly timeline: Timeline,
    private readonly known: Known,
    private readonly rules: SignalRules,
  ) {
    this.reasons = known.models && !known.models.isEmpty ? rules.reasons : rules.planned;
    this.view = {
      now: timeline.judgedTo,
      start: known.start,
      segment: rules.segmentOf(timeline.companySize),
      reachedAt: (milestone) => known.milestones.get(milestone),
      history: known.history,
      seen: timeline.seen,
      from: timeline.seen,
      cooldownEnds: false,
      models: known.models,
    };
  }

  run(until: Micros): Judged {
    let next = this.next();
    for (; next !== null && next <= until; next = this.next()) this.judgeInstant(next);
    return { changed: this.changed, next };
  }

  private next(): Micros | null {
    const { timeline, known } = this;
    let at = known.history.timeAt(timeline.seen);
    if (timeline.ended) return Number.isFinite(at) ? at : null;
    for (const reached of known.milestones.values()) at = this.earlier(at, reached);
    for (const rule of this.reasons) at = this.earlier(at, this.deadline(rule));
    return Number.isFinite(at) ? at : null;
  }

  private earlier(at: Micros, candidate: Micros | null): Micros {
    return candidate !== null && candidate > this.timeline.judgedTo && candidate < at ? candidate : at;
  }

  private deadline(rule: ReasonRule): Micros | null {
    if (openInterval(this.timeline, rule.signal, rule.definition.code)) return rule.condition.endsAt(this.view);
    return silenceOf(this.timeline, rule.key) ?? rule.condition.opensAt(this.view);
  }

  private judgeInstant(at: Micros): void {
    const { timeline, view, known } = this;
    view.now = at;
    view.from = timeline.seen;
    let ends = false;
    for (; known.history.timeAt(timeline.seen) === at; timeline.seen++) {
      timeline.companySize = known.history.companySizeAt(timeline.seen) ?? timeline.companySize;
      if (known.history.kindAt(timeline.seen).type === this.rules.plan.lifecycle.end) ends = true;
    }
    view.seen = timeline.seen;
    view.segment = this.rules.segmentOf(timeline.companySize);
    timeline.judgedTo = at;
    if (timeline.ended) return;
    if (ends) return this.endSignals(at);
    // Ends before openings, so that a span in which one reason follows another at one instant is one episode.
    const opening = this.reasons.filter((rule) => this.judgeReason(rule, at));
    for (const rule of opening) this.open(rule, at);
    this.closeEpisodes(at);
  }

  /** Ends the reason when it is over; true when it is closed and opens now. */
  private judgeReason(rule: ReasonRule, at: Micros): boolean {
    const { timeline, view } = this;
    const open = openInterval(timeline, rule.signal, rule.definition.code);
    if (open) {
      const cause = rule.condition.ends(view);
      if (cause !== null) this.end(rule, open, at, cause);
      return false;
    }
    const until = silenceOf(timeline, rule.key);
    if (until !== undefined && at < until) return false;
    view.cooldownEnds = until === at;
    if (until !== undefined) timeline.silentUntil = timeline.silentUntil.filter(({ key }) => key !== rule.key);
    return rule.condition.opens(view);
  }

  private end(
    rule: ReasonRule,
    interval: { until: Micros | null; cause: Cause | null },
    at: Micros,
    cause: Cause,
  ): void {
    interval.until = at;
    interval.cause = cause;
    this.timeline.silentUntil = [...this.timeline.silentUntil, { key: rule.key, until: at + rule.cooldown }];
    this.changed = true;
  }

  private open(rule: ReasonRule, at: Micros): void {
    const { timeline } = this;
    let episode = openEpisode(timeline, rule.signal);
    if (!episode) {
      episode = { signal: rule.signal, since: at, until: null, intervals: [] };
      timeline.episodes.push(episode);
    }
    episode.intervals.push({ reason: rule.definition.code, since: at, until: null, cause: null });
    this.changed = true;
  }

  private closeEpisodes(at: Micros): void {
    for (const episode of this.timeline.episodes) {
      if (episode.until === null && episode.intervals.every(({ until }) => until !== null)) episode.until = at;
    }
  }

  private endSignals(at: Micros): void {
    for (const episode of this.timeline.episodes) {
      if (episode.until !== null) continue;
      episode.until = at;
      this.changed = true;
      for (const interval of episode.intervals) {
        if (interval.until === null) Object.assign(interval, { until: at, cause: 'cancelled' });
      }
    }
    this.timeline.ended = true;
    this.timeline.silentUntil = [];
  }
}
