import type { MilestoneSurvivalAnswer } from '@milepost/contracts/http';
import { kaplanMeier } from '@milepost/statistics';
import { ProblemException } from '@milepost/platform';
import type { Insights } from '../insights/insights.js';
import type { ScopedAccounts } from '../insights/scoped-accounts.js';
import { hazardRatioOf } from './hazard-ratio-of.js';
import type { CountedRow } from './hazard-ratio-of.js';
import { riskTableOf, stepsOf } from './survival-curves.js';

export type Comparison = MilestoneSurvivalAnswer['data']['comparisons'][number];
type LandmarkRow = CountedRow & { place: 'kept' | 'ended' | 'young' };

interface SwitchedRow {
  segment: string;
  last: number;
  event: number;
  /** The day from which on they had it: 0 from the start, the last one never. */
  switched: number;
  accounts: number;
}

/** Longer than anything is observed. */
const NO_HORIZON = 1e6;

export interface ComparedOutcome {
  kind: string;
  milestone: number;
  horizon?: number;
}

/** Accounts still there at L, by what they had reached by then, with the clock from L. */
export async function landmarkComparison(
  insights: Insights,
  scoped: ScopedAccounts,
  landmark: number,
  { kind, milestone, horizon = NO_HORIZON }: ComparedOutcome,
): Promise<Comparison> {
  const rows = await insights.ask<LandmarkRow>('landmark-times', { ...scoped.parameters, kind, milestone, landmark, horizon }); // prettier-ignore
  const kept = rows.filter(({ place }) => place === 'kept');
  if (kept.length === 0) {
    throw new ProblemException('beyond-the-data', `No account was still active after day ${landmark} since signup: choose an earlier landmark.`); // prettier-ignore
  }
  const left = (place: string): number => countOf(rows.filter((row) => row.place === place));
  return {
    landmark,
    accounts: countOf(kept),
    events: eventsOf(kept),
    leftOut: { ended: left('ended'), tooYoung: left('young') },
    ...hazardRatioOf(kept),
    groups: [true, false].map((reached) => groupOf(reached, kept.filter(({ has }) => (has === 1) === reached))), // prettier-ignore
  };
}

/** The milestone switched on when it is reached. */
export async function switchedComparison(
  insights: Insights,
  scoped: ScopedAccounts,
  { kind, milestone }: ComparedOutcome,
): Promise<Comparison> {
  const rows = (await insights.ask<SwitchedRow>('switched-times', { ...scoped.parameters, kind, milestone })).flatMap(stretchesOf); // prettier-ignore
  if (rows.length === 0) throw new ProblemException('beyond-the-data', 'No account was observed for a whole day.');
  const begun = rows.filter(({ start }) => start === 0);
  return {
    landmark: null,
    accounts: countOf(begun),
    events: eventsOf(rows),
    leftOut: { ended: 0, tooYoung: 0 },
    ...hazardRatioOf(rows),
    // A curve by a state that changes is no account's.
    groups: [true, false].map((reached) => {
      const own = rows.filter(({ has }) => (has === 1) === reached);
      return { reached, accounts: countOf(own), events: eventsOf(own), curve: [] };
    }),
  };
}

/** Without the milestone before it is reached, and with it after, as (start, day] rows. */
function stretchesOf({ segment, last, event, switched, accounts }: SwitchedRow): Required<CountedRow>[] {
  const rows = [
    { segment, start: 0, day: switched, event: switched < last ? 0 : event, has: 0, accounts },
    { segment, start: switched, day: last, event, has: 1, accounts },
  ];
  return rows.filter(({ start, day }) => start < day);
}

export const countOf = (rows: readonly CountedRow[]): number => rows.reduce((sum, { accounts }) => sum + accounts, 0);
const eventsOf = (rows: readonly CountedRow[]): number => countOf(rows.filter(({ event }) => event === 1));

function groupOf(reached: boolean, rows: readonly CountedRow[]): Comparison['groups'][number] {
  const own = { reached, accounts: countOf(rows), events: eventsOf(rows) };
  if (rows.length === 0) return { ...own, curve: [] };
  const days = [...new Set(rows.map(({ day }) => day))].sort((a, b) => a - b);
  const ended = days.map((time) => {
    const there = rows.filter(({ day }) => day === time);
    return { time, causes: [eventsOf(there)], censored: countOf(there) - eventsOf(there) };
  });
  return { ...own, curve: stepsOf(kaplanMeier(riskTableOf(ended))) };
}
