import type { ExploreAnswer } from '@milepost/contracts/http';
import type { Plan } from '@milepost/plan';
import { normalInterval } from './normal-interval.js';
import { countsOf } from '../milestones/milestone-kinds.js';
import { shareOf } from '../milestones/reached-shares.js';

export interface ExploreRow {
  first: string;
  second: string;
  accounts: number;
  active: number;
  activeLately: number;
  observedLately: number;
  mature30: number;
  subscribed30: number;
  mature90: number;
  /** Of these: whose first term could end by day 90. */
  due90: number;
  cancelled90: number;
  renewed90: number;
  expanded90: number;
  billed90: number;
  billedSquares90: number;
  /** Of `explore-milestones.sql`, where a measure of a milestone was asked for. */
  kinds?: number[];
}
type Value = ExploreAnswer['data']['rows'][number]['measures'][string];

export interface Measure {
  name: string;
  description: string;
  unit: string;
  of(row: ExploreRow): Value;
  /** Of a share: how many of how many. Null for a mean or a number. */
  counts: ((row: ExploreRow) => { count: number; of: number }) | null;
  isOfMilestone?: true;
  /** Whom a share leaves out, where it is not only who was observed too short. */
  leavesOut?: string;
}

const share = (name: string, description: string, of: (row: ExploreRow) => [count: number, of: number]): Measure => ({
  name,
  description,
  unit: 'share',
  of: (row) => {
    const { of: whole, estimate, lower, upper } = shareOf(...of(row));
    return { of: whole, estimate, lower, upper };
  },
  counts: (row) => {
    const [count, whole] = of(row);
    return { count, of: whole };
  },
});

/** The unit of measures that are in a currency. */
export const AMOUNT = 'amount';

/** Everything that may be asked for. A new measure is a line here and a column in `explore.sql`; those of milestones are in `milestone-kinds.sql`. */
export const measuresOf = (plan: Plan): Measure[] => [
  {
    name: 'accounts',
    description: 'Accounts in the group.',
    unit: 'accounts',
    of: ({ accounts }) => ({ of: accounts, estimate: accounts, lower: accounts, upper: accounts }),
    counts: null,
  },
  share('active', 'Accounts that have not cancelled.', (row) => [row.active, row.accounts]),
  share('active-lately', 'Accounts with a succeeded core action in the last 7 days seen, of those seen for 7.', (row) => [row.activeLately, row.observedLately]), // prettier-ignore
  share('subscribed-30', 'Began to pay within 30 days of signup, of those observed for as long.', (row) => [row.subscribed30, row.mature30]), // prettier-ignore
  share('cancelled-90', 'Cancelled within 90 days of signup, of those observed for as long.', (row) => [row.cancelled90, row.mature90]), // prettier-ignore
  {
    ...share('renewed-90', 'Renewed within 90 days of signup, of those observed for as long, without those on a first term that ends later.', (row) => [row.renewed90, row.due90]), // prettier-ignore
    leavesOut: 'not observed for as long as the measure needs, or on a first term that ends later',
  },
  share('expanded-90', 'Expanded within 90 days of signup, of those observed for as long.', (row) => [row.expanded90, row.mature90]), // prettier-ignore
  {
    name: 'billed-90',
    description: 'Mean billed in the first 90 days, in the currency of the answer, of accounts observed for as long.',
    unit: AMOUNT,
    of: ({ mature90, billed90, billedSquares90 }) => normalInterval(mature90, billed90, billedSquares90),
    counts: null,
  },
  ...plan.milestones.map(({ name, description }, index) => ({
    ...share(
      `reached:${name}`,
      `${description} Within the expected window, of those observed for as long.`,
      ({ kinds }) => {
        const { reached, mature } = countsOf(kinds!, index);
        return [reached, mature];
      },
    ),
    isOfMilestone: true as const,
  })),
];
