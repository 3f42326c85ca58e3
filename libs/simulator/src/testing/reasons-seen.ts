import { DAY } from '@milepost/contracts';
import type { Micros, OnboardingEvent } from '@milepost/contracts';
import { countWithin, isCore, isOf, isRun, isSuccess, reachedAt } from './account-history.js';

export interface SeenReason {
  code: string;
  /** Null while it is open at the end. */
  cause: string | null;
}

/**
 * The reasons of one account, events in order, enough to see what occurs and how often: cooldowns and changes of
 * segment are left out. The judge of exact behaviour is the oracle of the signals' tests.
 */
export function reasonsSeen(events: readonly OnboardingEvent[], endsAt: Micros): SeenReason[] {
  const cancelled = events.find(isOf('subscription.cancelled'))?.occurredAt ?? Infinity;
  const seen: SeenReason[] = [];
  const note = (code: string, opens: Micros, ends: Micros, cause: string): void => {
    if (opens > endsAt || opens >= cancelled) return;
    const until = Math.min(ends, cancelled);
    seen.push({ code, cause: until > endsAt ? null : ends < cancelled ? cause : 'cancelled' });
  };
  noteStalled(events, note);
  noteQuiet(events, note);
  noteFailing(events, note);
  noteDepth(events, note);
  noteLimit(events, note);
  return seen;
}

type Note = (code: string, opens: Micros, ends: Micros, cause: string) => void;

const isEnterprise = (events: readonly OnboardingEvent[]): boolean => (events[0]?.context?.companySize ?? 0) >= 1000;
const firstOf = (events: readonly OnboardingEvent[], type: string): Micros =>
  events.find((event) => event.type === type && isSuccess(event))?.occurredAt ?? Infinity;

function noteStalled(events: readonly OnboardingEvent[], note: Note): void {
  const start = events[0]!.occurredAt;
  const stalled = (milestone: string, days: number, reached: Micros): void => {
    if (reached > start + days * DAY) note(`stalled:${milestone}`, start + days * DAY, reached, 'reached');
  };
  const setUp = Math.max(firstOf(events, 'workspace.configured'), firstOf(events, 'data.imported'));
  stalled('setup-complete', isEnterprise(events) ? 10 : 3, setUp);
  stalled('first-value', isEnterprise(events) ? 21 : 7, firstOf(events, 'workflow.run'));
}

function noteQuiet(events: readonly OnboardingEvent[], note: Note): void {
  const patience = (isEnterprise(events) ? 15 : 10) * DAY;
  const firstValue = firstOf(events, 'workflow.run');
  const used = events.filter(isSuccess).map(({ occurredAt }) => occurredAt);
  used.forEach((at, i) => {
    const next = used[i + 1] ?? Infinity;
    if (at >= firstValue && next > at + patience) note('quiet', at + patience, next, 'recovered');
  });
}

function noteFailing(events: readonly OnboardingEvent[], note: Note): void {
  const core = events.filter(isCore);
  const wrong = core.filter((event) => !isSuccess(event));
  let since: Micros | null = null;
  core.forEach(({ occurredAt: at }, i) => {
    const recent = countWithin(core, at, 7);
    if (since === null) {
      if (recent >= 5 && 2 * countWithin(wrong, at, 7) > recent) since = at;
    } else if (core.slice(Math.max(0, i - 4), i + 1).filter((event) => !isSuccess(event)).length <= 1) {
      note('failing', since, at, 'recovered');
      since = null;
    }
  });
  if (since !== null) note('failing', since, Infinity, 'recovered');
}

function noteDepth(events: readonly OnboardingEvent[], note: Note): void {
  const team = reachedAt(events.filter(isSuccess), 3, ({ userId }) => userId || null);
  const connected = events.filter((event) => event.type === 'integration.connected' && isSuccess(event));
  const integrated = reachedAt(connected, 2, ({ properties }) => properties['integration']);
  const runs = events.filter(isRun);
  let over = 0;
  for (const { occurredAt: at } of events) {
    if (at < over || at < team || at < integrated || countWithin(runs, at, 14) < 50) continue;
    // Runs leave the window one by one: it ends at the first such instant with fewer than 20 left.
    const leaves = runs.map(({ occurredAt }) => occurredAt + 14 * DAY).filter((end) => end > at);
    over = leaves.find((end) => countWithin(runs, end, 14) < 20) ?? Infinity;
    note('depth', at, over, 'recovered');
  }
}

function noteLimit(events: readonly OnboardingEvent[], note: Note): void {
  const limits = events.filter(isOf('plan.limit_reached')).map(({ occurredAt }) => occurredAt);
  const expansions = events.filter(isOf('subscription.expanded')).map(({ occurredAt }) => occurredAt);
  limits.forEach((at, i) => {
    const expanded = expansions.find((expansion) => expansion >= at) ?? Infinity;
    const expires = at + 30 * DAY;
    // A later limit before the end keeps the same reason open: it is noted there.
    if ((limits[i + 1] ?? Infinity) < Math.min(expanded, expires)) return;
    note('limit', at, Math.min(expanded, expires), expanded <= expires ? 'reached' : 'expired');
  });
}
