import { ONBOARDING_KINDS } from '@milepost/contracts/http';
import type { OnboardingAnswer, OnboardingQuery } from '@milepost/contracts/http';
import { ProblemException } from '@milepost/platform';
import { hasNoAnswer, proportionComparison } from '@milepost/statistics';
import { adjustedEffects } from '../effects/adjusted-effects.js';
import type { EffectPattern } from '../effects/adjusted-effects.js';
import { count, LEAST_ARM, nobodyObserved } from '../effects/effects.js';
import type { Insights } from '../insights/insights.js';
import { checkNotEmpty, othersIn, sampleOf, scopedAccounts } from '../insights/scoped-accounts.js';
import { shareOf } from '../milestones/reached-shares.js';
import { accounts, counted, listed, points, share } from '../wording/figures.js';
import { smallCells } from '../wording/warnings.js';

interface Row {
  segment: string;
  kind: (typeof ONBOARDING_KINDS)[number];
  accounts: number;
  mature: number;
  longTerm: number;
  events: number;
}
type Segment = OnboardingAnswer['data']['segments'][number];
interface Total {
  events: number;
  accounts: number;
}

const DEFINITIONS: OnboardingAnswer['data']['definitions'] = {
  automated: 'A guide was completed by the landmark, and nobody was spoken to.',
  personal: 'An interview or a ticket was recorded by the landmark, or the account came through the channel `sales`; no guide was completed.', // prettier-ignore
  both: 'Both of these.',
  neither: 'Neither of these.',
};
const DID = { renewal: 'renewed', retention: 'stayed', expansion: 'expanded' };

/** Automated beside personal onboarding, segment by segment. */
export async function onboardingKinds(insights: Insights, query: OnboardingQuery): Promise<OnboardingAnswer> {
  const { landmark, horizon, outcome } = query;
  const scoped = await scopedAccounts(insights, query);
  const rows = await insights.ask<Row>('onboarding-kinds', { ...scoped.parameters, landmark, horizon, outcome });
  const total = rows.reduce((sum, one) => sum + one.accounts, 0);
  checkNotEmpty(total);
  const mature = rows.reduce((sum, one) => sum + one.mature, 0);
  const longTerm = rows.reduce((sum, one) => sum + one.longTerm, 0);
  if (mature === 0) {
    throw new ProblemException('beyond-the-data', nobodyObserved(query)); // prettier-ignore
  }
  const segments = insights.plan.segments
    .map(({ name }) => name)
    .filter((name) => rows.some(({ segment }) => segment === name))
    .map((name) => segmentOf(name, rows.filter(({ segment }) => segment === name))); // prettier-ignore
  const patterns = await insights.ask<EffectPattern & { place: string }>('effect-patterns', {
    // No amount is asked for.
    minor: 1,
    step: 1,
    ...scoped.parameters,
    milestone: 0,
    exposure: 'personal-over-automated',
    outcome,
    landmark,
    horizon,
  });
  const { adjusted, whyNotAdjusted } = adjustedOrWhy(patterns.filter(({ place }) => place === 'kept'));
  return {
    data: { definitions: DEFINITIONS, segments, adjusted, whyNotAdjusted },
    method: {
      name: 'shares by kind of onboarding at a landmark; overlap weights over all segments',
      says: `Accounts still active on day ${landmark}, by what touched them until then; how many ${DID[outcome]} in the ${counted(horizon, 'day')} after. The channel is part of the definition, so it is not adjusted for.`,
    },
    sample: sampleOf(scoped, mature, [
      { reason: `not active on day ${landmark}`, accounts: await othersIn(insights, scoped, total) },
      { reason: `not observed to day ${landmark + horizon}`, accounts: total - mature - longTerm },
      { reason: 'on terms that end outside the horizon', accounts: longTerm },
    ]),
    events: { count: rows.reduce((sum, one) => sum + one.events, 0), what: `accounts that ${DID[outcome]}` },
    censoring: { accounts: total - mature - longTerm, rule: 'Not observed for the whole horizon: left out.' },
    interval: { confidence: 0.95, kind: "Wilson's for shares, Newcombe's for differences, influence functions for the adjusted one" }, // prettier-ignore
    warnings: [
      { code: 'association-only', text: 'People speak with accounts for a reason, often a bad one: who is spoken to differs from who is not. Only an experiment tells which kind helps.' }, // prettier-ignore
      ...smallCells(segments.flatMap(({ segment, kinds }) => kinds.filter(({ kind }) => kind !== 'neither').map((one) => ({ group: `${segment}, ${one.kind}`, accounts: one.outcome.of })))), // prettier-ignore
      ...(adjusted && !adjusted.isBalanced ? [{ code: 'not-balanced' as const, text: 'After weighing, a covariate still differs by more than 0.1 standard deviations.' }] : []), // prettier-ignore
    ],
    sentence: sentenceOf(segments, DID[outcome]),
  };
}

