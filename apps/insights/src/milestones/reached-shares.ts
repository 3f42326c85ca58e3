import type { MilestonesAnswer, MilestonesQuery, Share } from '@milepost/contracts/http';
import { proportionInterval } from '@milepost/statistics';
import { ProblemException } from '@milepost/platform';
import type { Insights } from '../insights/insights.js';
import { checkNotEmpty, checkObservedFor, sampleOf, scopedAccounts } from '../insights/scoped-accounts.js';
import { accounts, counted, listed, share } from '../wording/figures.js';
import { dimensionWarnings, smallCells } from '../wording/warnings.js';
import { countsOf, kindParameters } from './milestone-kinds.js';
import { daysBySegment } from './windows.js';

interface Row {
  label: string;
  accounts: number;
  kinds: number[];
}

/** Which share reached each milestone in its window, of those who were there for all of it. */
export async function reachedShares(insights: Insights, query: MilestonesQuery): Promise<MilestonesAnswer> {
  if (insights.plan.milestones.length === 0) {
    throw new ProblemException('not-enough-data', 'The tracking plan has no milestone: add one to it, and restart.');
  }
  const scoped = await scopedAccounts(insights, query);
  const rows = await insights.ask<Row>('milestone-shares', { ...scoped.parameters, ...kindParameters(insights.plan, query.within) }); // prettier-ignore
  const total = sum(rows.map((row) => row.accounts));
  checkNotEmpty(total);
  if (query.within !== undefined)
    checkObservedFor(query.within, Math.max(...rows.map(({ kinds }) => countsOf(kinds, 0).mature)));
  const data = insights.plan.milestones.map(({ name, description, expectedWithin }, index) => ({
    milestone: name,
    description,
    expectedWithinDays: query.within === undefined ? daysBySegment(expectedWithin) : { default: query.within },
    groups: rows.map((row) => groupOf(row, index)),
  }));
  const groups = data.flatMap((one) => one.groups);
  const immature = data.flatMap(({ milestone, groups }) =>
    groups.filter(({ reached }) => reached.of === 0).map(({ group }) => `${milestone} for ${group}`),
  );
  return {
    data,
    method: {
      name: 'reached share with maturity',
      says: 'Of the accounts that were observed for the whole window since signup, the share that reached the milestone in it. Accounts that left count as not reached; those too young for the window are not in the denominator.',
    },
    sample: sampleOf(scoped, total),
    events: { count: sum(groups.map(({ ever }) => ever)), what: 'milestones reached, at any time' },
    censoring: {
      accounts: Math.max(...groups.map((one) => one.immature)),
      rule: 'Younger than the window: left out of its denominator (the largest number over the milestones and groups).',
    },
    interval: { confidence: 0.95, kind: "Wilson's score interval" },
    warnings: [
      ...smallCells(rows.map((row) => ({ group: row.label, accounts: row.accounts }))),
      ...(immature.length > 0 ? [{ code: 'immature' as const, text: `No account is old enough yet: ${listed(immature)}.` }] : []), // prettier-ignore
      ...dimensionWarnings(query.by),
    ],
    sentence: sentenceOf(data, query.within),
  };
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

function groupOf(row: Row, index: number): MilestonesAnswer['data'][number]['groups'][number] {
  const { mature, reached, ever } = countsOf(row.kinds, index);
  return {
    group: row.label,
    accounts: row.accounts,
    reached: shareOf(reached, mature),
    immature: row.accounts - mature,
    ever,
  };
}

/** Null where there is nobody to take a share of. */
export function shareOf(count: number, of: number): Share {
  if (of === 0) return { count, of, estimate: null, lower: null, upper: null };
  return { count, of, ...proportionInterval({ events: count, accounts: of }) };
}

function sentenceOf(data: MilestonesAnswer['data'], within: number | undefined): string {
  const parts = data.map(({ milestone, groups }) => {
    const [count, of] = groups.reduce(([a, b], { reached }) => [a + reached.count, b + reached.of], [0, 0]);
    return of === 0
      ? `${milestone} cannot be said yet`
      : `${milestone} ${share(shareOf(count, of))} of ${accounts(of)}`;
  });
  const window = within === undefined ? 'in the expected window' : `within ${counted(within, 'day')} of signup`;
  return `Reached ${window}: ${listed(parts)}.`;
}
