import { beforeAll, describe, expect, it } from '@jest/globals';
import { askQuestion } from '@milepost/clickhouse';
import type { OnboardingEvent } from '@milepost/contracts';
import { effectsAnswer } from '@milepost/contracts/http';
import { armMoments, meanComparison } from '@milepost/statistics';
import fc from 'fast-check';
import { scopedAccounts } from './insights/scoped-accounts.js';
import { companyApi, LIMITS } from './testing/company-api.js';
import { recurringRevenue } from './testing/recurring-revenue.js';
import { numberOf } from './testing/sample-company.js';
import type { ContractEntry } from './testing/recurring-revenue.js';

/**
 * Half the company has a product for 4.99 a month, pays in dollars and is all alike but for its size, so that many accounts
 * fall into each pattern; of the others a third pays a year beforehand.
 */
function told(event: OnboardingEvent): OnboardingEvent | OnboardingEvent[] {
  const { accountId, properties, type, context } = event;
  const number = numberOf(accountId);
  const { amountMinor, termMonths } = properties;
  if (number % 2 === 0) {
    return {
      ...event,
      context: context && { ...ALIKE, companySize: number % 4 === 0 ? 20 : 90 },
      properties: termMonths === undefined ? properties : { ...properties, ...CHEAP },
    };
  }
  if (number % 3 !== 0 || termMonths === undefined) return event;
  if (type === 'subscription.renewed') return [];
  return { ...event, properties: { ...properties, amountMinor: (12 * Number(amountMinor)) / Number(termMonths), termMonths: 12 } }; // prettier-ignore
}
const ALIKE = { planTier: 'starter', industry: 'retail', region: 'emea', acquisitionChannel: 'self-serve' };
const CHEAP = { amountMinor: 499, currency: 'USD', termMonths: 1 };
const api = companyApi('revenue', 600, told);
const { ask, sql } = api;

const LANDMARK = 20;
const HORIZON = 45;
const LAST = LANDMARK + HORIZON;
const PATH = `/v1/effects?exposure=first-value&outcome=revenue&landmark=${LANDMARK}&horizon=${HORIZON}`;

interface Account {
  account_id: string;
  currency: string;
  reached: number | null;
  contract: ContractEntry[];
}
/** Of each account that is compared: whether it had the exposure, and what its contract brings in the window. */
async function brought(currency: string): Promise<{ account: string; exposed: boolean; revenue: number }[]> {
  const { snapshot, plan } = api.keeper.open();
  const place = plan.milestones.findIndex(({ name }) => name === 'first-value') + 1;
  const rows = await sql<Account>(`
    SELECT account_id, currency, reached[${place}] AS reached, contract FROM milepost.account_rows
    WHERE snapshot = ${snapshot.id} AND currency IN ('', '${currency}') AND observed >= ${LAST} AND (ended IS NULL OR ended > ${LANDMARK})`);
  return rows.map(({ account_id: account, reached, contract }) => ({
    account,
    exposed: reached !== null && reached <= LANDMARK,
    revenue: recurringRevenue(contract, LANDMARK, LAST) / 100,
  }));
}
const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