function segmentOf(segment: string, rows: readonly Row[]): Segment {
  const kinds = ONBOARDING_KINDS.map((kind) => {
    const own = rows.find((row) => row.kind === kind);
    return { kind, outcome: shareOf(own?.events ?? 0, own?.mature ?? 0) };
  });
  return { segment, kinds, difference: differenceOf(totalOf(kinds, 'automated'), totalOf(kinds, 'personal', 'both')) };
}

const totalOf = (kinds: Segment['kinds'], ...wanted: string[]): Total =>
  kinds
    .filter(({ kind }) => wanted.includes(kind))
    .reduce((sum, { outcome }) => ({ events: sum.events + outcome.count, accounts: sum.accounts + outcome.of }), { events: 0, accounts: 0 }); // prettier-ignore

function differenceOf(automated: Total, personal: Total): Segment['difference'] {
  // prettier-ignore
  if (automated.accounts < 2 || personal.accounts < 2) return { estimate: null, lower: null, upper: null, p: null };
  const { estimate, lower, upper, p } = proportionComparison(automated, personal, { interval: 'newcombe' }).difference;
  return { estimate, lower, upper, p };
}

function adjustedOrWhy(kept: readonly EffectPattern[]): Pick<OnboardingAnswer['data'], 'adjusted' | 'whyNotAdjusted'> {
  const arms = [0, 1].map((exposed) => count(kept.filter((row) => row.exposed === exposed)));
  if (Math.min(...arms) < LEAST_ARM) {
    return { adjusted: null, whyNotAdjusted: `${accounts(arms[1]!)} with personal and ${arms[0]} with automated onboarding; at least ${LEAST_ARM} of each are needed.` }; // prettier-ignore
  }
  try {
    const { weighted } = adjustedEffects(kept, ['channel']);
    const { estimate, lower, upper } = weighted.difference;
    const own = {
      difference: { estimate, lower, upper },
      estimand: weighted.estimand,
      isBalanced: weighted.isBalanced,
    };
    return { adjusted: { ...own, eValue: weighted.eValue?.estimate ?? null }, whyNotAdjusted: null };
  } catch (error) {
    if (!hasNoAnswer(error)) throw error;
    return { adjusted: null, whyNotAdjusted: error.message };
  }
}

function sentenceOf(segments: readonly Segment[], did: string): string {
  const parts = segments.map(({ segment, difference: { estimate, lower, upper } }) => {
    if (estimate === null || lower === null || upper === null) return `${segment}: too few to say`;
    const said = points({ estimate, lower, upper });
    return lower > 0 || upper < 0 ? `${segment}: ${said}` : `${segment}: no clear difference, ${said}`;
  });
  const all = segments.flatMap(({ kinds }) => kinds);
  const overall = (...wanted: string[]): string => {
    const { events, accounts: of } = totalOf(all, ...wanted);
    return of === 0 ? 'nothing can be said, for there are none' : `${share(shareOf(events, of))} ${did}`;
  };
  return `Of accounts with guides alone ${overall('automated')}, of those with a person, alone or beside guides, ${overall('personal', 'both')}; by segment, the second less the first: ${listed(parts)}.`; // prettier-ignore
}
