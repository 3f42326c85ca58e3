import type { Cause, Micros, TriggerStatus } from '@milepost/contracts';
import type { Episode, Interval } from './timeline.js';

/** An episode as readers of the signal topic know it. */
export interface Announced {
  signal: string;
  /** The account's n-th announced trigger of this signal: with account and signal it gives the trigger's id. */
  ordinal: number;
  /** Records sent so far. */
  revision: number;
  intervals: Interval[];
}

export interface Ended {
  reason: string;
  since: Micros;
  at: Micros;
  cause: Cause;
}

/** One record to send. */
export interface Announcement {
  signal: string;
  ordinal: number;
  revision: number;
  status: TriggerStatus;
  /** All that are open after this record. */
  reasons: Interval[];
  ended: Ended[];
  resolution: Cause | null;
  /** The episode was over before anyone was told of it, so nobody should act on it. */
  past: boolean;
}

const isOpen = ({ intervals }: { intervals: Interval[] }): boolean => intervals.some(({ until }) => until === null);
const sinceOf = ({ intervals }: { intervals: Interval[] }): Micros => Math.min(...intervals.map(({ since }) => since));
const untilOf = (one: { intervals: Interval[] }): Micros =>
  isOpen(one) ? Infinity : Math.max(...one.intervals.map(({ until }) => until!));
/** Of one episode a reason may hold several times, each since another instant. */
const keyOf = ({ reason, since }: Interval): string => `${reason} ${since}`;
const endOf = ({ reason, since, until, cause }: Interval): Ended => ({ reason, since, at: until!, cause: cause! });

/**
 * The difference between what was announced and what is true now, for one signal, as records to send. A reader that
 * folds them knows the truth; the last record is about the open episode if there is one, because compaction keeps
 * the last. `announced` is brought up to date.
 */
export function announce(
  announced: Announced[],
  truth: readonly Episode[],
  at: Micros,
  nextOrdinal: () => number,
): Announcement[] {
  const pairs = matchEpisodes(announced, truth);
  const steps: { since: Micros; open: boolean; records: Announcement[] }[] = [];
  for (const known of announced.filter((one) => !pairs.has(one))) {
    steps.push({ since: sinceOf(known), open: false, records: [withdraw(known, at)] });
    announced.splice(announced.indexOf(known), 1);
  }
  const byEpisode = new Map(Array.from(pairs, ([known, episode]) => [episode, known]));
  for (const episode of truth) {
    let known = byEpisode.get(episode);
    if (!known)
      announced.push((known = { signal: episode.signal, ordinal: nextOrdinal(), revision: 0, intervals: [] }));
    steps.push({ since: episode.since, open: isOpen(episode), records: revise(known, episode, at) });
  }
  steps.sort((a, b) => Number(a.open) - Number(b.open) || a.since - b.since);
  const records = steps.flatMap((step) => step.records);
  const open = announced.find(isOpen);
  const last = records.at(-1);
  if (open && last && last.ordinal !== open.ordinal) records.push(restate(open));
  return records;
}

/**
 * Which announced episode is which true one: the one that shares a reason with it to the instant, otherwise the first
 * that overlaps. A resolved trigger is never opened again: readers have closed it.
 */
function matchEpisodes(announced: readonly Announced[], truth: readonly Episode[]): Map<Announced, Episode> {
  const pairs = new Map<Announced, Episode>();
  const free = new Set(truth);
  const match = (belongs: (known: Announced, episode: Episode) => boolean): void => {
    for (const known of announced) {
      if (pairs.has(known)) continue;
      const found = [...free].find((episode) => (isOpen(known) || !isOpen(episode)) && belongs(known, episode));
      if (!found) continue;
      pairs.set(known, found);
      free.delete(found);
    }
  };
  match(sharesReason);
  match((known, episode) => sinceOf(known) <= untilOf(episode) && episode.since <= untilOf(known));
  return pairs;
}

const sharesReason = (known: Announced, episode: Episode): boolean =>
  known.intervals.some((old) => episode.intervals.some((now) => now.reason === old.reason && now.since === old.since));

function withdraw(known: Announced, at: Micros): Announcement {
  const ended = known.intervals.map(({ reason, since }): Ended => ({ reason, since, at, cause: 'disproved' }));
  return { ...recordOf(known), status: 'resolved', ended, resolution: 'disproved', past: !isOpen(known) };
}

