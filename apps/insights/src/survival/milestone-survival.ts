import type { MilestoneSurvivalAnswer, MilestoneSurvivalQuery, Warning } from '@milepost/contracts/http';
import { ProblemException } from '@milepost/platform';
import type { Insights } from '../insights/insights.js';
import { checkNotEmpty, othersIn, sampleOf, scopedAccounts } from '../insights/scoped-accounts.js';
import { milestoneOf } from '../milestones/windows.js';
import { listed, number } from '../wording/figures.js';
import { doubtsOnLeaving } from '../insights/leaving.js';
import { FEW_EVENTS } from '../wording/warnings.js';
import { KIND, SAID } from '../insights/outcomes.js';
import { landmarkComparison, switchedComparison } from './landmark-comparison.js';
import type { Comparison } from './landmark-comparison.js';

const REFUSED =
  'A milestone as a fixed covariate with the clock at signup credits those who reached it with the time they had to ' +
  'survive to reach it, and makes any milestone look good. Ask with design=landmark (the default; choose landmarks) ' +
  'or design=time-varying; /v1/milestones/{milestone}/immortal-time shows the difference on this data.';

export const ASSOCIATION: Warning = {
  code: 'association-only',
  text: 'Accounts that reach a milestone may differ in what nobody measured: this is an association, not an effect. /v1/effects adjusts for what was measured.',
};

/** Whether accounts that have reached a milestone fare otherwise, without crediting them with time. */
export async function milestoneSurvival(
  insights: Insights,
  name: string,
  query: MilestoneSurvivalQuery,
): Promise<MilestoneSurvivalAnswer> {
  const { milestone, place } = milestoneOf(insights.plan, name);
  const { design, outcome } = query;
  if (design === 'fixed') throw new ProblemException('immortal-time', REFUSED);
  if (design === 'time-varying') checkWithoutLandmark(query);
  const scoped = await scopedAccounts(insights, query);
  const asked = { kind: KIND[outcome], milestone: place, horizon: query.horizon };
  const comparisons: Comparison[] = [];
  if (design === 'time-varying') comparisons.push(await switchedComparison(insights, scoped, asked));
  else for (const at of landmarksOf(query.landmarks)) comparisons.push(await landmarkComparison(insights, scoped, at, asked)); // prettier-ignore
  const [first] = comparisons as [Comparison];
  checkNotEmpty(first.accounts);
  return {
    data: { milestone: milestone.name, outcome, design, comparisons },
    method: methodOf(design),
    sample: sampleOf(scoped, first.accounts, [
      {
        reason: 'not observed for a whole day',
        accounts: design === 'landmark' ? 0 : await othersIn(insights, scoped, first.accounts),
      },
      { reason: `ended at or before the landmark${landmarkText(first)}`, accounts: first.leftOut.ended },
      { reason: `not observed past the landmark${landmarkText(first)}`, accounts: first.leftOut.tooYoung },
    ]),
    events: { count: first.events, what: `accounts that ${SAID[outcome]}${design === 'landmark' ? ` after the landmark${landmarkText(first)}` : ''}` }, // prettier-ignore
    censoring: {
      accounts: first.accounts - first.events,
      rule: outcome === 'cancellation' ? 'Still active when last seen, or at the horizon.' : 'Still active when last seen, at the horizon, or left before: cause-specific hazards.', // prettier-ignore
    },
    interval: { confidence: 0.95, kind: 'Wald, symmetric in the log hazard ratio; curves log-log' },
    warnings: [ASSOCIATION, ...comparisons.flatMap(doubts), ...(outcome === 'cancellation' ? await doubtsOnLeaving(insights, scoped) : [])], // prettier-ignore
    sentence: `Of having reached ${milestone.name}: ${comparisons.map((one) => sentenceOf(one, SAID[outcome])).join('; ')}.`,
  };
}

const landmarkText = ({ landmark }: Comparison): string => (landmark === null ? '' : ` of day ${landmark}`);

const methodOf = (design: 'landmark' | 'time-varying'): MilestoneSurvivalAnswer['method'] =>
  design === 'landmark'
    ? {
        name: 'landmark analysis (Cox, stratified by segment)',
        says: 'Accounts still active at the landmark, grouped by what they had reached by then, with the clock starting there. Whoever reaches it later stays in the group without.',
      }
    : {
        name: 'time-varying covariate (Cox, stratified by segment)',
        says: 'From signup on, with each account counted as without the milestone until it reaches it and as with it from then on.',
      };

/** Ascending, each once. */
export const landmarksOf = (text = '7,14,30'): number[] =>
  [...new Set(text.split(',').map(Number))].sort((a, b) => a - b);

function checkWithoutLandmark({ landmarks, horizon }: MilestoneSurvivalQuery): void {
  const given = Object.entries({ landmarks, horizon }).filter(([, value]) => value !== undefined);
  if (given.length === 0) return;
  const names = listed(given.map(([name]) => name));
  throw new ProblemException('invalid-query', `design is time-varying and ${names} given: accounts are followed from signup on, for as long as they were seen; leave ${names} out, or ask with design=landmark.`, { errors: given.map(([parameter]) => ({ parameter, detail: 'not for design=time-varying' })) }); // prettier-ignore
}

function doubts(one: Comparison): Warning[] {
  const where = one.landmark === null ? 'Time-varying' : `Landmark ${one.landmark}`;
  if (one.whyNot !== null) return [{ code: 'no-estimate', text: `${where}: ${one.whyNot}` }];
  if (one.groups.every(({ events }) => events >= FEW_EVENTS)) return [];
  const counts = one.groups.map(({ reached, events }) => `${events} with${reached ? '' : 'out'} it`);
  return [{ code: 'few-events', text: `${where}: ${listed(counts)}, which is few for a hazard ratio.` }];
}

function sentenceOf({ landmark, hazardRatio }: Comparison, outcome: string): string {
  const start = landmark === null ? 'over time' : `from day ${landmark}`;
  if (hazardRatio === null) return `${start} the data cannot say`;
  const { ratio, lower, upper } = hazardRatio;
  const rate = `${number(ratio, 2)} times the rate (${number(lower, 2)} to ${number(upper, 2)}) at which accounts ${outcome}`;
  return lower > 1 || upper < 1 ? `${start} it is associated with ${rate}` : `${start} no clear difference, ${rate}`;
}
