import type { BenchmarksAnswer, BenchmarksQuery } from '@milepost/contracts/http';
import { ProblemException } from '@milepost/platform';
import { measureRows } from '../explore/explore.js';
import { measuresOf } from '../explore/measures.js';
import type { Insights } from '../insights/insights.js';
import { checkKnown, checkNotEmpty, sampleOf, scopedAccounts } from '../insights/scoped-accounts.js';
import { accounts, listed, percent, share } from '../wording/figures.js';
import { smallCells } from '../wording/warnings.js';
import { shrunkShares } from './shrunk-shares.js';

type Group = BenchmarksAnswer['data']['groups'][number];

/** A share by group, with groups of few accounts pulled towards the others. */
export async function benchmarks(insights: Insights, query: BenchmarksQuery): Promise<BenchmarksAnswer> {
  const shares = measuresOf(insights.plan).filter(({ counts }) => counts !== null);
  checkKnown('measure', query.measure, shares.map(({ name }) => name)); // prettier-ignore
  const measure = shares.find(({ name }) => name === query.measure)!;
  const scoped = await scopedAccounts(insights, query);
  const rows = await measureRows(insights, scoped, [measure], [query.by]);
  checkNotEmpty(rows.length);
  const counted = rows.map((row) => ({ group: row.first, ...measure.counts!(row) }));
  const counts = { events: counted.map(({ count }) => count), trials: counted.map(({ of }) => of) };
  if (counts.trials.filter((of) => of > 0).length < 2) {
    throw new ProblemException('not-enough-data', `Fewer than two groups have an account that was observed for as long as ${measure.name} needs, so there is nothing to compare: give another \`by\` or fewer filters, or ask /v1/explore for the share alone.`); // prettier-ignore
  }
  const { prior, average, segments } = shrunkShares(counts);
  const groups = segments.map((one, k) => ({
    group: counted[k]!.group,
    count: one.events,
    of: one.trials,
    raw: one.raw,
    estimate: one.estimate,
    lower: one.lower,
    upper: one.upper,
    pull: one.pull,
  }));
  const total = counts.trials.reduce((sum, one) => sum + one, 0);
  return {
    data: { measure: measure.name, prior, average, groups }, // prettier-ignore
    method: {
      name: prior,
      says: `${measure.description} Groups with few accounts are pulled towards the others; \`pull\` is the weight of the others in the estimate.`,
    },
    sample: sampleOf(scoped, total, [{ reason: measure.leavesOut ?? 'not observed for as long as the measure needs', accounts: rows.reduce((sum, row) => sum + row.accounts, 0) - total }]), // prettier-ignore
    events: { count: counts.events.reduce((sum, one) => sum + one, 0), what: `accounts: ${measure.name}` },
    censoring: null,
    interval: { confidence: 0.95, kind: 'equal-tailed posterior' },
    warnings: [
      ...smallCells(groups.map(({ group, of }) => ({ group, accounts: of }))),
      { code: 'assumption', text: 'Groups are taken as exchangeable: before their data nothing says which is higher.' },
    ],
    sentence: sentenceOf(measure.name, groups),
  };
}

function sentenceOf(measure: string, groups: readonly Group[]): string {
  const seen = groups.filter(({ of }) => of > 0);
  const said = seen.slice(0, 6).map((group) => `${group.group} ${share(group)}, as counted ${percent(group.raw!)}`);
  const unseen = groups.filter(({ of }) => of === 0).map(({ group }) => group);
  const most = seen.reduce((best, one) => (one.pull > best.pull ? one : best));
  const none = unseen.length === 0 ? '' : `; of ${listed(unseen)} nothing can be said yet`;
  return `${measure}: ${listed(said)}${none}; ${most.group}, with ${accounts(most.of)}, is pulled the most (${percent(most.pull)} of its figure is the others').`; // prettier-ignore
}
