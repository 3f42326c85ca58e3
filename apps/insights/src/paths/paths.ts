import type { PathsAnswer, PathsQuery } from '@milepost/contracts/http';
import type { Insights } from '../insights/insights.js';
import { checkObservedFor, othersIn, sampleOf, scopedAccounts } from '../insights/scoped-accounts.js';
import { shareOf } from '../milestones/reached-shares.js';
import { counted, listed, share } from '../wording/figures.js';

interface Row {
  from: string;
  to: string;
  accounts: number;
}
type Transition = PathsAnswer['data']['transitions'][number];

export const SIGNUP = 'signup';
export const ENDS = ['cancelled', 'still-there'];
export const OTHER = 'other';

/** In which order accounts come to what, as transitions from each state to the next. */
export async function paths(insights: Insights, query: PathsQuery): Promise<PathsAnswer> {
  const scoped = await scopedAccounts(insights, query);
  const milestones = insights.plan.milestones.map(({ name }) => name);
  const rows = await insights.ask<Row>('path-transitions', { ...scoped.parameters, milestones, within: query.within });
  const total = sum(rows.filter(({ from }) => from === SIGNUP));
  checkObservedFor(query.within, total);
  const counts = new Map<string, number>();
  for (const { to, accounts } of rows) if (!ENDS.includes(to)) counts.set(to, (counts.get(to) ?? 0) + accounts);
  const ranked = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const own = new Set(ranked.slice(0, query.steps).map(([state]) => state));
  const merged = mergeRare(rows, own);
  const transitions = merged.map(({ from, to, accounts }) => ({ from, to, ...shareOf(accounts, sum(merged.filter((one) => one.from === from))) })); // prettier-ignore
  const states = [SIGNUP, ...own, ...(ranked.length > own.size ? [OTHER] : []), ...ENDS];
  return {
    data: {
      states,
      reached: ranked.map(([state, count]) => ({ state, ...shareOf(count, total) })),
      transitions,
    },
    method: {
      name: 'transition shares of first arrivals',
      says: `Each account is followed for ${counted(query.within, 'day')} from signup through the states it came to, each counted once, the first time. A share is of those who left the state in front. Accounts observed for less are left out, so nothing is cut short.`, // prettier-ignore
    },
    sample: sampleOf(scoped, total, [{ reason: `observed for less than ${counted(query.within, 'day')}`, accounts: await othersIn(insights, scoped, total) }]), // prettier-ignore
    events: { count: merged.reduce((all, { accounts }) => all + accounts, 0), what: 'transitions' },
    censoring: { accounts: 0, rule: 'None: only accounts observed for the whole time, who end as cancelled or still-there.' }, // prettier-ignore
    interval: { confidence: 0.95, kind: "Wilson's score interval" },
    warnings: [
      {
        code: 'association-only',
        text: 'What follows what is no cause: who takes a path may differ from who does not.',
      },
    ],
    sentence: sentenceOf(transitions),
  };
}

const sum = (rows: readonly Row[]): number => rows.reduce((total, { accounts }) => total + accounts, 0);

/** The states without a row of their own as `other`; what happens among them is `other` to `other`. */
function mergeRare(rows: readonly Row[], own: ReadonlySet<string>): Row[] {
  const named = (state: string): string => (own.has(state) || state === SIGNUP || ENDS.includes(state) ? state : OTHER);
  const merged = new Map<string, Row>();
  for (const row of rows) {
    const [from, to] = [named(row.from), named(row.to)];
    const known = merged.get(`${from} ${to}`);
    if (known) known.accounts += row.accounts;
    else merged.set(`${from} ${to}`, { from, to, accounts: row.accounts });
  }
  return [...merged.values()];
}

function sentenceOf(transitions: readonly Transition[]): string {
  const from = (state: string): Transition[] => transitions.filter((one) => one.from === state).sort((a, b) => b.count - a.count); // prettier-ignore
  const path: string[] = [];
  let state = SIGNUP;
  // The likeliest way on, until it ends or comes back to where it has been.
  while (path.length < 12) {
    const [next] = from(state);
    if (next === undefined || path.some((said) => said.startsWith(`${next.to} `))) break;
    path.push(`${next.to} ${share(next)}`);
    state = next.to;
  }
  return `From signup the most frequent next step, each time, is ${listed(path)}.`;
}