/** Ends what is open of an announced episode, because its account is erased; null when nothing is. */
export function eraseOpen(known: Announced, at: Micros): Announcement | null {
  if (!isOpen(known)) return null;
  const ended = known.intervals.filter(({ until }) => until === null).map(({ reason, since }): Ended => ({ reason, since, at, cause: 'erased' })); // prettier-ignore
  known.intervals = known.intervals.map((one) => (one.until === null ? { ...one, until: at, cause: 'erased' } : one));
  return { ...recordOf(known), status: 'resolved', ended, resolution: 'erased' };
}

/** The open episode once more, so that it is the newest record of its account. */
function restate(known: Announced): Announcement {
  const reasons = known.intervals.filter(({ until }) => until === null);
  return { ...recordOf(known), status: 'updated', reasons };
}

function recordOf(known: Announced): Announcement {
  const { signal, ordinal } = known;
  const revision = known.revision++;
  return { signal, ordinal, revision, status: 'updated', reasons: [], ended: [], resolution: null, past: false };
}

/** Records that lead a reader from what is known of an episode to what is true: corrections, then each later change. */
function revise(known: Announced, episode: Episode, at: Micros): Announcement[] {
  const isCorrection = known.revision > 0 && !isOpen(known);
  const past = !isOpen(episode) && (known.revision === 0 || isCorrection);
  const running = new Map(known.intervals.filter(({ until }) => until === null).map((one) => [keyOf(one), one]));
  const { ended, restated, changes } = difference(known, episode, running, at);
  const records: Announcement[] = [];
  let pending = ended;
  let dirty = restated || ended.length > 0;
  const send = (): void => {
    const resolved = running.size === 0;
    const status = known.revision === 0 ? 'opened' : resolved ? 'resolved' : 'updated';
    const resolution = resolved ? lastCause(episode) : null;
    records.push({ ...recordOf(known), status, reasons: [...running.values()], ended: pending, resolution, past });
    pending = [];
    dirty = false;
  };
  changes.forEach(({ opens, ends }, i) => {
    for (const interval of ends) {
      running.delete(keyOf(interval));
      pending.push(endOf(interval));
    }
    for (const interval of opens) running.set(keyOf(interval), interval);
    // What readers have closed stays closed: its corrections come in one record.
    if ((running.size > 0 && !isCorrection) || i === changes.length - 1) send();
  });
  if (dirty) send();
  known.intervals = episode.intervals.map((interval) => ({ ...interval }));
  return records;
}

interface Change {
  opens: Interval[];
  ends: Interval[];
}

function difference(known: Announced, episode: Episode, running: Map<string, Interval>, at: Micros) {
  const ended: Ended[] = [];
  const fresh = new Set(episode.intervals);
  const changes = new Map<Micros, Change>();
  const changeAt = (instant: Micros): Change => {
    let change = changes.get(instant);
    if (!change) changes.set(instant, (change = { opens: [], ends: [] }));
    return change;
  };
  let restated = false;

  const moved: Interval[] = [];
  for (const old of known.intervals) {
    const now = episode.intervals.find(({ reason, since }) => reason === old.reason && since === old.since);
    if (!now) {
      moved.push(old);
      continue;
    }
    fresh.delete(now);
    if (now.until === old.until && now.cause === old.cause) continue;
    if (now.until === null) {
      running.set(keyOf(now), now);
      restated = true;
    } else if (old.until === null) changeAt(now.until).ends.push(now);
    else ended.push(endOf(now));
  }
  for (const old of moved) {
    const now = [...fresh].find((one) => one.reason === old.reason && overlaps(one, old));
    if (old.until !== null || !now) ended.push({ reason: old.reason, since: old.since, at, cause: 'disproved' });
    running.delete(keyOf(old));
    if (!now) continue;
    fresh.delete(now);
    restated = true;
    if (now.until === null || old.until === null) running.set(keyOf(now), now);
    if (now.until !== null && old.until === null) changeAt(now.until).ends.push(now);
    else if (now.until !== null) ended.push(endOf(now));
  }
  for (const now of fresh) {
    changeAt(now.since).opens.push(now);
    if (now.until !== null) changeAt(now.until).ends.push(now);
  }
  const inOrder = [...changes].sort(([a], [b]) => a - b).map(([, change]) => change);
  return { ended, restated, changes: inOrder };
}

const overlaps = (a: Interval, b: Interval): boolean =>
  a.since <= (b.until ?? Infinity) && b.since <= (a.until ?? Infinity);

/** The cause of the reason that ended last; of several at one instant, the last by code. */
function lastCause(episode: Episode): Cause | null {
  const inOrder = [...episode.intervals].sort(
    (a, b) => a.until! - b.until! || (a.reason < b.reason ? -1 : a.reason > b.reason ? 1 : 0),
  );
  return inOrder.at(-1)?.cause ?? null;
}
