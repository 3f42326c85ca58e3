import type { FunnelsAnswer, FunnelsQuery, Warning } from '@milepost/contracts/http';
import type { Plan } from '@milepost/plan';
import { byLabel } from '../insights/by-label.js';
import type { Insights } from '../insights/insights.js';
import { CONTRACT_STATES } from '../insights/outcomes.js';
import { checkKnown, checkNotEmpty, checkObservedFor, sampleOf, scopedAccounts } from '../insights/scoped-accounts.js';
import { shareOf } from '../milestones/reached-shares.js';
import { accounts, counted, listed, share } from '../wording/figures.js';
import { dimensionWarnings, smallCells } from '../wording/warnings.js';

interface Row {
  label: string;
  depth: number;
  mature: number;
  immature: number;
}
type Group = FunnelsAnswer['data']['groups'][number];

/** How far accounts come in so many days, of those observed for as long. */
export async function funnel(insights: Insights, query: FunnelsQuery): Promise<FunnelsAnswer> {
  const known = [...insights.plan.milestones.map(({ name }) => name), ...CONTRACT_STATES];
  const steps = stepsOf(insights.plan, query.steps);
  const scoped = await scopedAccounts(insights, query);
  const rows = await insights.ask<Row>('funnel', {
    ...scoped.parameters,
    within: query.within,
    strict: query.order === 'strict' ? 1 : 0,
    steps: steps.map((step) => known.indexOf(step) + 1),
  });
  const groups = byLabel(rows).map(([label, own]) => groupOf(label, own, steps));
  const mature = groups.reduce((sum, one) => sum + one.accounts, 0);
  const immature = groups.reduce((sum, one) => sum + one.immature, 0);
  checkNotEmpty(mature + immature);
  checkObservedFor(query.within, mature);
  const done = groups.reduce((sum, { steps: own }) => sum + own.at(-1)!.ofAll.count, 0);
  return {
    data: { steps, groups },
    method: {
      name: query.order === 'strict' ? 'ordered funnel with maturity' : 'unordered funnel with maturity',
      says: `Of the accounts that were observed for ${counted(query.within, 'day')} since signup, how many did each step in that time${query.order === 'strict' ? ', at or after the step before' : ' and all steps before it, in whatever order'}. Younger accounts are not in the denominator.`, // prettier-ignore
    },
    sample: sampleOf(scoped, mature, [
      { reason: `observed for less than ${counted(query.within, 'day')}`, accounts: immature },
    ]),
    events: {
      count: done,
      what: `accounts that did ${steps.length === 1 ? 'the one step' : `all ${steps.length} steps`}`,
    },
    censoring: { accounts: immature, rule: 'Observed for less than the window: left out.' },
    interval: { confidence: 0.95, kind: "Wilson's score interval" },
    warnings: [...smallCells(groups), ...tooYoung(groups), ...dimensionWarnings(query.by)],
    sentence: sentenceOf(groups, steps, query.within),
  };
}

function tooYoung(groups: readonly Group[]): Warning[] {
  const young = groups.filter((one) => one.accounts === 0).map(({ group }) => group);
  if (young.length === 0) return [];
  return [{ code: 'immature', text: `No account is old enough yet: ${listed(young)}.` }];
}

function stepsOf(plan: Plan, asked: string | undefined): string[] {
  const milestones = plan.milestones.map(({ name }) => name);
  if (asked === undefined) return [...milestones, 'subscribed'];
  const steps = asked.split(',').map((step) => step.trim());
  for (const step of steps) checkKnown('steps', step, [...milestones, ...CONTRACT_STATES]);
  return steps;
}

function groupOf(label: string, rows: readonly Row[], steps: readonly string[]): Group {
  const reaching = (depth: number): number => rows.reduce((sum, row) => sum + (row.depth >= depth ? row.mature : 0), 0); // prettier-ignore
  return {
    group: label,
    accounts: reaching(0),
    immature: rows.reduce((sum, row) => sum + row.immature, 0),
    steps: steps.map((step, k) => ({
      step,
      ofAll: shareOf(reaching(k + 1), reaching(0)),
      ofPrevious: shareOf(reaching(k + 1), reaching(k)),
      lost: reaching(k) - reaching(k + 1),
    })),
  };
}

function sentenceOf(groups: readonly Group[], steps: readonly string[], within: number): string {
  const total = groups.reduce((sum, one) => sum + one.accounts, 0);
  const count = (k: number): number => groups.reduce((sum, { steps: own }) => sum + own[k]!.ofAll.count, 0);
  const losses = steps.map((step, k) => ({ step, lost: (k === 0 ? total : count(k - 1)) - count(k) }));
  const worst = losses.reduce((most, one) => (one.lost > most.lost ? one : most));
  return `Of ${accounts(total)}, ${share(shareOf(count(steps.length - 1), total))} did all of it within ${counted(within, 'day')}; most are lost before ${worst.step} (${worst.lost.toLocaleString('en')}).`; // prettier-ignore
}
