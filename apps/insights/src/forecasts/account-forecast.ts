import type { AccountForecastAnswer, AccountForecastQuery, Warning } from '@milepost/contracts/http';
import { LEAST_EVENTS } from '@milepost/onboarding/learning';
import { beatsBase } from '@milepost/statistics';
import { readCursor, writeCursor } from '../asking/cursor.js';
import { minorUnits, SEVERAL } from '../insights/currency.js';
import type { Insights } from '../insights/insights.js';
import { sampleOf, scopedAccounts } from '../insights/scoped-accounts.js';
import { accounts, are, counted, listed, number, share } from '../wording/figures.js';
import { FEW_EVENTS } from '../wording/warnings.js';
import type { Seen } from './factor-model.js';
import { EXPANSION_DAYS } from './forecast-factors.js';
import type { ExpansionFactor, RenewalFactor } from './forecast-factors.js';
import { chancesOf, learntFrom } from './learnt.js';
import type { Chance, Forecasts, Learnt } from './learnt.js';

type OpenTerm = Seen<RenewalFactor | ExpansionFactor> & { account: string; due: number | null; amount: number; currency: string; length: number }; // prettier-ignore
type Forecast = AccountForecastAnswer['data']['accounts'][number];

const QUESTION = 'forecasts';

/** Whether each paying account will renew, and whether it will expand, with a model’s reasons if it has earned to be heard. */
export async function accountForecast(insights: Insights, query: AccountForecastQuery): Promise<AccountForecastAnswer> {
  const scoped = await scopedAccounts(insights, query);
  const open = {
    ...scoped.parameters,
    after: query.cursor === undefined ? '' : readCursor(QUESTION, query.cursor)[0],
    limit: query.limit + 1,
    days: EXPANSION_DAYS,
  };
  const [learnt, page] = await Promise.all([learntFrom(insights), insights.ask<OpenTerm>('open-terms', open)]);
  const { loss, expansion } = learnt;
  const rows = page.slice(0, query.limit);
  const [losses, expansions] = [chancesOf(loss, rows), chancesOf(expansion, rows)];
  const forecasts = rows.map((row, i) => forecastOf(row, losses[i]!, expansions[i]!));
  const last = page.length > rows.length ? rows.at(-1) : undefined;
  return {
    data: {
      judged: { renewal: loss.judged, expansion: expansion.judged },
      expansionDays: EXPANSION_DAYS,
      accounts: forecasts,
      next: last ? writeCursor(QUESTION, last.account) : null,
    },
    method: methodOf(learnt),
    sample: sampleOf(scoped, rows.length),
    events: { count: loss.events, what: `contracts lost at the end of a term, of those learnt from; and ${expansion.events.toLocaleString('en')} of ${counted(expansion.total, 'period')} of ${EXPANSION_DAYS} days with an expansion` }, // prettier-ignore
    censoring: { accounts: rows.length, rule: 'The running term of each account: what is forecast.' },
    interval: { confidence: 0.95, kind: `renewal ${intervalOf(loss)}; expansion ${intervalOf(expansion)}` },
    warnings: [
      ...doubts(learnt),
      ...overdue(rows),
      ...unseenLengths(rows, learnt),
      ...(rows.length > 0 ? [NO_CAUSES] : []),
    ],
    sentence: sentenceOf(forecasts, learnt),
  };
}

/** Reasons of the renewal are odds ratios of a loss. */
function forecastOf(row: OpenTerm, { estimate, lower, upper, reasons }: Chance, expansion: Chance): Forecast {
  const renewal = { estimate: 1 - estimate, lower: 1 - upper, upper: 1 - lower };
  const amount = row.amount / minorUnits(row.currency);
  // Of a refund a chance makes no value: it would be the higher the less likely the renewal.
  const value = row.currency === SEVERAL || amount < 0 ? null : { estimate: renewal.estimate * amount, lower: renewal.lower * amount, upper: renewal.upper * amount, currency: row.currency }; // prettier-ignore
  return { account: row.account, segment: row.segment, term: row.term, dueInDays: row.due, renewal: { ...renewal, reasons }, expansion, value }; // prettier-ignore
}

const byWhat = ({ judged }: Learnt<never>): string => (judged.beatsBase ? 'logistic hazard, with a ridge' : 'share of the segment'); // prettier-ignore
const intervalOf = ({ judged }: Learnt<never>): string => (judged.beatsBase ? 'of the mean, symmetric in log odds, errors by account' : "Wilson's, of the segment's share, at the effective number of terms or periods of its accounts"); // prettier-ignore

