import type { AccountForecastAnswer, AccountForecastQuery, Warning } from '@milepost/contracts/http';
import { ProblemException } from '@milepost/platform';
import { proportionInterval } from '@milepost/statistics';
import type { LogisticFit } from '@milepost/statistics';
import { notACursor } from '../asking/not-a-cursor.js';
import type { Insights } from '../insights/insights.js';
import { sampleOf, scopedAccounts } from '../insights/scoped-accounts.js';
import { accounts, number, percent } from '../wording/figures.js';
import { FEW_EVENTS } from '../wording/warnings.js';
import { countsBySegment, FACTORS, fitLoss, judgeLoss, lossesOf, predictLoss } from './renewal-model.js';
import type { DecidedTerm, Factor, Judged, Term } from './renewal-model.js';

type OpenTerm = Term & { account: string; due: number; amount: number; currency: string };
type Forecast = AccountForecastAnswer['data']['accounts'][number];

/** Of so many losses at least a model is made; below, each account gets its segment's share. */
const LEAST_LOSSES = 5;
const REASONS = 3;

interface Learnt {
  counts: ReturnType<typeof countsBySegment>;
  total: number;
  losses: number;
  judged: Judged;
  /** Of a model that has earned to be heard. */
  fit: LogisticFit | null;
}

/** By snapshot: every page of a snapshot rests on the same model, which is fitted once. */
const LEARNT = new WeakMap<object, Promise<Learnt>>();

function learntFrom(insights: Insights): Promise<Learnt> {
  const known = LEARNT.get(insights.snapshot);
  if (known) return known;
  const learning = learn(insights);
  LEARNT.set(insights.snapshot, learning);
  learning.catch(() => LEARNT.delete(insights.snapshot));
  return learning;
}

/** @throws ProblemException `not-enough-data` before the first term has ended */
async function learn(insights: Insights): Promise<Learnt> {
  // Learnt from everybody: a filter says whom to tell of, not whom to learn from.
  const everyone = (await scopedAccounts(insights, {})).parameters;
  const decided = await insights.ask<DecidedTerm>('decided-terms', everyone);
  const losses = lossesOf(decided);
  const total = decided.reduce((sum, one) => sum + one.accounts, 0);
  if (total === 0) {
    throw new ProblemException('not-enough-data', 'No term of a contract has ended yet, so nothing can be learnt of renewals. Ask again when some have.'); // prettier-ignore
  }
  const judged: Judged = losses >= LEAST_LOSSES ? judgeLoss(decided) : { on: 0, losses: 0, brier: null, baseBrier: null, beatsBase: false }; // prettier-ignore
  return { counts: countsBySegment(decided), total, losses, judged, fit: judged.beatsBase ? fitLoss(decided) : null };
}

/** Whether each paying account will renew, with the model’s reasons if it has earned to be heard. */
export async function accountForecast(insights: Insights, query: AccountForecastQuery): Promise<AccountForecastAnswer> {
  const scoped = await scopedAccounts(insights, query);
  const [{ counts, total, losses, judged, fit }, page] = await Promise.all([
    learntFrom(insights),
    insights.ask<OpenTerm>('open-terms', { ...scoped.parameters, after: readAccount(query.cursor), limit: query.limit + 1 }), // prettier-ignore
  ]);
  const rows = page.slice(0, query.limit);
  const forecasts = fit ? byModel(fit, rows) : bySegment(counts, rows);
  const last = page.length > rows.length ? rows.at(-1) : undefined;
  return {
    data: { judged, accounts: forecasts, next: last ? Buffer.from(last.account).toString('base64url') : null },
    method: {
      name: judged.beatsBase ? 'logistic hazard by term, with a ridge' : 'share lost in the segment',
      says: `For every account in a running term: the chance that it renews at its end, learnt from ${total.toLocaleString('en')} terms that have ended, with what was known a week before. The model is heard only if it foretold later renewals better than each segment’s share.`, // prettier-ignore
    },
    sample: sampleOf(scoped, rows.length),
    events: { count: losses, what: 'contracts lost at the end of a term, of those learnt from' },
    censoring: { accounts: rows.length, rule: 'The running term of each account: what is forecast.' },
    interval: { confidence: 0.95, kind: judged.beatsBase ? 'of the mean, symmetric in log odds' : "Wilson's, of the segment's share" }, // prettier-ignore
    warnings: doubts(judged, losses, rows),
    sentence: sentenceOf(forecasts, judged),
  };
}

