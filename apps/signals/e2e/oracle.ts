/**
 * The rules of the sample company once more, as plainly as they can be written: every condition is recomputed from the
 * whole list of events at every instant. It shares no code with the deciders and knows nothing of plans, states or
 * logs. Slow is fine; it is the judge.
 */
export interface OracleEvent {
  id: string;
  source: string;
  type: string;
  account: string;
  /** Microseconds since the epoch. */
  time: number;
  outcome: 'succeeded' | 'failed' | 'abandoned';
  userId: string | null;
  context: { planTier?: string; companySize?: number } | null;
  properties: Record<string, string | number | boolean>;
}

export interface OracleReason {
  code: string;
  since: number;
  until: number | null;
  cause: string | null;
}

export interface OracleEpisode {
  signal: string;
  since: number;
  until: number | null;
  reasons: OracleReason[];
}

export interface Verdict {
  milestones: Record<string, number>;
  episodes: OracleEpisode[];
}

const DAY = 86_400_000_000;
const CORE = [
  'workspace.configured',
  'data.imported',
  'integration.connected',
  'teammate.invited',
  'workflow.created',
  'workflow.run',
];

const isCore = (event: OracleEvent): boolean => CORE.includes(event.type);
const isSuccess = (event: OracleEvent): boolean => isCore(event) && event.outcome === 'succeeded';
const isRun = (event: OracleEvent): boolean => event.type === 'workflow.run' && event.outcome === 'succeeded';

export function judgeAccount(unsorted: OracleEvent[], streamTime: number): Verdict {
  const events = [...unsorted].sort(
    (a, b) => a.time - b.time || (a.source < b.source ? -1 : a.source > b.source ? 1 : a.id < b.id ? -1 : 1),
  );
  if (events.length === 0) return { milestones: {}, episodes: [] };
  const start = (events.find(({ type }) => type === 'account.created') ?? events[0]!).time;
  const milestones = milestonesOf(events);
  return { milestones, episodes: episodesOf(events, start, milestones, streamTime) };
}

function milestonesOf(events: OracleEvent[]): Record<string, number> {
  const reached: Record<string, number> = {};
  const firstOf = (type: string) => events.find((event) => event.type === type && event.outcome === 'succeeded')?.time;
  const configured = firstOf('workspace.configured');
  const imported = firstOf('data.imported');
  if (configured !== undefined && imported !== undefined) reached['setup-complete'] = Math.max(configured, imported);
  const run = firstOf('workflow.run');
  if (run !== undefined) reached['first-value'] = run;

  const users = new Set<string>();
  const integrations = new Set<string>();
  const days = new Set<number>();
  for (const event of events) {
    if (isSuccess(event) && event.userId) users.add(event.userId);
    if (users.size >= 3) reached['team-adoption'] ??= event.time;
    if (event.type === 'integration.connected' && event.outcome === 'succeeded') {
      integrations.add(String(event.properties['integration']));
    }
    if (integrations.size >= 2) reached['integration-depth'] ??= event.time;
    if (isSuccess(event)) days.add(Math.floor(event.time / DAY));
    for (const last of days) {
      const within = [...days].filter((day) => day <= last && day > last - 14);
      if (within.length >= 5) reached['habit'] ??= event.time;
    }
  }
  return reached;
}

interface Rule {
  signal: string;
  code: string;
  /** Whether the reason opens at `t`; `own` is true when its own cooldown ends there. */
  opens(t: number, own: boolean): boolean;
  ends(t: number): string | null;
}

