import { describe, expect, it } from '@jest/globals';
import type { OnboardingEvent } from '@milepost/contracts';
import {
  accountForecastAnswer,
  effectsAnswer,
  exploreAnswer,
  milestoneSurvivalAnswer,
  onboardingAnswer,
  survivalAnswer,
} from '@milepost/contracts/http';
import { scopedAccounts } from './insights/scoped-accounts.js';
import { companyApi } from './testing/company-api.js';
import { END, isContract, numberOf } from './testing/sample-company.js';

const DAY = 86_400e6;
const MONTH = 30 * DAY;

/** Accounts by what their contracts are like; what real ones do and the simulated company does not. */
const KINDS = ['switches', 'sales-led', 'yearly', 'told-late', 'plain'] as const;
const kindOf = (account: string) => KINDS[numberOf(account) % KINDS.length]!;

const events = new Map<string, OnboardingEvent[]>();
const has = (account: string, is: (event: OnboardingEvent) => boolean): boolean => (events.get(account) ?? []).some(is);
/** Who never paid has nothing to cancel, and goes quiet. */
const isFree = ({ accountId }: OnboardingEvent): boolean =>
  has(accountId, ({ context }) => context?.acquisitionChannel === 'content') && !has(accountId, isContract);

function told(event: OnboardingEvent): OnboardingEvent[] {
  if (event.type === 'subscription.cancelled' && isFree(event)) return [];
  const isRenewal = event.type === 'subscription.renewed';
  switch (kindOf(event.accountId)) {
    case 'switches': {
      // Another plan at each renewal: the old contract is cancelled, and a minute later there is a new one.
      if (!isRenewal) return [event];
      const later = { ...event, type: 'subscription.started', id: `${event.id}-new`, occurredAt: event.occurredAt + 60e6 }; // prettier-ignore
      return [{ ...event, type: 'subscription.cancelled', properties: { ...event.properties, amountMinor: 0 } }, later];
    }
    case 'sales-led':
      // The workspace is made when the contract has run for two months.
      return [event.type === 'account.created' ? { ...event, occurredAt: event.occurredAt + 75 * DAY } : event];
    case 'yearly':
      if (isRenewal) return [];
      return [isContract(event) ? { ...event, properties: { ...event.properties, termMonths: 12 } } : event];
    case 'told-late': {
      // The industry is learnt when they begin to pay.
      const industry = isContract(event) ? 'learnt-later' : null;
      return [{ ...event, context: { planTier: null, companySize: null, region: null, acquisitionChannel: null, ...event.context, industry } }]; // prettier-ignore
    }
    default:
      return [event];
  }
}
const api = companyApi('contracts', 300, (event) => {
  const all = told(event).filter(({ occurredAt }) => occurredAt <= END);
  for (const one of all) events.set(one.accountId, [...(events.get(one.accountId) ?? []), one]);
  return all;
});
const { ask, sql } = api;

/** The contract of an account by hand: its terms, and whether it left for good. */
function contractOf(account: string) {
  const own = events
    .get(account)!
    .filter(isContract)
    .sort((a, b) => a.occurredAt - b.occurredAt);
  const begun = own.filter(({ type }) => /\.(started|renewed)$/.test(type));
  const left = own.find(({ type, occurredAt }) => type === 'subscription.cancelled' && !begun.some((one) => one.occurredAt >= occurredAt && one.occurredAt <= occurredAt + MONTH)); // prettier-ignore
  const until = left?.occurredAt ?? Infinity;
  const terms = begun.filter(({ occurredAt }) => occurredAt <= until).map(({ occurredAt, properties }, k, all) => ({ begins: occurredAt, ends: occurredAt + Number(properties['termMonths']) * MONTH, next: all[k + 1]?.occurredAt })); // prettier-ignore
  return { terms, left: left?.occurredAt };
}
const accounts = (): string[] => [...events.keys()];
const created = (account: string): number => events.get(account)!.find(({ type }) => type === 'account.created')?.occurredAt ?? Math.min(...events.get(account)!.map(({ occurredAt }) => occurredAt)); // prettier-ignore
const snapshot = () => api.keeper.open().snapshot.id;

