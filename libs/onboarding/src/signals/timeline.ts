import type { Cause, Micros } from '@milepost/contracts';
import type { ModelSchedule } from '../models/model-schedule.js';

/** One reason that held from `since` until `until` (null: still). */
export interface Interval {
  reason: string;
  since: Micros;
  until: Micros | null;
  cause: Cause | null;
}

/** A span in which at least one reason of a signal held without a break: what a trigger is about. */
export interface Episode {
  signal: string;
  since: Micros;
  until: Micros | null;
  intervals: Interval[];
}

/** Where the judging of an account stands: everything at or before `judgedTo` has been taken into account. */
export interface Timeline {
  /** The last instant that was judged; an event at or before it changes the past. */
  judgedTo: Micros;
  /** How many actions of the history have been judged. */
  seen: number;
  companySize: number | null;
  /** Set when the account's signals have ended. */
  ended: boolean;
  /** Reasons that are silent, by the key of their rule, until when. Few at any time. */
  silentUntil: readonly { key: string; until: Micros }[];
  /** In order of `since`; those of one signal never overlap. */
  episodes: Episode[];
  /** What it was judged with; another one judges it anew. Not stored: a state that is read is judged with its own. */
  models?: ModelSchedule;
}

/** Nothing has been judged. One for all accounts: copied before it is gone on with. */
export const NOTHING_JUDGED: Readonly<Timeline> = Object.freeze({
  judgedTo: -1,
  seen: 0,
  companySize: null,
  ended: false,
  silentUntil: Object.freeze([]),
  episodes: Object.freeze([]) as unknown as Episode[],
});

export const copyTimeline = (timeline: Readonly<Timeline>): Timeline => ({
  ...timeline,
  episodes: timeline.episodes.map((episode) => ({
    ...episode,
    intervals: episode.intervals.map((interval) => ({ ...interval })),
  })),
});

export function openEpisode({ episodes }: Timeline, signal: string): Episode | undefined {
  for (let i = episodes.length - 1; i >= 0; i--) {
    const episode = episodes[i]!;
    if (episode.until === null && episode.signal === signal) return episode;
  }
  return undefined;
}

export function openInterval(timeline: Timeline, signal: string, reason: string): Interval | undefined {
  return openEpisode(timeline, signal)?.intervals.find((one) => one.reason === reason && one.until === null);
}

/** Until when a reason is silent. */
export function silenceOf({ silentUntil }: Timeline, key: string): Micros | undefined {
  for (const one of silentUntil) if (one.key === key) return one.until;
  return undefined;
}
