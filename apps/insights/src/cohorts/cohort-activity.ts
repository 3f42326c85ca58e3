import type { CohortsAnswer, CohortsQuery } from '@milepost/contracts/http';
import { byLabel } from '../insights/by-label.js';
import type { Insights } from '../insights/insights.js';
import { checkNotEmpty, sampleOf, scopedAccounts } from '../insights/scoped-accounts.js';
import { shareOf } from '../milestones/reached-shares.js';
import { accounts, share } from '../wording/figures.js';
import { dimensionWarnings, smallCells } from '../wording/warnings.js';

interface Row {
  label: string;
  period: number;
  accounts: number;
  mature: number;
  active: number;
}

const said = ({ count, of }: { count: number; of: number }): string => share(shareOf(count, of));

const WIDTH = { week: 7, month: 30 } as const;

/** Who is still active, period by period since signup. */
export async function cohortActivity(insights: Insights, query: CohortsQuery): Promise<CohortsAnswer> {
  const scoped = await scopedAccounts(insights, query);
  const width = WIDTH[query.period];
  const rows = await insights.ask<Row>('cohort-activity', { ...scoped.parameters, width, periods: query.periods });
  const groups = byLabel(rows).map(([label, own]) => ({
    group: label,
    accounts: own[0]!.accounts,
    active: own.map(({ active, mature }) => shareOf(active, mature)),
  }));
  const total = groups.reduce((sum, one) => sum + one.accounts, 0);
  checkNotEmpty(total);
  const totals = Array.from({ length: query.periods }, (_, period) =>
    groups.reduce(
      (sum, { active }) => ({ count: sum.count + active[period]!.count, of: sum.of + active[period]!.of }),
      { count: 0, of: 0 },
    ),
  );
  const last = totals.findLastIndex(({ of }) => of > 0);
  return {
    data: { periodDays: width, groups },
    method: {
      name: 'activity by cohort',
      says: `The share of accounts with a succeeded core action in each ${query.period} of ${width} days since signup, of those observed to the end of it. Accounts that left stay in the denominator.`,
    },
    sample: sampleOf(scoped, total),
    events: { count: totals.reduce((sum, { count }) => sum + count, 0), what: `active ${query.period}s` },
    censoring: {
      accounts: total - totals[query.periods - 1]!.of,
      rule: 'Not yet observed to the end of the last period asked for: in the earlier ones only.',
    },
    interval: { confidence: 0.95, kind: "Wilson's score interval" },
    warnings: [...smallCells(groups), ...dimensionWarnings(query.by)],
    sentence:
      last < 0
        ? `No account has been observed for a whole ${query.period} yet.`
        : `${said(totals[0]!)} of accounts are active in their first ${query.period} and ${said(totals[last]!)} in the last ${last + 1 === query.periods ? 'asked for' : 'that could be observed'}, ${query.period} ${last + 1} (${accounts(totals[last]!.of)}).`, // prettier-ignore
  };
}
