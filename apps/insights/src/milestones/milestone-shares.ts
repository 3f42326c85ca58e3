import type { Dimension } from '@milepost/contracts/http';
import { groupParameters } from '../insights/groups.js';
import type { Page } from '../insights/groups.js';
import type { Insights } from '../insights/insights.js';
import type { ScopedAccounts } from '../insights/scoped-accounts.js';
import { windowsOf } from './windows.js';

/** Accounts of one group, by milestone in the order of the plan. */
export interface MilestoneShares {
  first: string;
  second: string;
  accounts: number;
  /** Observed for the whole window. */
  mature: number[];
  /** Of these: reached in the window. */
  reached: number[];
  /** Of all: reached at any time. */
  ever: number[];
}

/** `within`: days for every milestone, instead of the window that the plan expects. */
export const milestoneShares = (
  insights: Insights,
  scoped: ScopedAccounts,
  dimensions: readonly Dimension[],
  { page, within }: { page?: Page; within?: number | undefined } = {},
): Promise<MilestoneShares[]> =>
  insights.ask<MilestoneShares>('milestone-shares', {
    ...scoped.parameters,
    ...groupParameters(dimensions, page),
    windows: windowsOf(insights.plan, within),
  });