describe('1. Contracts as real companies have them', () => {
  it('1.1 an account that changes plans has not left: those who left are counted by hand', async () => {
    const left = accounts().filter((account) => contractOf(account).left !== undefined);
    const rows = await sql<{ account: string }>(`SELECT account_id AS account FROM milepost.account_rows WHERE snapshot = ${snapshot()} AND ended IS NOT NULL ORDER BY account_id`); // prettier-ignore
    expect(rows.map(({ account }) => account)).toEqual(left.sort());
    expect(left.filter((account) => kindOf(account) === 'switches').length).toBeGreaterThan(3);
    const answer = await ask(survivalAnswer, '/v1/survival?by=all');
    expect(answer.events.count).toBe(left.length);
  });

  it('1.2 the next decision of each account is due when its term ends, once for each account', async () => {
    const { data, warnings } = await ask(accountForecastAnswer, '/v1/forecasts/accounts?limit=300');
    const wanted = accounts().flatMap((account) => {
      const { terms, left } = contractOf(account);
      const last = terms.at(-1);
      return last && left === undefined ? [[account, (last.ends - END) / DAY] as const] : [];
    });
    const byName = (a: readonly [string, unknown], b: readonly [string, unknown]): number => (a[0] < b[0] ? -1 : 1);
    const got = data.accounts.map(({ account, dueInDays }) => [account, dueInDays] as const);
    expect(got.map(([account]) => account)).toEqual(wanted.sort(byName).map(([account]) => account));
    // As of when an account was last seen, which is not before the end of the history.
    for (const [k, [, due]] of got.entries()) expect(Math.abs(due! - wanted[k]![1])).toBeLessThan(0.1);
    for (const { account, value, renewal } of data.accounts) {
      const newest = events.get(account)!.filter((event) => isContract(event) && event.type !== 'subscription.cancelled').sort((a, b) => a.occurredAt - b.occurredAt).at(-1)!; // prettier-ignore
      expect(value!.estimate / renewal.estimate).toBeCloseTo(Number(newest.properties['amountMinor']) / 100, 6);
    }
    expect(got.some(([account, due]) => kindOf(account) === 'yearly' && due! > 100)).toBe(true);
    expect(warnings.map(({ text }) => text).filter((text) => text.includes('should have been renewed'))).toEqual([]);
    const years = got.map(([account]) => contractOf(account).terms.at(-1)!).filter(({ begins, ends }) => ends - begins === 12 * MONTH).length; // prettier-ignore
    expect(warnings.map(({ text }) => text)).toContainEqual(expect.stringContaining(`${years} accounts on this page are on terms of 12 months, of which none has ended yet`)); // prettier-ignore
  });

  it('1.3 a contract that is older than the account breaks nothing', async () => {
    const [row] = await sql<{ accounts: number; left: number }>(`SELECT countIf(started < 0) AS accounts, countIf(ended = 0) AS left FROM milepost.account_rows WHERE snapshot = ${snapshot()}`); // prettier-ignore
    expect([row!.accounts > 5, row!.left > 0]).toEqual([true, true]);
    await ask(survivalAnswer, '/v1/survival');
    await ask(milestoneSurvivalAnswer, '/v1/milestones/habit/survival');
    const { ask: asked } = api.keeper.open();
    const { parameters } = await scopedAccounts(api.keeper.open(), {});
    const decided = await asked<{ account: string; week: number; idle: number }>('decided-terms', { ...parameters, days: 30, every: 1 }); // prettier-ignore
    const weeks = decided.map(({ week }) => week);
    expect([Math.min(...weeks) > 2_900, Math.max(...weeks) < 3_000, decided.every(({ idle }) => idle >= 0)]).toEqual([true, true, true]); // prettier-ignore
    const byHand = accounts().flatMap((account) => contractOf(account).terms.filter(({ ends, next }, k, all) => {
      const at = next ?? (k === all.length - 1 ? contractOf(account).left : undefined);
      return at !== undefined && at >= created(account) && ends <= END;
    })); // prettier-ignore
    expect(decided).toHaveLength(byHand.length);
  });

  it('1.4 who left in a term that would not have ended yet says nothing of renewals', async () => {
    const { data } = await ask(survivalAnswer, '/v1/survival?clock=renewal&by=all');
    const told = accounts().map(contractOf).filter(({ terms }) => terms.length > 0); // prettier-ignore
    const lost = told.filter(({ terms, left }) => left !== undefined && terms.at(-1)!.ends <= END);
    const early = told.filter(({ terms, left }) => left !== undefined && terms.at(-1)!.ends > END);
    expect(early.length).toBeGreaterThan(1);
    const [group] = data.groups;
    expect([group!.accounts, group!.events]).toEqual([told.length, lost.length]);
    const [yearly] = await sql<{ lost: number; left: number }>(`SELECT sum(lost) AS lost, countIf(ended IS NOT NULL) AS left FROM milepost.account_rows WHERE snapshot = ${snapshot()} AND first_months = 12`); // prettier-ignore
    expect([yearly!.lost, yearly!.left > 1]).toEqual([0, true]);
  });

  it('1.5 a share of renewals leaves out terms that could not be renewed in its time', async () => {
    const { data } = await ask(exploreAnswer, '/v1/explore?measures=renewed-90&dimensions=all');
    const counts = accounts().filter((account) => {
      const start = created(account);
      if (END - start < 90 * DAY) return false;
      const first = contractOf(account).terms[0];
      return !(first && first.begins <= start + 90 * DAY && first.ends > start + 90 * DAY);
    });
    expect(data.rows[0]!.measures['renewed-90']!.of).toBe(counts.length);
  });

  it.each([
    ['/v1/effects?exposure=first-value&landmark=20&horizon=45&outcome=renewal', effectsAnswer],
    ['/v1/onboarding?landmark=20&horizon=45&outcome=renewal', onboardingAnswer],
  ] as const)('1.6 and so does %s', async (path, schema) => {
    const { sample } = await ask(schema as typeof effectsAnswer, path);
    const [from, to] = [20 * DAY, 65 * DAY];
    const longTerm = accounts().filter((account) => {
      const start = created(account);
      const { terms, left = Infinity } = contractOf(account);
      const first = terms[0];
      if (left - start <= from || END - start < to || !first || first.begins - start > to) return false;
      return !terms.some(({ ends, next }) => {
        const due = (next ?? ends) - start;
        return due > from && due <= to;
      });
    });
    expect(longTerm.length).toBeGreaterThan(5);
    expect(sample.leftOut.find(({ reason }) => reason === 'on terms that end outside the horizon')?.accounts).toBe(longTerm.length); // prettier-ignore
  });

  it.each([
    '/v1/survival?by=all',
    '/v1/effects?exposure=first-value&outcome=retention&landmark=4&horizon=14',
    '/v1/milestones/habit/survival',
  ])('1.7 %s says where only who pays can be seen to leave', async (path) => {
    const texts = async (scope: string): Promise<string> => (await fetch(`${api.base}${path}${path.includes('?') ? '&' : '?'}${scope}`)).text(); // prettier-ignore
    expect(await texts('channel=content')).toMatch(/None of \d+ accounts that never paid has cancelled/);
    expect(await texts('channel=self-serve')).not.toContain('that never paid has cancelled');
  });

  it('1.9 of a group without accounts nothing is said', async () => {
    const { sentence } = await ask(onboardingAnswer, '/v1/onboarding?channel=sales');
    expect(sentence).toContain('with guides alone nothing can be said, for there are none, of those with a person');
    const { warnings } = await ask(survivalAnswer, '/v1/survival?clock=renewal');
    expect(warnings.map(({ text }) => text)).toContainEqual(expect.stringContaining('Terms of all lengths are counted side by side')); // prettier-ignore
  });

  it('1.8 what is learnt of an account later than at signup is not known at signup', async () => {
    const { data } = await ask(exploreAnswer, '/v1/explore?measures=accounts&dimensions=industry&limit=1000');
    const known = data.rows.map(({ dimensions }) => dimensions['industry']);
    expect(known).not.toContain('learnt-later');
    const late = accounts().filter((account) => kindOf(account) === 'told-late').length;
    expect(data.rows.find(({ dimensions }) => dimensions['industry'] === 'unknown')!.accounts).toBeGreaterThanOrEqual(late); // prettier-ignore
  });
});
