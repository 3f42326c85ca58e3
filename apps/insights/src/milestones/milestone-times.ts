import type { MilestoneTimeAnswer, MilestoneTimeQuery, Warning } from '@milepost/contracts/http';
import { ProblemException } from '@milepost/platform';
import { byLabel } from '../insights/by-label.js';
import type { Insights } from '../insights/insights.js';
import { checkNotEmpty, sampleOf, scopedAccounts } from '../insights/scoped-accounts.js';
import { accounts, listed, number } from '../wording/figures.js';
import { dimensionWarnings, FEW_EVENTS, smallCells } from '../wording/warnings.js';
import { incidenceCurve, incidenceOf, incidenceQuantile } from './incidence.js';
import { milestoneOf } from './windows.js';

interface Row {
  label: string;
  hour: number;
  reached: number;
  ended: number;
  censored: number;
}
type Group = MilestoneTimeAnswer['data']['groups'][number];

const QUANTILES = [0.25, 0.5, 0.75, 0.9];

/** How long it takes to reach a milestone, with leaving as a competing event. */
export async function milestoneTimes(
  insights: Insights,
  name: string,
  query: MilestoneTimeQuery,
): Promise<MilestoneTimeAnswer> {
  const { milestone, place } = milestoneOf(insights.plan, name);
  const scoped = await scopedAccounts(insights, query);
  const rows = await insights.ask<Row>('milestone-times', { ...scoped.parameters, milestone: place });
  const groups = byLabel(rows).map(([label, own]) => groupOf(label, own));
  const total = groups.reduce((sum, one) => sum + one.accounts, 0);
  checkNotEmpty(total);
  const reached = groups.reduce((sum, one) => sum + one.reached, 0);
  if (reached === 0) {
    throw new ProblemException('not-enough-data', `None of ${accounts(total)} has reached ${milestone.name}: wait, or ask about more accounts.`); // prettier-ignore
  }
  return {
    data: { milestone: milestone.name, groups },
    method: {
      name: 'cumulative incidence (Aalen–Johansen)',
      says: 'The share of all accounts that has reached the milestone by a day since signup. Accounts that cancel before are a competing event, not censored: 1 − Kaplan–Meier would say too much. Times are counted by the hour.',
    },
    sample: sampleOf(scoped, total),
    events: { count: reached, what: `${milestone.name} reached before leaving` },
    censoring: {
      accounts: groups.reduce((sum, one) => sum + one.censored, 0),
      rule: 'Still active without the milestone when last seen: censored at that hour.',
    },
    interval: { confidence: 0.95, kind: 'pointwise, log-log' },
    warnings: [...smallCells(groups), ...fewEvents(groups), ...dimensionWarnings(query.by)],
    sentence: sentenceOf(milestone.name, groups),
  };
}

function groupOf(label: string, rows: readonly Row[]): Group {
  const count = (field: 'reached' | 'ended' | 'censored'): number => rows.reduce((sum, row) => sum + row[field], 0);
  const own = { group: label, reached: count('reached'), endedBefore: count('ended'), censored: count('censored') };
  const incidence = incidenceOf(
    rows.map(({ hour, reached, ended, censored }) => ({ time: hour / 24, causes: [reached, ended], censored })),
  );
  return {
    ...own,
    accounts: own.reached + own.endedBefore + own.censored,
    quantiles: QUANTILES.map((share) => ({ share, days: incidenceQuantile(incidence, 0, share) })),
    curve: incidenceCurve(incidence, 0),
  };
}

function fewEvents(groups: readonly Group[]): Warning[] {
  const few = groups.filter(({ reached }) => reached < FEW_EVENTS).map(({ group, reached }) => `${group} (${reached})`);
  if (few.length === 0) return [];
  return [{ code: 'few-events', text: `Fewer than ${FEW_EVENTS} reached it: ${few.join(', ')}. The curve is a guess there.` }]; // prettier-ignore
}

function sentenceOf(milestone: string, groups: readonly Group[]): string {
  const parts = groups.map(({ group, quantiles }) => {
    const median = quantiles.find(({ share }) => share === 0.5)!.days;
    if (median.estimate === null) return `fewer than half of ${group} have reached it within the data`;
    const upper = median.upper === null ? 'beyond the data' : number(median.upper);
    return `half of ${group} by day ${number(median.estimate)} (${number(median.lower ?? 0)} to ${upper})`;
  });
  return `${milestone}: ${listed(parts)}.`;
}