function methodOf({ loss, expansion, every }: Forecasts): AccountForecastAnswer['method'] {
  const of = every > 1 ? ` of one in ${every} accounts` : '';
  return {
    name: `renewal: ${byWhat(loss)}, by term; expansion: ${byWhat(expansion)}, by ${EXPANSION_DAYS} days`,
    says: `For every account in a running term: the chance that it renews at its end, learnt from ${counted(loss.total, 'term')}${of} that came to an end, with what was known a week before; and the chance that it expands within ${EXPANSION_DAYS} days from now, learnt from ${counted(expansion.total, 'such stretch', 'such stretches')}${of}, with what was known at their begin. Who left in one did not expand: leaving competes, and is not censored. Errors allow for terms and stretches of one account going together. A model is heard only if it foretold later ones better than each segment’s share, by more than chance would have it: the rule of models that are published. The value is that of the next term at what the account pays now, without a further expansion.`, // prettier-ignore
  };
}

const NO_CAUSES: Warning = { code: 'association-only', text: 'Reasons are what the forecast rests on, not causes: moving them need not move the renewal, nor the expansion.' }; // prettier-ignore

/** By so many days a renewal may be told late. */
const LATE_DAYS = 14;

function overdue(rows: readonly OpenTerm[]): Warning[] {
  const late = rows.filter(({ due }) => due !== null && due < -LATE_DAYS).length;
  if (late === 0) return [];
  return [{ code: 'assumption', text: `${accounts(late)} on this page should have been renewed more than ${LATE_DAYS} days ago and ${are(late)} taken as still under contract: no renewal or cancellation was told.` }]; // prettier-ignore
}

/** A year's contract is not a month's: until one of them has ended nothing is known of them. */
function unseenLengths(rows: readonly OpenTerm[], { lengths }: Forecasts): Warning[] {
  const unseen = rows.filter(({ length }) => length > 0 && !lengths.has(length));
  if (unseen.length === 0) return [];
  const months = [...new Set(unseen.map(({ length }) => length))].sort((a, b) => a - b).map((one) => counted(one, 'month')); // prettier-ignore
  return [{ code: 'assumption', text: `${accounts(unseen.length)} on this page ${are(unseen.length)} on terms of ${listed(months)}, of which none has ended yet: their chance is that of other lengths.` }]; // prettier-ignore
}

const doubts = ({ loss, expansion }: Forecasts): Warning[] => [
  ...doubtsOf(loss, 'renewals', 'loss', 'losses'),
  ...doubtsOf(expansion, 'expansions', 'expansion', 'expansions'),
];

function doubtsOf({ factors, judged, events }: Learnt<never>, what: string, one: string, called: string): Warning[] {
  const many = Object.keys(factors).length;
  const warnings: Warning[] = [];
  if (events < FEW_EVENTS * many) {
    warnings.push({
      code: 'few-events',
      text: `${counted(events, one, called)} ${are(events)} few for a model of ${counted(many, 'factor')}.`,
    });
  }
  if (!judged.beatsBase) {
    const isBetter = judged.gain !== null && beatsBase(judged.gain);
    const why = isBetter ? `, and of fewer ${called} than ${LEAST_EVENTS.training} before and ${LEAST_EVENTS.later} after it is not believed` : ''; // prettier-ignore
    warnings.push({ code: 'no-estimate', text: judged.brier === null ? `There are too few ${called} to judge a model: accounts get their segment’s share.` : `The model ${isBetter ? 'did better than' : 'did not surely beat'} the segments’ shares on later ${what}${why} (Brier ${number(judged.brier, 4)} against ${number(judged.baseBrier!, 4)}, a difference with an error of ${number(judged.gain!.standardError, 4)}): accounts get their segment’s share.` }); // prettier-ignore
  }
  return warnings;
}

function sentenceOf(forecasts: readonly Forecast[], { loss, expansion }: Forecasts): string {
  if (forecasts.length === 0) return 'No account of this scope is in a running term.';
  const lowest = forecasts.reduce((least, one) => (one.renewal.estimate < least.renewal.estimate ? one : least));
  const highest = forecasts.reduce((most, one) => (one.expansion.estimate > most.expansion.estimate ? one : most));
  const [renewal, more] = [saidOf(lowest, loss, 'renewal'), saidOf(highest, expansion, 'expansion')];
  return `Of ${accounts(forecasts.length)} on this page least likely to renew: ${renewal}; most likely to expand within ${EXPANSION_DAYS} days: ${more}.`; // prettier-ignore
}

/** By shares, all accounts of a segment are alike. */
function saidOf(one: Forecast, { judged }: Learnt<never>, what: 'renewal' | 'expansion'): string {
  if (!judged.beatsBase) return `all of ${one.segment}, ${share(one[what])} by the share of their segment`;
  const days = Math.round(one.dueInDays ?? 0);
  const when = days < 0 ? `, overdue by ${counted(-days, 'day')}` : `, due in ${counted(days, 'day')}`;
  const due = what === 'renewal' && one.dueInDays !== null ? when : '';
  return `${one.account}, ${share(one[what])} by the model${due}`;
}
