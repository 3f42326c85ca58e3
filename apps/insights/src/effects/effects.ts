import type { EffectsAnswer, EffectsQuery, Warning } from '@milepost/contracts/http';
import { ProblemException } from '@milepost/platform';
import { currencyOf, minorUnits } from '../insights/currency.js';
import type { Insights } from '../insights/insights.js';
import { doubtsOnLeaving } from '../insights/leaving.js';
import { checkKnown, checkNotEmpty, sampleOf, scopedAccounts } from '../insights/scoped-accounts.js';
import { accounts, are, counted, listed, number, percent, points } from '../wording/figures.js';
import { FEW_EVENTS } from '../wording/warnings.js';
import { adjustedEffects, adjustedOf } from './adjusted-effects.js';
import type { AdjustedEffects, EffectPattern } from './adjusted-effects.js';
import { naiveDifference } from './naive-difference.js';

type Row = EffectPattern & { place: 'kept' | 'ended' | 'young' | 'long-term' };

/** Below so many accounts in an arm nothing is adjusted: the model would be made of chance. */
export const LEAST_ARM = 20;
const UNITS = { renewal: 'share renewed', retention: 'share not cancelled', expansion: 'share expanded' };
const SPREAD =
  'Revenue: what falls into these days of each term’s amount, spread evenly over the term (30 days a month) until it ends or the contract changes, whenever it was billed. ';
const STEPS = 50;
/** Below so many units of a currency on average, their hundredths matter. */
const FEW_UNITS = 100;
const DID = { renewal: 'renewed', retention: 'stayed', expansion: 'expanded', revenue: 'brought revenue' };

/** What came of accounts that had something early beside those that had not: as they are, and adjusted. */
export async function effects(insights: Insights, query: EffectsQuery): Promise<EffectsAnswer> {
  const { exposure, outcome, landmark, horizon } = query;
  const names = insights.plan.milestones.map(({ name }) => name);
  checkKnown('exposure', exposure, [...names, 'automated', 'personal']);
  const scoped = await scopedAccounts(insights, query);
  const isBinary = outcome !== 'revenue';
  const currency = isBinary ? null : await currencyOf(insights, scoped);
  const window = { landmark, horizon, minor: minorUnits(currency ?? '') };
  const asked = {
    ...window,
    step: isBinary ? 1 : await stepOf(insights, { ...scoped.parameters, ...window }),
    milestone: names.indexOf(exposure) + 1,
    exposure,
    outcome,
  };
  const rows = await insights.ask<Row>('effect-patterns', { ...scoped.parameters, ...asked });
  checkNotEmpty(count(rows));
  const kept = rows.filter(({ place }) => place === 'kept');
  checkArms(kept, query);
  const naive = naiveDifference(kept, isBinary);
  const adjusted = adjustedEffects(kept);
  const { weighted, augmented } = adjusted;
  const lines = [adjustedOf('overlap weights of propensity scores', weighted.estimand, weighted)];
  if (augmented) lines.push(adjustedOf('augmented inverse probability weights, cross-fitted', 'all accounts', augmented)); // prettier-ignore
  const left = (place: Row['place']): number => count(rows.filter((row) => row.place === place));
  return {
    data: {
      exposure,
      outcome,
      unit: isBinary ? UNITS[outcome] : amountOf(currency),
      accounts: { exposed: arm(kept, 1), others: arm(kept, 0) },
      naive,
      adjusted: lines,
      covariates: adjusted.covariates,
      overlap: {
        coefficient: weighted.overlap.coefficient,
        outsideCommon: weighted.overlap.outsideCommon,
        extreme: weighted.overlap.extreme,
        bins: weighted.overlap.bins.map(({ from, to, treated, others }) => ({ from, to, exposed: treated, others })),
      },
      balance: weighted.balance.map(({ name, before, after }) => ({ covariate: name, before, after })),
      isBalanced: weighted.isBalanced,
      effectiveSize: { exposed: weighted.effectiveSize.treated, others: weighted.effectiveSize.others },
    },
    method: {
      name: 'difference at a landmark, naive and adjusted',
      says: `Accounts still active on day ${landmark}, by whether they had ${exposure} by then; the outcome in the ${counted(horizon, 'day')} after. ${isBinary ? '' : SPREAD}Adjusted for what was known at signup, and for nothing later.`,
    },
    sample: sampleOf(scoped, count(kept), [
      { reason: `cancelled by day ${landmark}`, accounts: left('ended') },
      { reason: `not observed to day ${landmark + horizon}`, accounts: left('young') },
      { reason: 'on terms that end outside the horizon', accounts: left('long-term') },
    ]),
    events: isBinary
      ? { count: count(kept.filter((row) => row.outcome === 1)), what: `accounts that ${DID[outcome]}` }
      : { count: count(kept.filter((row) => row.outcome > 0)), what: `accounts that ${DID.revenue}` },
    censoring: { accounts: left('young'), rule: 'Not observed for the whole horizon: left out, so nothing is censored within it.' }, // prettier-ignore
    interval: { confidence: 0.95, kind: 'naive: Newcombe (means: Welch); adjusted: from influence functions, the scores’ own uncertainty included' }, // prettier-ignore
    warnings: [
      ...doubts(adjusted, left('long-term')),
      ...(exposure === 'personal' ? [PERSONAL] : []),
      ...(outcome === 'retention' ? await doubtsOnLeaving(insights, scoped) : []),
      ...(isBinary ? fewOutcomes(kept, query) : []),
    ],
    sentence: sentenceOf(query, weighted, naive.difference.estimate ?? 0, currency),
  };
}

