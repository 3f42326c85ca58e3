import { describe, expect, it } from '@jest/globals';
import type { OnboardingEvent } from '@milepost/contracts';
import { accountForecastAnswer, cohortForecastAnswer, effectsAnswer, exploreAnswer } from '@milepost/contracts/http';
import { companyApi } from './testing/company-api.js';
import { numberOf } from './testing/sample-company.js';

/** A third of the company pays in yen, which have no minor unit; and one account has paid in both. */
const inYen = (account: string): boolean => numberOf(account) % 3 === 0;
let both = '';
function told(event: OnboardingEvent): OnboardingEvent {
  const { accountId, properties, type } = event;
  if (properties['currency'] === undefined) return event;
  if (type === 'subscription.renewed' && both === '' && !inYen(accountId)) both = accountId;
  const isYen = accountId === both ? type === 'subscription.renewed' : inYen(accountId);
  return isYen ? { ...event, properties: { ...properties, currency: 'JPY', amountMinor: Number(properties['amountMinor']) / 100 } } : event; // prettier-ignore
}
const api = companyApi('currencies', 300, told);
const { ask, sql } = api;

interface Billed {
  accounts: number;
  mean: number;
}
/** From the events themselves: what accounts observed for 90 days were billed by then, in what is given. */
async function billed(currency: string, minor: number): Promise<Billed> {
  const [row] = await sql<Billed>(`
    SELECT count() AS accounts, sum(amount) / ${minor} / count() AS mean
    FROM
    (
        SELECT account_id, sum(if(at <= signed_up_at + INTERVAL 90 DAY AND type IN ('subscription.started', 'subscription.renewed'), amount_minor, 0)) AS amount
        FROM milepost.account_rows AS rows
        INNER JOIN (SELECT * FROM milepost.moments FINAL) AS moments USING (account_id)
        WHERE snapshot = ${api.keeper.open().snapshot.id} AND observed >= 90
        GROUP BY account_id
        HAVING countIf(amount_minor != 0 AND moments.currency NOT IN ('', '${currency}')) = 0
    )`);
  return row!;
}

describe('1. Amounts are in one currency', () => {
  it.each([
    ['EUR', 100],
    ['JPY', 1],
  ])('1.1 means in %s are those of the events', async (currency, minor) => {
    const path = `/v1/explore?measures=billed-90&dimensions=all&currency=${currency}`;
    const { data, sample, sentence } = await ask(exploreAnswer, path);
    expect(sentence).toMatch(new RegExp(`; billed-90: all \\d+ ${currency} \\(\\d+ to \\d+\\)\\.$`));
    const wanted = await billed(currency, minor);
    expect(wanted.accounts).toBeGreaterThan(30);
    const { of, estimate } = data.rows[0]!.measures['billed-90']!;
    expect([of, data.currency, sample.scope]).toEqual([wanted.accounts, currency, { currency }]);
    expect(estimate).toBeCloseTo(wanted.mean, 6);
  });

  it.each([
    '/v1/explore?measures=accounts,billed-90',
    '/v1/effects?exposure=first-value&outcome=revenue&landmark=14&horizon=60',
  ])('1.2 of several it is asked which: %s', async (path) => {
    const response = await fetch(api.base + path);
    expect([response.status, await response.json()]).toEqual([
      422,
      expect.objectContaining({
        type: 'urn:milepost:problem:several-currencies',
        detail: expect.stringContaining('EUR, JPY and several at once'),
        errors: [{ parameter: 'currency', detail: 'one of EUR, JPY' }],
      }),
    ]);
  });

  it('1.3 an effect on revenue names it', async () => {
    const path = '/v1/effects?exposure=first-value&outcome=revenue&landmark=14&horizon=60';
    const { data, sentence } = await ask(effectsAnswer, `${path}&currency=EUR`);
    expect(data.unit).toBe('EUR of revenue from an account');
    expect(sentence).toMatch(/ brought \d+ EUR on average, .* -?\d+ EUR \(/);
    const others = await fetch(`${api.base}${path}&currency=USD`);
    expect(await others.json()).toMatchObject({ detail: 'currency "USD" is not known; known are EUR, JPY.' });
  });

  it('1.4 what asks for no amount takes all accounts', async () => {
    const { sample } = await ask(exploreAnswer, '/v1/explore?measures=renewed-90&dimensions=all');
    expect(sample.accounts).toBe(api.keeper.open().snapshot.accounts);
  });

  it('1.5 retention of contracts in several is told, their value is not', async () => {
    const mixed = await ask(cohortForecastAnswer, '/v1/forecasts/cohorts?by=all');
    const [group] = mixed.data.groups;
    expect([mixed.data.currency, group!.meanTerm, group!.forecast!.value]).toEqual([null, null, null]);
    expect(group!.forecast!.retention.length).toBeGreaterThan(0);
    expect(mixed.warnings.map(({ text }) => text)).toContainEqual(expect.stringContaining('Contracts are in EUR, JPY and several at once, ')); // prettier-ignore
    const [euro, yen] = [
      await ask(cohortForecastAnswer, '/v1/forecasts/cohorts?by=all&currency=EUR'),
      await ask(cohortForecastAnswer, '/v1/forecasts/cohorts?by=all&currency=JPY'),
    ];
    expect([euro.data.currency, yen.data.currency]).toEqual(['EUR', 'JPY']);
    // A yen is here as much as a euro, so terms cost about the same; they would be a hundredth if a yen had a hundred parts.
    const ratio = yen.data.groups[0]!.meanTerm! / euro.data.groups[0]!.meanTerm!;
    expect([ratio > 0.3, ratio < 3]).toEqual([true, true]);
    expect(euro.sentence).toMatch(/, worth [\d,]+ EUR \(/);
  });

  it('1.6 each account is foretold in its own, and without a value where it has several', async () => {
    const { data } = await ask(accountForecastAnswer, '/v1/forecasts/accounts?limit=300');
    for (const { account, value } of data.accounts) {
      expect([account, value?.currency]).toEqual([account, account === both ? undefined : inYen(account) ? 'JPY' : 'EUR']); // prettier-ignore
    }
    const terms = await sql<{ currency: string; amount: number }>(`SELECT currency, avg(arrayLast(one -> one.kind != 'cancelled', contract).amount) AS amount FROM milepost.account_rows WHERE snapshot = ${api.keeper.open().snapshot.id} AND arrayExists(one -> one.decision = 2, terms) AND currency IN ('EUR', 'JPY') GROUP BY currency ORDER BY currency`); // prettier-ignore
    for (const [k, minor] of [100, 1].entries()) {
      const { currency, amount } = terms[k]!;
      const own = data.accounts.filter(({ value }) => value?.currency === currency);
      const mean = own.reduce((sum, { value, renewal }) => sum + value!.estimate / renewal.estimate, 0) / own.length;
      expect(mean).toBeCloseTo(amount / minor, 6);
    }
  });
});
