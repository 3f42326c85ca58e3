import type { DataQualityAnswer, Warning } from '@milepost/contracts/http';
import { formatTime } from '@milepost/contracts';
import { isNotable } from '../insights/doubts.js';
import type { Insights } from '../insights/insights.js';
import { checkNotEmpty } from '../insights/scoped-accounts.js';
import { shareOf } from '../milestones/reached-shares.js';
import { accounts, are, counted, listed, number, percent } from '../wording/figures.js';

const DAY_MS = 86_400_000;
const SILENT_AFTER_DAYS = 7;
/** The records of so many accounts are looked through in full, and of more in part: the share is what matters. */
const LOOKED_THROUGH = 20_000;
const FIELDS = ['planTier', 'companySize', 'industry', 'region', 'acquisitionChannel'] as const;
/** Standardised differences above this count as a bias. */
const BIASED_FROM = 0.1;

type Data = DataQualityAnswer['data'];

/** Whether the data can be trusted: gaps, rejects, repeats, lateness, silence, and whom we know of. */
export async function dataQuality(insights: Insights): Promise<DataQualityAnswer> {
  const total = insights.snapshot.accounts;
  checkNotEmpty(total);
  const every = Math.max(1, Math.ceil(total / LOOKED_THROUGH));
  const [[journeys], [returned], [context], rejected, [events], types] = await Promise.all([
    insights.ask<Record<'accounts' | 'withoutStart', number>>('quality-journeys', {}),
    insights.ask<{ afterEnd: number }>('came-back', {}),
    insights.ask<Record<string, number>>('quality-context', {}),
    insights.ask<Data['rejected'][number]>('quality-rejected', {}),
    insights.ask<Record<'events' | 'repeated' | 'late', number>>('quality-events', { every }),
    insights.ask<{ type: string; lastAt: string }>('quality-types', {}),
  ]);
  const known = context!;
  const journey = journeys!;
  const looked = events!;
  const data: Data = {
    journeys: {
      complete: shareOf(journey.accounts - journey.withoutStart, journey.accounts),
      withoutStart: journey.withoutStart,
      afterEnd: returned!.afterEnd,
    },
    context: FIELDS.map((field) => ({ field, known: shareOf(known[field]!, known['accounts']!) })),
    rejected,
    duplicates: { rows: looked.events, repeated: looked.repeated },
    lateness: { late: shareOf(looked.late, looked.events) },
    silent: silentTypes(insights, types),
    bias: biasOf(known),
  };
  return {
    data,
    method: {
      name: 'counts of what is missing, refused, repeated, late or silent',
      says: `Over all accounts of the snapshot${every > 1 ? `; repeats and lateness over one in ${every} records` : ''}. An event type is silent when it has not come for ${SILENT_AFTER_DAYS} days of stream time.`, // prettier-ignore
    },
    sample: { accounts: total, leftOut: [], asOf: formatTime(insights.snapshot.asOf), scope: {} },
    events: { count: looked.events, what: 'events looked through' },
    censoring: null,
    interval: { confidence: 0.95, kind: "Wilson's score interval" },
    warnings: doubts(data),
    sentence: sentenceOf(data),
  };
}

function silentTypes({ plan, snapshot }: Insights, types: readonly { type: string; lastAt: string }[]): Data['silent'] {
  const last = new Map(types.map(({ type, lastAt }) => [type, lastAt]));
  const since = new Date(snapshot.asOf / 1000 - SILENT_AFTER_DAYS * DAY_MS).toISOString().slice(0, 10);
  return Object.values(plan.events)
    .filter(({ type }) => (last.get(type) ?? '') < since)
    .map(({ type, owner, steward }) => ({ type, owner, steward, lastAt: last.get(type) ?? null }));
}

function biasOf(known: Record<string, number>): Data['bias'] {
  if (known['full'] === 0) return [];
  const compared = { activity: 'active days in the first 14', milestones: 'milestones reached', left: 'share cancelled' }; // prettier-ignore
  return Object.entries(compared).map(([name, covariate]) => {
    const [own, all, spread] = [known[`${name}Full`]!, known[`${name}All`]!, known[`${name}Spread`]!];
    return { covariate, known: own, all, standardised: spread > 0 ? (own - all) / spread : 0 };
  });
}

function doubts({ bias, silent, journeys }: Data): Warning[] {
  const warnings: Warning[] = [];
  const biased = bias.filter(({ standardised }) => Math.abs(standardised) > BIASED_FROM);
  if (biased.length > 0) {
    warnings.push({ code: 'poor-data', text: `Accounts with full context differ from all accounts in ${listed(biased.map(({ covariate, standardised }) => `${covariate} (${number(standardised, 2)} standard deviations)`))}: figures by context speak of them alone.` }); // prettier-ignore
  }
  if (silent.length > 0) {
    warnings.push({ code: 'poor-data', text: `Silent event types: ${silent.map(({ type, steward }) => `${type} (${steward})`).join(', ')}.` }); // prettier-ignore
  }
  // Where there are more of them every answer says so, and this one with them.
  if (journeys.withoutStart > 0 && !isNotable(journeys.withoutStart, journeys.complete.of)) {
    warnings.push({ code: 'poor-data', text: `${accounts(journeys.withoutStart)} without account.created: their clock starts at the first event that came.` }); // prettier-ignore
  }
  return warnings;
}

function sentenceOf({ journeys, rejected, duplicates, lateness, silent }: Data): string {
  const refused = rejected.reduce((sum, { records }) => sum + records, 0);
  const { afterEnd, complete } = journeys;
  const cameBack = isNotable(afterEnd, complete.of) ? `${accounts(afterEnd)} came back after leaving, ` : '';
  return `${percent(complete.estimate ?? 0)} of journeys have their start, ${cameBack}${counted(refused, 'fault')} ${refused === 1 ? 'was' : 'were'} rejected, ${counted(duplicates.repeated, 'row')} ${duplicates.repeated === 1 ? 'stands' : 'stand'} twice, ${percent(lateness.late.estimate ?? 0)} of events came more than a day late, and ${counted(silent.length, 'event type')} of the plan ${are(silent.length)} silent.`; // prettier-ignore
}
