import type { AttributionAnswer, AttributionQuery } from '@milepost/contracts/http';
import { ProblemException } from '@milepost/platform';
import { Chance } from '@milepost/simulator';
import { hasNoAnswer, removalIntervals, touchAttribution } from '@milepost/statistics';
import type { AttributedShare, RemovalInterval, TouchPath } from '@milepost/statistics';
import type { Insights } from '../insights/insights.js';
import { KIND, STATE_OF } from '../insights/outcomes.js';
import { checkObservedFor, othersIn, sampleOf, scopedAccounts } from '../insights/scoped-accounts.js';
import { OTHER } from '../paths/paths.js';
import { accounts, are, counted, listed, percent, share } from '../wording/figures.js';
import { SMALL_CELL } from '../wording/warnings.js';
import { withoutRare } from './rare-touches.js';

interface Row {
  channels: string[];
  ages: number[];
  converted: number;
  accounts: number;
}
type Touch = AttributionAnswer['data']['touches'][number];
type Theme = AttributionAnswer['data']['themes'][number];

const QUALITATIVE = ['interview', 'ticket', 'nps'];
const DRAWS = 200;
const MOST_TOUCHES = 50;

/** Which touches came before an outcome, counted in ways that do not end with the last click; and what was said. */
export async function attribution(insights: Insights, query: AttributionQuery): Promise<AttributionAnswer> {
  const scoped = await scopedAccounts(insights, query);
  const asked = { ...scoped.parameters, kind: KIND[query.outcome], within: query.within };
  const [touched, themes] = await Promise.all([
    insights.ask<Row>('touch-paths', asked),
    insights.ask<Theme>('touch-themes', asked),
  ]);
  const { rows, rare } = withoutRare(touched, MOST_TOUCHES);
  const total = count(rows);
  checkObservedFor(query.within, total);
  const conversions = count(rows.filter(({ converted }) => converted === 1));
  if (conversions === 0) {
    throw new ProblemException('not-enough-data', `None of ${accounts(total)} ${STATE_OF[query.outcome]} within ${counted(query.within, 'day')} of signup: give a larger within or fewer filters.`); // prettier-ignore
  }
  const paths = rows.map(({ channels, ages, converted, accounts }): TouchPath =>
    converted === 1 ? { channels, ages, conversions: accounts } : { channels, conversions: 0, losses: accounts },
  );
  const decay = touchAttribution(paths, { kind: 'decay', halfLife: query.halfLife });
  const last = new Map(touchAttribution(paths, { kind: 'last' }).map((one) => [one.channel, bounded(one)]));
  const { removal, whyNoRemoval } = removalOrWhy(rows);
  const seen = new Set(rows.filter(({ converted }) => converted === 1).flatMap(({ channels }) => channels));
  const touches = decay.map((credited): Touch => {
    const { channel } = credited;
    const own = removal.get(channel);
    // Accounts drawn anew never have what none of them had: the bootstrap would be sure of nothing.
    const bounds = seen.has(channel) ? { lower: own?.lower ?? null, upper: own?.upper ?? null } : { lower: null, upper: null }; // prettier-ignore
    return {
      touch: channel,
      isQualitative: QUALITATIVE.includes(channel),
      accounts: count(rows.filter(({ channels }) => channels.includes(channel))),
      lastTouch: last.get(channel)!,
      decay: bounded(credited),
      removal: own ? { share: own.share, ...bounds, effect: own.effect } : null,
    };
  });
  return {
    data: { outcome: query.outcome, conversionRate: conversions / total, touches, whyNoRemoval, themes },
    method: {
      name: 'time decay beside Markov removal effects',
      says: `Touches of each account up to its outcome, or for ${counted(query.within, 'day')} without one: how it came, guides it finished, and what was heard of it. Decay halves a touch every ${counted(query.halfLife, 'day')}; removal asks what share of outcomes would be missing if paths through a touch led nowhere.`, // prettier-ignore
    },
    sample: sampleOf(scoped, total, [{ reason: `observed for less than ${counted(query.within, 'day')}`, accounts: await othersIn(insights, scoped, total) }]), // prettier-ignore
    events: { count: conversions, what: `accounts that ${STATE_OF[query.outcome]}` },
    censoring: { accounts: 0, rule: 'None: only accounts observed for the whole time.' },
    interval: {
      confidence: 0.95,
      kind: `decay and last touch: Wilson's, wide enough for any way of sharing out; removal: bootstrap over accounts, ${DRAWS} draws`,
    },
    warnings: [
      { code: 'association-only', text: 'A way of counting, never a cause: a touch that many accounts pass anyway scores high. Where the two ways differ, believe neither; run an experiment.' }, // prettier-ignore
      { code: 'assumption', text: 'Accounts without the outcome had the whole time to gather touches, those with it only the time until then.' }, // prettier-ignore
      ...(conversions < SMALL_CELL ? [{ code: 'few-events' as const, text: `${counted(conversions, 'outcome')} ${are(conversions)} few to share out.` }] : []), // prettier-ignore
      ...(touches.every(({ touch }) => seen.has(touch)) ? [] : [{ code: 'no-estimate' as const, text: `None with the outcome had ${listed(touches.filter(({ touch }) => !seen.has(touch)).map(({ touch }) => touch))}: a share of 0, and nothing says how far off it may be.` }]), // prettier-ignore
      ...(rare > 0 ? [{ code: 'assumption' as const, text: `The ${rare} rarest touches are taken together as ${OTHER}; filter by channel to look at one.` }] : []), // prettier-ignore
      ...(whyNoRemoval === null ? [] : [{ code: 'no-estimate' as const, text: whyNoRemoval }]),
    ],
    sentence: sentenceOf(STATE_OF[query.outcome], touches, themes),
  };
}

