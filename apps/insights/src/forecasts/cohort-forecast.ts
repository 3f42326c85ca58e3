import type { CohortForecastAnswer, CohortForecastQuery } from '@milepost/contracts/http';
import { ProblemException } from '@milepost/platform';
import { contractValue, retentionForecast, shiftedBetaGeometric, StatisticsError } from '@milepost/statistics';
import { byLabel } from '../insights/by-label.js';
import type { Insights } from '../insights/insights.js';
import { sampleOf, scopedAccounts } from '../insights/scoped-accounts.js';
import { accounts, listed, number, percent } from '../wording/figures.js';
import { dimensionWarnings, FEW_EVENTS, smallCells } from '../wording/warnings.js';

interface Row {
  label: string;
  renewals: number;
  left: number;
  accounts: number;
  billed: number;
  terms: number;
  unit: string;
  units: number;
}
type Group = CohortForecastAnswer['data']['groups'][number];

const MONTHS_A_YEAR = 12;

/** How many contracts of a group will still be there, and what they will bring. */
export async function cohortForecast(insights: Insights, query: CohortForecastQuery): Promise<CohortForecastAnswer> {
  const scoped = await scopedAccounts(insights, query);
  const rows = await insights.ask<Row>('renewal-counts', { ...scoped.parameters, months: query.termMonths });
  const total = count(rows);
  if (total === 0) {
    throw new ProblemException('not-enough-data', `No account in this scope has begun a contract of ${query.termMonths} months: give another termMonths or fewer filters.`); // prettier-ignore
  }
  const groups = byLabel(rows).map(([label, own]) => groupOf(label, own, query));
  const losses = groups.reduce((sum, one) => sum + one.losses, 0);
  const currencies = [...new Set(rows.map(({ unit }) => unit))];
  return {
    data: { termMonths: query.termMonths, currency: currencies.join(', '), groups },
    method: {
      name: 'shifted beta-geometric by group (Fader & Hardie 2007)',
      says: `Each contract of ${query.termMonths} months ends at any renewal with a chance of its own that does not change; the chances differ over accounts. Retention rises with time because those likely to leave have left, not because the product became better. Value: the mean term’s billing over ${query.renewals} renewals, discounted at ${percent(query.discount)} a year.`, // prettier-ignore
    },
    sample: sampleOf(scoped, total),
    events: { count: losses, what: 'contracts lost at a renewal' },
    censoring: { accounts: count(rows.filter(({ left }) => left === 0)), rule: 'Still running: counts for the renewals it has had.' }, // prettier-ignore
    interval: { confidence: 0.95, kind: 'delta method; of the curve, not of one account' },
    warnings: [
      ...smallCells(groups.map(({ group, contracts }) => ({ group, accounts: contracts }))),
      ...groups.filter(({ forecast, losses: few }) => forecast !== null && few < FEW_EVENTS).map(({ group, losses: few }) => ({ code: 'few-events' as const, text: `${group}: ${few} losses are few for a forecast.` })), // prettier-ignore
      ...groups.filter(({ whyNot }) => whyNot !== null).map(({ group, whyNot }) => ({ code: 'no-estimate' as const, text: `${group}: ${whyNot}` })), // prettier-ignore
      ...(currencies.length > 1 || rows.some(({ units }) => units > 1) ? [{ code: 'assumption' as const, text: 'Contracts are in several currencies, and amounts were added as they are: filter by region.' }] : []), // prettier-ignore
      ...dimensionWarnings(query.by),
    ],
    sentence: sentenceOf(groups, query, currencies.join(', ')),
  };
}

const count = (rows: readonly Row[]): number => rows.reduce((sum, one) => sum + one.accounts, 0);

function groupOf(label: string, rows: readonly Row[], query: CohortForecastQuery): Group {
  const most = Math.max(...rows.map(({ renewals, left }) => renewals + left));
  const [atRisk, lost] = [new Array<number>(most).fill(0), new Array<number>(most).fill(0)];
  for (const { renewals, left, accounts: own } of rows) {
    for (let k = 0; k < renewals + left; k++) atRisk[k]! += own;
    if (left === 1) lost[renewals]! += own;
  }
  const terms = rows.reduce((sum, one) => sum + one.terms, 0);
  const meanTerm = terms > 0 ? rows.reduce((sum, one) => sum + one.billed, 0) / terms : null;
  return {
    group: label,
    contracts: count(rows),
    renewals: atRisk.reduce((sum, one) => sum + one, 0),
    losses: lost.reduce((sum, one) => sum + one, 0),
    meanTerm,
    ...forecastOrWhy(atRisk, lost, meanTerm, query),
  };
}

function forecastOrWhy(
  atRisk: number[],
  lost: number[],
  margin: number | null,
  { renewals, discount, termMonths }: CohortForecastQuery,
): Pick<Group, 'forecast' | 'whyNot'> {
  // prettier-ignore
  try {
    const fit = shiftedBetaGeometric({ atRisk, lost });
    const perTerm = (1 + discount) ** (termMonths / MONTHS_A_YEAR) - 1;
    const bounds = ({ estimate, lower, upper }: { estimate: number; lower: number; upper: number }) => ({ estimate, lower, upper }); // prettier-ignore
    return {
      forecast: {
        retention: retentionForecast(fit, { renewals }).map(({ renewal, retention, survival }) => ({ renewal, ofThoseLeft: bounds(retention), survival: bounds(survival) })), // prettier-ignore
        value: margin !== null && margin > 0 ? bounds(contractValue(fit, { margin, discount: perTerm, terms: renewals + 1 })) : null, // prettier-ignore
        churn: fit.churn,
        isGeometric: fit.isGeometric,
      },
      whyNot: null,
    };
  } catch (error) {
    if (!(error instanceof StatisticsError) || error.problem === 'invalid-input') throw error;
    return { forecast: null, whyNot: error.message };
  }
}

function sentenceOf(groups: readonly Group[], { renewals, termMonths }: CohortForecastQuery, currency: string): string {
  const parts = groups.map(({ group, forecast, contracts }) => {
    if (forecast === null) return `${group}: cannot be said from ${accounts(contracts)}`;
    const { survival } = forecast.retention.at(-1)!;
    const value = forecast.value === null ? '' : `, worth ${number(forecast.value.estimate!, 0)} ${currency}`;
    return `${group} ${percent(survival.estimate!)} (${percent(survival.lower!)} to ${percent(survival.upper!)})${value}`;
  });
  return `Of new contracts of ${termMonths} month${termMonths === 1 ? '' : 's'}, still there after ${renewals} renewals: ${listed(parts)}.`; // prettier-ignore
}
