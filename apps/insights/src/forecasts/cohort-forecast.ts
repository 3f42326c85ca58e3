import type { CohortForecastAnswer, CohortForecastQuery, Warning } from '@milepost/contracts/http';
import { ProblemException } from '@milepost/platform';
import { contractValue, hasNoAnswer, retentionForecast, shiftedBetaGeometric } from '@milepost/statistics';
import { cohortExpansions } from './cohort-expansion.js';
import type { ExpansionRow } from './cohort-expansion.js';
import { meanTermOf } from './mean-term.js';
import type { MeanTerm, TermSums } from './mean-term.js';
import { byLabel } from '../insights/by-label.js';
import { minorUnits, namesOf, SEVERAL } from '../insights/currency.js';
import type { Insights } from '../insights/insights.js';
import { sampleOf, scopedAccounts } from '../insights/scoped-accounts.js';
import { accounts, are, counted, listed, number, percent, range, share, whole } from '../wording/figures.js';
import { dimensionWarnings, FEW_EVENTS, smallCells } from '../wording/warnings.js';

interface Row extends TermSums {
  label: string;
  renewals: number;
  left: number;
  accounts: number;
  currencies: string[];
}
type Group = CohortForecastAnswer['data']['groups'][number];

const MONTHS_A_YEAR = 12;
const DAYS_A_MONTH = 30;
/** One warning says it of all groups. */
const IN_SEVERAL: MeanTerm = { amount: null, error: null, whyNoValue: null };

/** How many contracts of a group will still be there, and what they will bring. */
export async function cohortForecast(insights: Insights, query: CohortForecastQuery): Promise<CohortForecastAnswer> {
  const scoped = await scopedAccounts(insights, query);
  const asked = { ...scoped.parameters, months: query.termMonths };
  const [rows, times] = await Promise.all([
    insights.ask<Row>('renewal-counts', asked),
    insights.ask<ExpansionRow>('expansion-times', asked),
  ]);
  const total = count(rows);
  if (total === 0) {
    throw new ProblemException('not-enough-data', `No account in this scope has begun a contract of ${counted(query.termMonths, 'month')}: give another termMonths or fewer filters.`); // prettier-ignore
  }
  const labelled = byLabel(rows);
  const timesOf = new Map(byLabel(times));
  const lastDay = DAYS_A_MONTH * query.termMonths * query.renewals;
  const expansions = cohortExpansions(
    labelled.map(([label]) => timesOf.get(label) ?? []),
    lastDay,
  );
  const currencies = [...new Set(rows.flatMap((row) => row.currencies))].filter((one) => one !== '').sort();
  const areMixed = currencies.length > 1 || currencies[0] === SEVERAL;
  const currency = areMixed ? null : (currencies[0] ?? null);
  const minor = areMixed ? null : minorUnits(currency ?? '');
  const terms = labelled.map(([, own]) => (minor === null ? IN_SEVERAL : meanTermOf(own, minor)));
  const groups = labelled.map(([label, own], k) => ({ ...groupOf(label, own, query, terms[k]!), expansion: expansions[k]! })); // prettier-ignore
  const losses = groups.reduce((sum, one) => sum + one.losses, 0);
  return {
    data: { termMonths: query.termMonths, currency, groups },
    method: {
      name: 'shifted beta-geometric by group (Fader & Hardie 2007); expansion: cumulative incidence (Aalen–Johansen), shrunk over groups (beta-binomial)',
      says: `Each contract of ${counted(query.termMonths, 'month')} ends at any renewal with a chance of its own that does not change; the chances differ over accounts. Retention rises with time because those likely to leave have left, not because the product became better; where nothing says that chances differ (\`isGeometric\`) it stays as it is. Value: the mean billing of terms of ${counted(query.termMonths, 'month')} over ${counted(query.renewals, 'renewal')}, discounted at ${percent(query.discount)} a year. Expansion: the share of contracts that had expanded for the first time by a day since they began, where leaving competes; new ones will if they do as earlier ones did. Groups of few contracts are pulled towards the others by the same day; \`pull\` is the weight of the others, \`raw\` what the group says alone. Projected beyond no day that was seen.`, // prettier-ignore
    },
    sample: sampleOf(scoped, total),
    events: { count: losses, what: `contracts lost at a renewal; and ${groups.reduce((sum, { expansion }) => sum + (expansion?.events ?? 0), 0).toLocaleString('en')} that expanded` }, // prettier-ignore
    censoring: { accounts: count(rows.filter(({ left }) => left === 0)), rule: 'Still running, or gone in a term that would not have ended yet: counts for the renewals it has had.' }, // prettier-ignore
    interval: {
      confidence: 0.95,
      kind: 'delta method, of the curve and not of one account; of the value also with the error of the mean term’s billing, by account, as if independent of retention; of expansion equal-tailed posterior; of raw log-log, Wilson’s where nobody expanded',
    },
    warnings: [
      ...smallCells(groups.map(({ group, contracts }) => ({ group, accounts: contracts }))),
      ...groups.filter(({ forecast, losses: few }) => forecast !== null && few < FEW_EVENTS).map(({ group, losses: few }) => ({ code: 'few-events' as const, text: `${group}: ${counted(few, 'loss', 'losses')} ${are(few)} few for a forecast.` })), // prettier-ignore
      ...groups.flatMap(({ group, expansion }) => soonerThan(lastDay, group, expansion)),
      ...pulled(groups),
      ...groups.filter(({ whyNot }) => whyNot !== null).map(({ group, whyNot }) => ({ code: 'no-estimate' as const, text: `${group}: ${whyNot}` })), // prettier-ignore
      ...valueless(groups, terms),
      ...(areMixed ? [{ code: 'no-estimate' as const, text: `Contracts are in ${namesOf(currencies)}, and amounts are not added up over currencies: for values give currency, or a region that has one.` }] : []), // prettier-ignore
      ...dimensionWarnings(query.by),
    ],
    sentence: sentenceOf(groups, query, currency),
  };
}