const bounded = ({ share, lower, upper }: AttributedShare): Touch['decay'] => ({ share, lower, upper });
const count = (rows: readonly Row[]): number => rows.reduce((sum, { accounts }) => sum + accounts, 0);

/** By path alone: the chain does not know how long ago a touch was. The same rows give the same draws. */
function removalOrWhy(rows: readonly Row[]) {
  const merged = new Map<string, { channels: string[]; conversions: number; losses: number }>();
  for (const { channels, converted, accounts } of rows) {
    const key = channels.join('\n');
    const own = merged.get(key) ?? { channels, conversions: 0, losses: 0 };
    own[converted === 1 ? 'conversions' : 'losses'] += accounts;
    merged.set(key, own);
  }
  const chance = new Chance(1, 0);
  try {
    const found = removalIntervals([...merged.values()], { random: () => chance.next(), draws: DRAWS });
    return { removal: new Map(found.map((one) => [one.channel, one])), whyNoRemoval: null };
  } catch (error) {
    if (!hasNoAnswer(error)) throw error;
    return { removal: new Map<string, RemovalInterval>(), whyNoRemoval: error.message };
  }
}

function sentenceOf(outcome: string, touches: readonly Touch[], themes: readonly Theme[]): string {
  const top = [...touches].sort((a, b) => b.decay.share - a.decay.share).slice(0, 3);
  const said = top.map(({ touch, decay, removal }) => `${touch} ${share({ ...decay, estimate: decay.share })}${removal ? ` and by removal ${removal.lower === null ? percent(removal.share) : share({ ...removal, estimate: removal.share })}` : ''}`); // prettier-ignore
  const worst = themes.filter(({ sentiment, accounts }) => sentiment !== null && accounts >= 5).sort((a, b) => a.sentiment! - b.sentiment!)[0]; // prettier-ignore
  const heard = worst ? `; the theme with the worst mood is ${worst.theme} (${worst.touch}s of ${accounts(worst.accounts)})` : ''; // prettier-ignore
  return `Before accounts ${outcome}, most credit goes to ${listed(said)}${heard}.`;
}
