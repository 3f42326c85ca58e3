import { describe, expect, it } from '@jest/globals';
import type { OnboardingEvent } from '@milepost/contracts';
import { accountForecastAnswer, cohortForecastAnswer } from '@milepost/contracts/http';
import { contractValue, shiftedBetaGeometric } from '@milepost/statistics';
import { scopedAccounts } from './insights/scoped-accounts.js';
import { companyApi } from './testing/company-api.js';
import { numberOf } from './testing/sample-company.js';

const LOSING = 'apac';
const regions = new Map<string, string>();
const yearly = new Set<string>();
/** One in five takes a year at tenfold the price at its first renewal; in one region more is paid back than billed. */
function told(event: OnboardingEvent): OnboardingEvent {
  const { accountId, properties, type, context } = event;
  if (context?.region) regions.set(accountId, context.region);
  if (properties['termMonths'] === undefined) return event;
  const amountMinor = Number(properties['amountMinor']);
  if (regions.get(accountId) === LOSING) return { ...event, properties: { ...properties, amountMinor: -amountMinor } };
  if (type !== 'subscription.renewed' || properties['termMonths'] !== 1) return event;
  if (numberOf(accountId) % 5 !== 0 || yearly.has(accountId)) return event;
  yearly.add(accountId);
  return { ...event, properties: { ...properties, termMonths: 12, amountMinor: 10 * amountMinor } };
}
const api = companyApi('contract_values', 400, told);
const { ask, sql } = api;

interface Row {
  region: string;
  stop: number;
  contract: { at: number; kind: string; amount: number; months: number }[];
}
/** What each account that began by the month was billed for a month, and in how many terms. */
async function billed(): Promise<(readonly [region: string, billed: number, terms: number])[]> {
  const rows = await sql<Row>(`SELECT region, least(observed, ifNull(ended, 1e9)) AS stop, contract FROM milepost.account_rows WHERE snapshot = ${api.keeper.open().snapshot.id}`); // prettier-ignore
  const monthly = rows.filter(({ contract }) => contract.find(({ kind }) => kind === 'started')?.months === 1);
  return monthly.map(({ region, stop, contract }) => {
    const own = contract.filter(({ kind, at, months }) => ['started', 'renewed'].includes(kind) && at <= stop && months === 1); // prettier-ignore
    return [region, own.reduce((sum, { amount }) => sum + amount / 100, 0), own.length];
  });
}

/** Retention as the API counts it, of one region. */
async function retentionOf(region: string) {
  const insights = api.keeper.open();
  const { parameters } = await scopedAccounts(insights, { region });
  const rows = await insights.ask<{ renewals: number; left: number; accounts: number }>('renewal-counts', { ...parameters, months: 1 }); // prettier-ignore
  const most = Math.max(...rows.map(({ renewals, left }) => renewals + left));
  const of = (is: (row: { renewals: number; left: number }, k: number) => boolean): number[] =>
    Array.from({ length: most }, (_, k) => sum(rows.filter((row) => is(row, k)).map(({ accounts }) => accounts)));
  return shiftedBetaGeometric({
    atRisk: of(({ renewals, left }, k) => renewals + left > k),
    lost: of(({ renewals, left }, k) => left === 1 && renewals === k),
  });
}

/** The standard error of a ratio of sums, accounts being the units. */
function jackknifed(rows: readonly (readonly [string, number, number])[]): number {
  const [billed, terms] = [sum(rows.map(([, amount]) => amount)), sum(rows.map(([, , own]) => own))];
  const without = rows.map(([, amount, own]) => (billed - amount) / (terms - own));
  const mean = sum(without) / rows.length;
  return Math.sqrt(((rows.length - 1) / rows.length) * sum(without.map((one) => (one - mean) ** 2)));
}

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

describe('1. The value of a contract of one length', () => {
  it('1.1 is of terms of that length alone', async () => {
    const rows = await billed();
    expect(yearly.size).toBeGreaterThan(10);
    const { data } = await ask(cohortForecastAnswer, '/v1/forecasts/cohorts?by=region');
    for (const { group, meanTerm } of data.groups) {
      const own = rows.filter(([region]) => region === group);
      expect(meanTerm).toBeCloseTo(sum(own.map(([, amount]) => amount)) / sum(own.map(([, , terms]) => terms)), 8);
    }
  });

  it('1.2 has an interval with the error of the mean term, as leaving out one account after the other tells it', async () => {
    const all = await billed();
    const { data, interval } = await ask(cohortForecastAnswer, '/v1/forecasts/cohorts?by=region&renewals=6');
    expect(interval!.kind).toContain('with the error of the mean term’s billing, by account');
    const groups = data.groups.filter(({ group }) => group !== LOSING);
    expect(groups).toHaveLength(2);
    for (const { group, forecast, meanTerm } of groups) {
      const own = all.filter(([region]) => region === group);
      const fit = await retentionOf(group);
      const options = { margin: meanTerm!, discount: 1.1 ** (1 / 12) - 1, terms: 7 };
      const [sure, unsure] = [0, jackknifed(own)].map((marginError) => contractValue(fit, { ...options, marginError }));
      const { estimate, lower, upper } = forecast!.value!;
      expect(estimate).toBeCloseTo(sure!.estimate, 6);
      const width = (one: { lower: number | null; upper: number | null }): number => Math.log(one.upper! / one.lower!);
      expect(width({ lower, upper }) / width(unsure!)).toBeCloseTo(1, 1);
      // What differs among accounts is most of what is not known.
      expect(width({ lower, upper })).toBeGreaterThan(1.5 * width(sure!));
    }
  });

  it('1.3 is none where more is paid back than billed, and a warning says so', async () => {
    const { data, warnings, sentence } = await ask(cohortForecastAnswer, '/v1/forecasts/cohorts?by=region');
    const { forecast, meanTerm } = data.groups.find(({ group }) => group === LOSING)!;
    expect([meanTerm! < 0, forecast!.value, forecast!.retention.length]).toEqual([true, null, 12]);
    const text = `${LOSING}: no value, for the mean term’s billing is not above 0.`;
    expect(warnings).toContainEqual({ code: 'no-estimate', text });
    expect(sentence).toMatch(/amer \d+ % \([^)]+\), worth .*apac \d+ % \([^)]+\), \d+ % /);
  });

  it('1.4 of one account is none where its next term is a refund; of others its bounds are in order', async () => {
    const { data } = await ask(accountForecastAnswer, '/v1/forecasts/accounts?limit=400');
    const [refunded, others] = [true, false].map((is) => data.accounts.filter(({ account }) => (regions.get(account) === LOSING) === is)); // prettier-ignore
    expect([refunded!.length > 10, others!.length > 10]).toEqual([true, true]);
    expect(refunded!.filter(({ value }) => value !== null)).toEqual([]);
    expect(others!.filter(({ value }) => !(value!.lower > 0 && value!.lower <= value!.upper))).toEqual([]);
  });
});