const PERSONAL: Warning = { code: 'assumption', text: 'Personal is here an interview or a ticket by the landmark; /v1/onboarding also counts who came through sales.' }; // prettier-ignore

const amountOf = (currency: string | null): string => `${currency ?? 'amount'} of revenue from an account`;

/** What falls into the same step becomes one pattern, at its mean: a fiftieth of what those who bring anything bring. */
async function stepOf(insights: Insights, asked: Readonly<Record<string, unknown>>): Promise<number> {
  const [row] = await insights.ask<{ mean: number | null }>('revenue-size', asked);
  const { mean } = row!;
  return mean === null ? 1 : Number((mean / STEPS).toPrecision(2));
}

export const count = (rows: readonly { accounts: number }[]): number => rows.reduce((sum, row) => sum + row.accounts, 0); // prettier-ignore
const arm = (rows: readonly EffectPattern[], exposed: number): number =>
  count(rows.filter((row) => row.exposed === exposed));

export function nobodyObserved({
  landmark,
  horizon,
  outcome,
}: Pick<EffectsQuery, 'landmark' | 'horizon' | 'outcome'>): string {
  const term = outcome === 'renewal' ? ' on a term that could end in between' : '';
  return `No account that was active on day ${landmark} was observed to day ${landmark + horizon}${term}: give a smaller horizon or landmark.`;
}

function checkArms(kept: readonly EffectPattern[], { exposure, landmark, horizon, outcome }: EffectsQuery): void {
  const [others, exposed] = [arm(kept, 0), arm(kept, 1)];
  if (count(kept) === 0) {
    throw new ProblemException('beyond-the-data', nobodyObserved({ landmark, horizon, outcome }));
  }
  if (Math.min(others, exposed) >= LEAST_ARM) return;
  throw new ProblemException('not-enough-data', `${accounts(exposed)} had ${exposure} by day ${landmark} and ${others} had not, with ${counted(horizon, 'day')} observed after; at least ${LEAST_ARM} of each are needed. Give a smaller horizon, another landmark, or fewer filters.`); // prettier-ignore
}

const isOutside = (value: number, { lower, upper }: { lower: number; upper: number }): boolean =>
  value < lower || value > upper;