/** @throws ProblemException `invalid-query` */
function readAccount(cursor: string | undefined): string {
  const text = Buffer.from(cursor ?? '', 'base64url').toString();
  if (Buffer.from(text).toString('base64url') === (cursor ?? '')) return text;
  throw notACursor();
}

function byModel(fit: LogisticFit, rows: readonly OpenTerm[]): Forecast[] {
  if (rows.length === 0) return [];
  return predictLoss(fit, rows).map(({ probability, lower, upper }, i) => ({
    ...forecastOf(rows[i]!, { estimate: 1 - probability, lower: 1 - upper, upper: 1 - lower }),
    reasons: reasonsOf(fit, rows[i]!, rows),
  }));
}

function bySegment(counts: Learnt['counts'], rows: readonly OpenTerm[]): Forecast[] {
  return rows.map((row) => {
    const { ended, lost } = counts.get(row.segment) ?? { ended: 0, lost: 0 };
    const kept = ended === 0 ? { estimate: 0.5, lower: 0, upper: 1 } : proportionInterval({ events: ended - lost, accounts: ended }); // prettier-ignore
    return { ...forecastOf(row, kept), reasons: [] };
  });
}

function forecastOf(row: OpenTerm, renewal: Forecast['renewal']): Omit<Forecast, 'reasons'> {
  const value = { estimate: renewal.estimate * row.amount, lower: renewal.lower * row.amount, upper: renewal.upper * row.amount, currency: row.currency }; // prettier-ignore
  return { account: row.account, segment: row.segment, term: row.term, dueInDays: row.due, renewal, value };
}

/** What moves its chance of a loss most against the page’s average account. */
function reasonsOf(fit: LogisticFit, row: OpenTerm, page: readonly OpenTerm[]): Forecast['reasons'] {
  return fit.coefficients
    .map(({ name, estimate }) => {
      const own = row[name as Factor];
      const mean = page.reduce((sum, one) => sum + one[name as Factor], 0) / page.length;
      return { factor: FACTORS[name as Factor], value: own, oddsRatio: Math.exp(estimate * (own - mean)) };
    })
    .sort((a, b) => Math.abs(Math.log(b.oddsRatio)) - Math.abs(Math.log(a.oddsRatio)))
    .slice(0, REASONS);
}

function doubts(judged: Judged, losses: number, rows: readonly OpenTerm[]): Warning[] {
  const warnings: Warning[] = [];
  if (losses < FEW_EVENTS * Object.keys(FACTORS).length) {
    warnings.push({ code: 'few-events', text: `${losses} losses are few for a model of ${Object.keys(FACTORS).length} factors.` }); // prettier-ignore
  }
  if (!judged.beatsBase) {
    warnings.push({ code: 'no-estimate', text: judged.brier === null ? 'There are too few losses to judge a model: accounts get their segment’s share.' : `The model did not beat the segments’ shares on later renewals (Brier ${number(judged.brier, 4)} against ${number(judged.baseBrier!, 4)}): accounts get their segment’s share.` }); // prettier-ignore
  }
  if (rows.length > 0) warnings.push({ code: 'association-only', text: 'Reasons are what the forecast rests on, not causes: moving them need not move the renewal.' }); // prettier-ignore
  return warnings;
}

function sentenceOf(forecasts: readonly Forecast[], judged: Judged): string {
  if (forecasts.length === 0) return 'No account of this scope is in a running term.';
  const lowest = forecasts.reduce((least, one) => (one.renewal.estimate < least.renewal.estimate ? one : least));
  const mean = forecasts.reduce((sum, { renewal }) => sum + renewal.estimate, 0) / forecasts.length;
  const source = judged.beatsBase ? 'by the model' : 'by the share of their segments';
  return `Of ${accounts(forecasts.length)} on this page ${percent(mean)} are expected to renew, ${source}; least likely is ${lowest.account} (${percent(lowest.renewal.estimate)}, due in ${number(lowest.dueInDays, 0)} days).`; // prettier-ignore
}
