import { HOUR } from '@milepost/contracts';
import type { Fact, Micros, OnboardingEvent } from '@milepost/contracts';
import type { Plan } from '@milepost/plan';
import type { Decision, DecisionContext, DueContext, Output } from '@milepost/stream';
import { moveStart, startOf } from '../account-start.js';
import { NO_MODELS } from '../models/model-schedule.js';
import type { ModelSchedule } from '../models/model-schedule.js';
import type { ErasureMarker } from '../markers.js';
import { announce, eraseOpen } from './announcement.js';
import type { Announced } from './announcement.js';
import { judge } from './judge.js';
import type { Known } from './judge.js';
import { SignalRules } from './signal-rules.js';
import type { SignalsState } from './signals-state.js';
import { copyTimeline } from './timeline.js';
import type { Episode, Timeline } from './timeline.js';
import { tombstonesOf } from './tombstones.js';
import { TriggerWriter } from './trigger-writer.js';
import type { TriggerBody } from './trigger-writer.js';

/**
 * An account remembers at most so many actions. When it has more, a step of the oldest is judged for good: an event
 * that arrives later than all of those are old can still reach milestones, but opens or withdraws nothing before them.
 */
const HISTORY_LIMIT = 4_096;
const HISTORY_STEP = 1_024;

/**
 * A record stamped so long before stream time is history that is being filled in, and so may be what came before stream
 * time leapt so far. What is absent from half a history says nothing, so the account is judged when no more of it has
 * come for a while of stream time.
 */
const HISTORY_AFTER = HOUR;

const MILLISECOND: Micros = 1_000;

export type SignalsInput = Fact | ErasureMarker;

const knownOf = (state: SignalsState, models: ModelSchedule): Known => ({
  start: startOf(state.start),
  history: state.history,
  milestones: state.milestones,
  models,
});

/**
 * Folds the journey of an account and says what is open. What is true is a function of the set of facts and of stream
 * time; what is sent is the difference to what was sent before.
 */
export class SignalsDecider {
  private readonly rules: SignalRules;
  private readonly triggers: TriggerWriter;

  constructor(plan: Plan) {
    this.rules = new SignalRules(plan);
    this.triggers = new TriggerWriter(this.rules);
  }

  decide(
    state: SignalsState,
    account: string,
    input: SignalsInput,
    context: DecisionContext,
    models: ModelSchedule = NO_MODELS,
  ): Decision {
    if ('control' in input) return this.obey(state, account, input, context, models);
    return this.take(state, account, input, context, models);
  }

  private obey(
    state: SignalsState,
    account: string,
    marker: ErasureMarker,
    { streamTime }: DecisionContext,
    models: ModelSchedule,
  ): Decision {
    switch (marker.control.kind) {
      // Whatever is open ends, then every signal forgets the account, also those that had nothing to say of it.
      case 'erase': {
        if (streamTime > state.now) state.now = streamTime;
        const timeline = (state.timeline ??= { ...copyTimeline(state.base), models });
        const tombstones = this.rules.plan.signals.map(({ name }): Output => ({
          kind: 'emit',
          sink: tombstonesOf(name),
          body: marker,
        }));
        return { outputs: [...this.eraseAll(state, account, timeline), ...tombstones, { kind: 'forget' }], due: null };
      }
    }
  }

  private take(
    state: SignalsState,
    account: string,
    fact: Fact,
    context: DecisionContext,
    models: ModelSchedule,
  ): Decision {
    const movesStart = moveStart(state.start, fact.event, this.rules.plan.lifecycle.start);
    const earliest = Math.min(this.takeMilestones(state, fact), this.takeAction(state, fact.event));
    const changesPast = movesStart || (state.timeline !== null && earliest <= state.timeline.judgedTo);
    if (changesPast) state.timeline = null;
    if (fact.receivedAt < context.streamTime - HISTORY_AFTER)
      state.heldUntil = context.streamTime + this.rules.plan.historyRest;
    // An event has been received, so stream time has come at least so far.
    return this.conclude(state, account, Math.max(context.streamTime, receivedBy(fact)), models);
  }

  decideDue(
    state: SignalsState,
    account: string,
    { streamTime, previousStreamTime }: DueContext,
    models: ModelSchedule = NO_MODELS,
  ): Decision {
    const isHeld = state.heldUntil > state.now;
    if (isHeld) return this.conclude(state, account, Math.min(streamTime, state.heldUntil), models);
    if (streamTime - previousStreamTime <= HISTORY_AFTER) return this.conclude(state, account, streamTime, models);
    state.heldUntil = streamTime + this.rules.plan.historyRest;
    return { outputs: [], due: state.heldUntil };
  }

  private conclude(state: SignalsState, account: string, streamTime: Micros, models: ModelSchedule): Decision {
    if (streamTime > state.now) state.now = streamTime;
    if (state.now < state.heldUntil) return { outputs: [], due: state.heldUntil };
    if (state.timeline?.models !== models) state.timeline = null;
    const refolds = state.timeline === null;
    // A timeline that is at hand was made under this plan; a base may have been stored under another.
    if (refolds && this.isOfAnotherPlan(state.base))
      state.base = { ...state.base, episodes: state.base.episodes.flatMap((episode) => this.inPlan(episode)) };
    const timeline = (state.timeline ??= { ...copyTimeline(state.base), models });
    const { changed, next } = judge(timeline, knownOf(state, models), this.rules, state.now);
    const outputs = changed || refolds ? this.announceAll(state, account, timeline) : [];
    if (state.history.length > HISTORY_LIMIT) this.forget(state, models);
    return { outputs, due: next };
  }