function episodesOf(
  events: OracleEvent[],
  start: number,
  milestones: Record<string, number>,
  streamTime: number,
): OracleEpisode[] {
  const upTo = (t: number) => events.filter(({ time }) => time <= t);
  const at = (t: number) => events.filter(({ time }) => time === t);
  const within = (t: number, days: number) => events.filter(({ time }) => time > t - days * DAY && time <= t);
  const newest = (list: OracleEvent[]): number => list.at(-1)?.time ?? -Infinity;
  const has = (milestone: string, t: number): boolean => (milestones[milestone] ?? Infinity) <= t;
  const isEnterprise = (t: number): boolean => {
    const sizes = upTo(t).flatMap(({ context }) => (context?.companySize === undefined ? [] : [context.companySize]));
    return (sizes.at(-1) ?? 0) >= 1000;
  };

  const stalled = (milestone: string, days: number, enterpriseDays: number): Rule => ({
    signal: 'at-risk',
    code: `stalled:${milestone}`,
    opens: (t) => !has(milestone, t) && t >= start + (isEnterprise(t) ? enterpriseDays : days) * DAY,
    ends: (t) => (has(milestone, t) ? 'reached' : null),
  });
  const limitIsOver = (t: number): string | null => {
    const latest = newest(upTo(t).filter(({ type }) => type === 'plan.limit_reached'));
    if (newest(upTo(t).filter(({ type }) => type === 'subscription.expanded')) >= latest) return 'reached';
    return t >= latest + 30 * DAY ? 'expired' : null;
  };

  const rules: Rule[] = [
    stalled('setup-complete', 3, 10),
    stalled('first-value', 7, 21),
    {
      signal: 'at-risk',
      code: 'quiet',
      opens: (t) => has('first-value', t) && t >= newest(upTo(t).filter(isSuccess)) + (isEnterprise(t) ? 15 : 10) * DAY,
      ends: (t) => (at(t).some(isSuccess) ? 'recovered' : null),
    },
    {
      signal: 'at-risk',
      code: 'failing',
      opens: (t, own) => {
        if (!own && !at(t).some(isCore)) return false;
        const recent = within(t, 7).filter(isCore);
        return recent.length >= 5 && recent.filter((event) => !isSuccess(event)).length * 2 > recent.length;
      },
      ends: (t) => {
        if (!at(t).some(isCore)) return null;
        const lastFive = upTo(t).filter(isCore).slice(-5);
        return lastFive.filter((event) => !isSuccess(event)).length <= 1 ? 'recovered' : null;
      },
    },
    {
      signal: 'expansion-ready',
      code: 'depth',
      opens: (t) => has('team-adoption', t) && has('integration-depth', t) && within(t, 14).filter(isRun).length >= 50,
      ends: (t) => (within(t, 14).filter(isRun).length < 20 ? 'recovered' : null),
    },
    {
      signal: 'expansion-ready',
      code: 'limit',
      opens: (t) => upTo(t).some(({ type }) => type === 'plan.limit_reached') && limitIsOver(t) === null,
      ends: limitIsOver,
    },
  ];

  const cancelled = events.find(({ type }) => type === 'subscription.cancelled')?.time ?? Infinity;
  const instants = new Set<number>();
  for (const { time } of events) for (const days of [0, 10, 14, 15, 30]) instants.add(time + days * DAY);
  for (const days of [3, 7, 10, 21]) instants.add(start + days * DAY);

  const reasons: (OracleReason & { signal: string })[] = [];
  const silentUntil = new Map<string, number>();
  const episodes: OracleEpisode[] = [];
  for (;;) {
    const t = Math.min(...instants);
    if (t > streamTime || t === Infinity) break;
    instants.delete(t);
    const isEnd = t === cancelled;
    for (const { signal, code, opens, ends } of rules) {
      const open = reasons.find((one) => one.signal === signal && one.code === code && one.until === null);
      if (open) {
        const cause = isEnd ? 'cancelled' : ends(t);
        if (cause === null) continue;
        open.until = t;
        open.cause = cause;
        silentUntil.set(code, t + 3 * DAY);
        instants.add(t + 3 * DAY);
        continue;
      }
      const silent = silentUntil.get(code) ?? -Infinity;
      if (!isEnd && t >= silent && opens(t, t === silent))
        reasons.push({ signal, code, since: t, until: null, cause: null });
    }
    gatherEpisodes(episodes, reasons, t);
    if (isEnd) break;
  }
  return episodes;
}

/** An episode of a signal goes on while any reason holds; it ends at the instant after which none does. */
function gatherEpisodes(episodes: OracleEpisode[], reasons: (OracleReason & { signal: string })[], t: number): void {
  for (const signal of ['at-risk', 'expansion-ready']) {
    const open = reasons.filter((one) => one.signal === signal && one.until === null);
    let episode = episodes.find((one) => one.signal === signal && one.until === null);
    if (!episode && open.length > 0) {
      episode = { signal, since: t, until: null, reasons: [] };
      episodes.push(episode);
    }
    if (!episode) continue;
    const { since } = episode;
    episode.reasons = reasons
      .filter((one) => one.signal === signal && one.since >= since)
      .map(({ code, since: from, until, cause }) => ({ code, since: from, until, cause }));
    if (open.length === 0) episode.until = t;
  }
}
