import type { ImmortalTimeAnswer, ImmortalTimeQuery } from '@milepost/contracts/http';
import type { Insights } from '../insights/insights.js';
import { checkNotEmpty, othersIn, sampleOf, scopedAccounts } from '../insights/scoped-accounts.js';
import { milestoneOf } from '../milestones/windows.js';
import { listed, number } from '../wording/figures.js';
import { hazardRatioOf } from './hazard-ratio-of.js';
import type { CountedRow } from './hazard-ratio-of.js';
import { KIND, SAID } from '../insights/outcomes.js';
import { countOf, landmarkComparison, switchedComparison } from './landmark-comparison.js';
import { ASSOCIATION, landmarksOf } from './milestone-survival.js';

type Design = ImmortalTimeAnswer['data']['designs'][number];

/** The design that is wrong beside those that are not: the one place where a naive figure is shown. */
export async function immortalTime(
  insights: Insights,
  name: string,
  query: ImmortalTimeQuery,
): Promise<ImmortalTimeAnswer> {
  const { milestone, place } = milestoneOf(insights.plan, name);
  const scoped = await scopedAccounts(insights, query);
  const asked = { kind: KIND[query.outcome], milestone: place };
  const rows = await insights.ask<CountedRow>('ever-reached-times', { ...scoped.parameters, ...asked });
  checkNotEmpty(countOf(rows));
  const naive: Design = {
    design: 'ever reached, from signup',
    isHonest: false,
    hazardRatio: hazardRatioOf(rows).hazardRatio,
    says: 'Wrong: those who reached it are credited with the time they had to survive to reach it.',
  };
  const switched = await switchedComparison(insights, scoped, asked);
  const honest: Design[] = [{ design: 'time-varying', isHonest: true, hazardRatio: switched.hazardRatio, says: switched.whyNot ?? 'Counted as without it until it is reached.' }]; // prettier-ignore
  for (const at of landmarksOf(query.landmarks)) {
    const { hazardRatio, whyNot } = await landmarkComparison(insights, scoped, at, asked);
    honest.push({ design: `landmark at day ${at}`, isHonest: true, hazardRatio, says: whyNot ?? `By what was reached by day ${at}, from then on.` }); // prettier-ignore
  }
  return {
    data: { milestone: milestone.name, designs: [naive, ...honest] },
    method: {
      name: 'the same data in a wrong and in honest designs (Cox, stratified by segment)',
      says: 'The first line is a lesson and no finding. The others do not use what was not yet known.',
    },
    sample: sampleOf(scoped, countOf(rows), [{ reason: 'not observed for a whole day', accounts: await othersIn(insights, scoped, countOf(rows)) }]), // prettier-ignore
    events: { count: countOf(rows.filter(({ event }) => event === 1)), what: `accounts that ${SAID[query.outcome]}` },
    censoring: { accounts: countOf(rows.filter(({ event }) => event === 0)), rule: 'Still active when last seen, or left before.' }, // prettier-ignore
    interval: { confidence: 0.95, kind: 'Wald, symmetric in the log hazard ratio' },
    warnings: [ASSOCIATION],
    sentence: sentenceOf(milestone.name, naive, honest),
  };
}

function sentenceOf(milestone: string, naive: Design, honest: readonly Design[]): string {
  const said = ({ design, hazardRatio }: Design): string => {
    if (hazardRatio === null) return `${design} cannot be said`;
    const { ratio, lower, upper } = hazardRatio;
    return `${design} ${number(ratio, 2)} (${number(lower, 2)} to ${number(upper, 2)})`;
  };
  return `Hazard ratio of ${milestone}, read naively: ${said(naive)}; counted honestly: ${listed(honest.map(said))}.`;
}