  /** Whether a reason is open that the plan no longer has. Nothing would ever end it. */
  private isOfAnotherPlan({ episodes }: Timeline): boolean {
    return episodes.some(
      ({ signal, until, intervals }) =>
        until === null && intervals.some((one) => one.until === null && !this.rules.ruleOf(signal, one.reason)),
    );
  }

  /** What is left of an episode under this plan; nothing of one that stood on reasons that are gone. */
  private inPlan(episode: Episode): Episode[] {
    const intervals = episode.intervals.filter(({ reason }) => this.rules.ruleOf(episode.signal, reason));
    if (intervals.length === 0) return [];
    const isOpen = intervals.some(({ until }) => until === null);
    return [{ ...episode, intervals, until: isOpen ? null : Math.max(...intervals.map(({ until }) => until!)) }];
  }

  /** The earliest instant that the fact's milestones change; Infinity when none. */
  private takeMilestones(state: SignalsState, fact: Fact): Micros {
    let earliest = Infinity;
    for (const { milestone, at, previous } of fact.changes) {
      if (at === null) state.milestones.delete(milestone);
      else state.milestones.set(milestone, at);
      earliest = Math.min(earliest, at ?? Infinity, previous ?? Infinity);
    }
    return earliest;
  }

  /** The instant of the event when signals remember it; Infinity otherwise. */
  private takeAction(state: SignalsState, event: OnboardingEvent): Micros {
    const companySize = event.context?.companySize ?? null;
    if (!this.rules.remembers(event.type) && companySize === null) return Infinity;
    if (event.occurredAt <= state.base.judgedTo) return Infinity;
    const { occurredAt: at, source, id, type, outcome } = event;
    state.history.insert({ at, source, id, type, outcome, companySize });
    return at;
  }

  private announceAll(state: SignalsState, account: string, timeline: Timeline): Output[] {
    const outputs: Output[] = [];
    for (const { name } of this.rules.plan.signals) {
      const announced = state.announced.filter(({ signal }) => signal === name);
      const truth = timeline.episodes.filter(({ signal }) => signal === name);
      if (announced.length === 0 && truth.length === 0) continue;
      const nextOrdinal = (): number => {
        let known = state.ordinals.find(({ signal }) => signal === name);
        if (!known) state.ordinals.push((known = { signal: name, count: 0 }));
        return ++known.count;
      };
      const before = announced.map((one) => ({ ...one }));
      const records = announce(announced, truth, state.now, nextOrdinal);
      if (records.length === 0) continue;
      outputs.push(...countOpen(name, before, announced));
      state.announced = [...state.announced.filter(({ signal }) => signal !== name), ...announced];
      for (const record of records) {
        outputs.push({ kind: 'emit', sink: name, body: this.triggers.write(account, record, state, timeline) });
      }
    }
    return outputs;
  }

  /** What readers were told is open ends now. */
  private eraseAll(state: SignalsState, account: string, timeline: Timeline): Output[] {
    const outputs: Output[] = [];
    for (const { name } of this.rules.plan.signals) {
      const announced = state.announced.filter(({ signal }) => signal === name);
      const before = announced.map((one) => ({ ...one }));
      for (const known of announced) {
        const record = eraseOpen(known, state.now);
        if (record) outputs.push({ kind: 'emit', sink: name, body: bare(this.triggers.write(account, record, state, timeline)) }); // prettier-ignore
      }
      outputs.push(...countOpen(name, before, announced));
    }
    return outputs;
  }

  /** Judges the oldest actions for good, and drops those that no window can reach any more. */
  private forget(state: SignalsState, models: ModelSchedule): void {
    const { history } = state;
    const base = (state.base = copyTimeline(state.base));
    const upTo = history.timeAt(base.seen + HISTORY_STEP) - 1;
    judge(base, knownOf(state, models), this.rules, Math.min(upTo, state.now));
    const surplus = Math.max(0, base.seen - HISTORY_STEP);
    history.dropFirst(surplus);
    base.seen -= surplus;
    const isFinal = (until: Micros | null): boolean => until !== null && until <= base.judgedTo;
    base.episodes = base.episodes.filter(({ until }) => until === null);
    state.announced = state.announced.filter((one: Announced) => !one.intervals.every(({ until }) => isFinal(until)));
    state.timeline = null;
  }
}

/** A record's timestamp has milliseconds, an event's time microseconds: what happened within that millisecond has happened. */
const receivedBy = ({ receivedAt, event }: Fact): Micros =>
  event.occurredAt < receivedAt + MILLISECOND ? Math.max(receivedAt, event.occurredAt) : receivedAt;

/** The last record of an account says nothing of it but that it ends. */
const bare = (body: TriggerBody): TriggerBody => ({ ...body, trigger: { ...body.trigger, evidence: [], milestones: {} } }); // prettier-ignore

/** How many more or fewer of each reason are open now: kept with the state, so that the sums are right after a crash. */
function countOpen(signal: string, before: readonly Announced[], after: readonly Announced[]): Output[] {
  const change = new Map<string, number>();
  const add = (list: readonly Announced[], by: number): void => {
    for (const { intervals } of list) {
      for (const { reason, until } of intervals) if (until === null) change.set(reason, (change.get(reason) ?? 0) + by);
    }
  };
  add(before, -1);
  add(after, 1);
  return [...change].flatMap(([reason, by]) =>
    by === 0 ? [] : [{ kind: 'count', name: `open:${signal}/${reason}`, by }],
  );
}