describe('1. What goes with revenue', () => {
  it.each(['EUR', 'USD'])('1.1 in %s is what contracts bring in the window, account by account', async (currency) => {
    const accounts = await brought(currency);
    const [exposed, others] = [true, false].map((is) => accounts.filter((one) => one.exposed === is).map(({ revenue }) => revenue)) as [number[], number[]]; // prettier-ignore
    const { data, events, method, sentence } = await ask(effectsAnswer, `${PATH}&currency=${currency}`);
    expect(data.accounts).toEqual({ exposed: exposed.length, others: others.length });
    expect(data.naive.means.exposed).toBeCloseTo(mean(exposed), 4);
    expect(data.naive.means.others).toBeCloseTo(mean(others), 4);
    // Amounts of one step are told at their mean, so that what is lost of the spread is next to nothing.
    const { difference } = meanComparison(armMoments(others), armMoments(exposed));
    const width = data.naive.difference.upper! - data.naive.difference.lower!;
    expect(width / (difference.upper - difference.lower)).toBeCloseTo(1, 2);
    expect(events).toEqual({ count: accounts.filter(({ revenue }) => revenue > 0).length, what: 'accounts that brought revenue' }); // prettier-ignore
    expect(data.unit).toBe(`${currency} of revenue from an account`);
    expect(method.says).toContain('of each term’s amount, spread evenly over the term');
    expect(sentence).toMatch(currency === 'EUR' ? / brought \d+ EUR on average/ : / brought \d\.\d\d USD on average/);
  });

  it('1.2 holds a year that was paid before the landmark, by its days', async () => {
    const prepaid = (await brought('EUR')).filter(({ account }) => numberOf(account) % 3 === 0 && numberOf(account) % 2 === 1); // prettier-ignore
    const rows = await sql<{ account_id: string; contract: ContractEntry[] }>(`SELECT account_id, contract FROM milepost.account_rows WHERE snapshot = ${api.keeper.open().snapshot.id}`); // prettier-ignore
    const contracts = new Map(rows.map(({ account_id, contract }) => [account_id, contract]));
    const before = prepaid.filter(({ account }) => {
      const contract = contracts.get(account)!;
      return contract.length === 1 && contract[0]!.at <= LANDMARK;
    });
    expect(before.length).toBeGreaterThan(5);
    for (const { account, revenue } of before) expect(revenue).toBeCloseTo((contracts.get(account)![0]!.amount / 100) * (HORIZON / 360), 9); // prettier-ignore
  });
});

describe('2. What a contract brings in a window, of contracts that no company has', () => {
  const SNAPSHOT = 7;
  // Halves of few days, so that much comes at the same instant, before the account, and beyond a term's end.
  const entry = fc.record({
    at: fc.integer({ min: -80, max: 200 }).map((half) => half / 2),
    kind: fc.constantFrom('started', 'renewed', 'expanded', 'contracted', 'cancelled'),
    amount: fc.integer({ min: -500, max: 5_000 }),
    months: fc.constantFrom(0, 1, 1, 2, 3, 12),
  });
  const byTime = (a: ContractEntry, b: ContractEntry): number => a.at - b.at || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : a.amount - b.amount || a.months - b.months); // prettier-ignore
  const contracts = fc.sample(fc.array(entry, { maxLength: 6 }).map((list) => list.sort(byTime)), { numRuns: 2_000, seed: 7 }); // prettier-ignore

  beforeAll(async () => {
    const values = contracts.map((contract, k) => ({ snapshot: SNAPSHOT, account_id: `a${k}`, industry: `a${k}`, signed_up_at: '2026-01-01 00:00:00', observed: 200, contract })); // prettier-ignore
    await api.client.insert({ table: 'milepost.account_rows', values, format: 'JSONEachRow' });
  });

  it.each([
    [1, 1],
    [14, 60],
    [30, 7],
    [90, 100],
  ])('2.1 from day %d, for %d days', async (landmark, horizon) => {
    const { parameters } = await scopedAccounts(api.keeper.open(), {});
    const asked = { ...parameters, snapshot: SNAPSHOT, milestone: 1, exposure: 'one', outcome: 'revenue', minor: 1, landmark, horizon }; // prettier-ignore
    const rows = await askQuestion<{ industry: string; place: string; outcome: number }>(api.client, 'effect-patterns', { ...asked, step: 1 }, LIMITS); // prettier-ignore
    const kept = rows.filter(({ place }) => place === 'kept');
    expect(kept.length).toBeGreaterThan(500);
    const wanted = kept.map(({ industry }) => recurringRevenue(contracts[Number(industry.slice(1))]!, landmark, landmark + horizon)); // prettier-ignore
    const off = kept.map(({ industry, outcome }, k) => ({ industry, outcome, wanted: wanted[k]! })).filter(({ outcome, wanted }) => Math.abs(outcome - wanted) > 1e-5); // prettier-ignore
    expect(off.map((one) => ({ ...one, contract: contracts[Number(one.industry.slice(1))] }))).toEqual([]);
    const brings = wanted.filter((one) => one !== 0);
    const [{ mean: size }] = (await askQuestion<{ mean: number }>(api.client, 'revenue-size', asked, LIMITS)) as [{ mean: number }]; // prettier-ignore
    expect(size).toBeCloseTo(mean(brings.map(Math.abs)), 6);
  });
});