const count = (rows: readonly Row[]): number => rows.reduce((sum, one) => sum + one.accounts, 0);

function groupOf(
  label: string,
  rows: readonly Row[],
  query: CohortForecastQuery,
  meanTerm: MeanTerm,
): Omit<Group, 'expansion'> {
  const most = Math.max(...rows.map(({ renewals, left }) => renewals + left));
  const [atRisk, lost] = [new Array<number>(most).fill(0), new Array<number>(most).fill(0)];
  for (const { renewals, left, accounts: own } of rows) {
    for (let k = 0; k < renewals + left; k++) atRisk[k]! += own;
    if (left === 1) lost[renewals]! += own;
  }
  return {
    group: label,
    contracts: count(rows),
    renewals: atRisk.reduce((sum, one) => sum + one, 0),
    losses: lost.reduce((sum, one) => sum + one, 0),
    meanTerm: meanTerm.amount,
    ...forecastOrWhy(atRisk, lost, meanTerm, query),
  };
}

function forecastOrWhy(
  atRisk: number[],
  lost: number[],
  { amount: margin, error: marginError }: MeanTerm,
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
        value: margin !== null && margin > 0 && marginError !== null ? bounds(contractValue(fit, { margin, marginError, discount: perTerm, terms: renewals + 1 })) : null, // prettier-ignore
        churn: fit.churn,
        isGeometric: fit.isGeometric,
      },
      whyNot: null,
    };
  } catch (error) {
    if (!hasNoAnswer(error)) throw error;
    return { forecast: null, whyNot: error.message };
  }
}

function valueless(groups: readonly Group[], terms: readonly MeanTerm[]): Warning[] {
  return groups.flatMap(({ group, forecast }, k) => {
    const { whyNoValue } = terms[k]!;
    if (forecast === null || whyNoValue === null) return [];
    return [{ code: 'no-estimate' as const, text: `${group}: no value, for ${whyNoValue}` }];
  });
}

function soonerThan(day: number, group: string, expansion: Group['expansion']): Warning[] {
  if (expansion === null || expansion.byDay >= day) return [];
  if (expansion.byDay === 0) return [{ code: 'immature', text: `${group}: of expansion nothing can be told, for fewer than ${FEW_EVENTS} contracts were seen for a day.` }]; // prettier-ignore
  return [{ code: 'immature', text: `${group}: expansion is told by day ${number(expansion.byDay, 0)}, for fewer than ${FEW_EVENTS} contracts were seen until day ${day}.` }]; // prettier-ignore
}

function pulled(groups: readonly Group[]): Warning[] {
  const far = groups.filter(({ expansion }) => expansion !== null && expansion.pull > 0).map(({ group, expansion }) => `${group} by ${percent(expansion!.pull)}`); // prettier-ignore
  if (far.length === 0) return [];
  return [{ code: 'assumption', text: `Expansion is pulled towards the other groups, as if nothing said beforehand which is higher: ${listed(far)}.` }]; // prettier-ignore
}

function sentenceOf(
  groups: readonly Group[],
  { renewals, termMonths }: CohortForecastQuery,
  currency: string | null,
): string {
  const parts = groups.map(({ group, forecast, contracts, expansion }) => {
    const grown = expansion === null || expansion.byDay === 0 ? '' : `, ${share(expansion)} expanded by day ${number(expansion.byDay, 0)}`; // prettier-ignore
    if (forecast === null) return `${group}: cannot be said from ${accounts(contracts)}${grown}`;
    const { survival } = forecast.retention.at(-1)!;
    const value =
      forecast.value === null
        ? ''
        : `, worth ${number(forecast.value.estimate!, 0)}${currency === null ? '' : ` ${currency}`} (${range(forecast.value.lower!, forecast.value.upper!, whole)})`;
    return `${group} ${share(survival)}${value}${grown}`;
  });
  return `Of new contracts of ${counted(termMonths, 'month')}, still there after ${counted(renewals, 'renewal')}: ${parts.join('; ')}.`; // prettier-ignore
}