function doubts(
  { weighted, augmented, implied, whyNotAugmented, wasHeld }: AdjustedEffects,
  longTerm: number,
): Warning[] {
  const strength = weighted.eValue === null ? '' : ': the E-value says how strong it must be';
  const warnings: Warning[] = [
    { code: 'association-only', text: `Adjusted for what was known at signup only. What nobody measured, such as how well the product fits, can move both${strength}. Only an experiment proves an effect.` }, // prettier-ignore
  ];
  if (augmented && isOutside(augmented.difference.estimate, weighted.difference)) warnings.push({ code: 'assumption', text: 'The two adjusted estimates differ: overlap weights are of the accounts that compare, augmented weights of all, where some hardly do. Trust neither to the point.' }); // prettier-ignore
  if (!weighted.isBalanced) warnings.push({ code: 'not-balanced', text: 'After weighing, a covariate still differs by more than 0.1 standard deviations.' }); // prettier-ignore
  if (weighted.overlap.coefficient < 0.5) warnings.push({ code: 'no-overlap', text: 'The two groups hardly overlap in what was known at signup: few of them compare.' }); // prettier-ignore
  if (implied.length > 0) warnings.push({ code: 'assumption', text: `Not among the covariates, for the others make them up: ${implied.join(', ')}.` }); // prettier-ignore
  if (wasHeld) warnings.push({ code: 'assumption', text: 'A covariate all but decides who has it; the scores were held by a ridge.' }); // prettier-ignore
  if (whyNotAugmented !== null) warnings.push({ code: 'no-estimate', text: `Augmented weights: ${whyNotAugmented}` });
  if (longTerm > 0) warnings.push({ code: 'assumption', text: `${accounts(longTerm)} on terms that end outside the horizon could not renew in it and ${are(longTerm)} left out; who takes such a term may differ.` }); // prettier-ignore
  return warnings;
}

/** With next to no events, or next to no others, an arm's influence functions see next to no error. */
function fewOutcomes(kept: readonly EffectPattern[], { exposure, outcome }: EffectsQuery): Warning[] {
  const few = [1, 0].flatMap((exposed) => {
    const events = count(kept.filter((row) => row.exposed === exposed && row.outcome === 1));
    if (Math.min(events, arm(kept, exposed) - events) >= FEW_EVENTS) return [];
    return [`${events} of ${arm(kept, exposed)} with${exposed === 1 ? '' : 'out'} ${exposure} ${DID[outcome]}`];
  });
  if (few.length === 0) return [];
  return [{ code: 'few-events', text: `${listed(few)}: adjusted intervals may be too narrow then; read the naive one beside them.` }]; // prettier-ignore
}

function sentenceOf(
  query: EffectsQuery,
  weighted: AdjustedEffects['weighted'],
  naive: number,
  currency: string | null,
): string {
  const { exposure, outcome, landmark } = query;
  const { treatedMean, otherMean, difference } = weighted;
  const isAmount = outcome === 'revenue';
  const unit = currency === null ? '' : ` ${currency}`;
  const digits = Math.max(Math.abs(treatedMean), Math.abs(otherMean)) < FEW_UNITS ? 2 : 0;
  const say = (value: number): string => (isAmount ? number(value, digits) : percent(value));
  const before = isAmount ? number(naive, digits) : number(100 * naive, 0);
  const isClear = difference.lower > 0 || difference.upper < 0;
  const spread = isAmount ? `${say(difference.estimate)}${unit} (${say(difference.lower)} to ${say(difference.upper)})` : points(difference); // prettier-ignore
  const subject = isAmount ? 'Accounts' : 'Of accounts';
  const means = isAmount
    ? ` brought ${say(treatedMean)}${unit} on average, against ${say(otherMean)} of comparable ones`
    : `, ${say(treatedMean)} ${DID[outcome]}, against ${say(otherMean)} of comparable ones`;
  return `${subject} that had ${exposure} by day ${landmark}${means} that had not: ${isClear ? 'associated with a difference of' : 'no clear difference,'} ${spread} after adjusting, ${before} before.`; // prettier-ignore
}
