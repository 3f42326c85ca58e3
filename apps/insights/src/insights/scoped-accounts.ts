import { formatTime } from '@milepost/contracts';
import type { Answer, Dimension, Scope } from '@milepost/contracts/http';
import { ProblemException } from '@milepost/platform';
import { counted } from '../wording/figures.js';
import type { Insights } from './insights.js';

/** The columns that dimensions are. */
export const COLUMN: Readonly<Record<Dimension, string>> = {
  all: 'everyone',
  segment: 'segment',
  cohort: 'cohort',
  channel: 'channel',
  industry: 'industry',
  region: 'region',
  planTier: 'plan_tier',
  productLine: 'product_line',
};
const VALUES = ['channel', 'industry', 'region', 'planTier', 'productLine', 'currency'] as const;

/** The accounts that a question is about, as parameters of `queries/accounts-in-scope.sql`. */
export interface ScopedAccounts {
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The filters that were asked for. */
  readonly scope: Readonly<Record<string, string>>;
  readonly asOf: string;
}

type Asked = Scope & { by?: Dimension; currency?: string | undefined };

/** @throws ProblemException `unknown-value` with the known ones, `invalid-query` for an empty range of dates */
export async function scopedAccounts(insights: Insights, query: Asked): Promise<ScopedAccounts> {
  const { plan, snapshot } = insights;
  const segments = plan.segments.map(({ name }) => name);
  if (query.segment !== undefined) checkKnown('segment', query.segment, segments);
  if (VALUES.some((name) => query[name] !== undefined)) {
    const [known] = await insights.ask<Record<(typeof VALUES)[number], string[]>>('known-values', {});
    for (const name of VALUES) if (query[name] !== undefined) checkKnown(name, query[name], known![name]);
  }
  const { signedUpFrom = '', signedUpBefore = '' } = query;
  if (signedUpBefore !== '' && signedUpFrom >= signedUpBefore) {
    throw new ProblemException('invalid-query', `signedUpFrom is ${signedUpFrom} and signedUpBefore ${signedUpBefore}: nobody can have signed up between; give a later signedUpBefore.`); // prettier-ignore
  }
  const filters = Object.fromEntries(['segment', ...VALUES].map((name) => [name, query[name as keyof Asked] ?? '']));
  return {
    parameters: { ...filters, signedUpFrom: held(signedUpFrom), signedUpBefore: held(signedUpBefore), by: COLUMN[query.by ?? 'all'], segments }, // prettier-ignore
    scope: Object.fromEntries(
      Object.entries({ ...filters, signedUpFrom, signedUpBefore }).filter(([, value]) => value !== ''),
    ),
    asOf: formatTime(snapshot.asOf),
  };
}

/** Within what ClickHouse's times can hold; empty for no bound. */
const held = (date: string): string =>
  date === '' ? '' : date < '1970-01-01' ? '1970-01-01' : date > '2261-01-01' ? '2261-01-01' : date;

/** @throws ProblemException `unknown-value` */
export function checkKnown(name: string, value: string, known: readonly string[]): void {
  if (known.includes(value)) return;
  throw new ProblemException(
    'unknown-value',
    `${name} ${JSON.stringify(value.slice(0, 100))} is not known; known are ${known.join(', ') || 'none'}.`,
    {
      // prettier-ignore
      errors: [{ parameter: name, detail: `known are ${known.join(', ') || 'none'}` }],
    },
  );
}

export const sampleOf = (
  { scope, asOf }: ScopedAccounts,
  accounts: number,
  leftOut: Answer<unknown>['sample']['leftOut'] = [],
): Answer<unknown>['sample'] => ({ accounts, leftOut: leftOut.filter((one) => one.accounts > 0), asOf, scope });

/** How many accounts of the scope there are beside those that are `kept`. */
export async function othersIn(
  insights: Insights,
  { parameters, scope }: ScopedAccounts,
  kept: number,
): Promise<number> {
  if (Object.keys(scope).length === 0) return insights.snapshot.accounts - kept;
  const [row] = await insights.ask<{ accounts: number }>('count-accounts', parameters);
  return (row?.accounts ?? kept) - kept;
}

/** @throws ProblemException `not-enough-data` when the scope holds nobody */
export function checkNotEmpty(accounts: number): void {
  if (accounts > 0) return;
  throw new ProblemException(
    'not-enough-data',
    'No account is in this scope: widen the dates or take a filter away. Right after a start, ask again in a minute.',
  );
}

/** Of the accounts that were observed for so many days. @throws ProblemException `beyond-the-data` */
export function checkObservedFor(days: number, accounts: number): void {
  if (accounts > 0) return;
  throw new ProblemException('beyond-the-data', `No account in this scope was observed for ${counted(days, 'day')}: give a smaller within or fewer filters. Right after a start, ask again in a minute.`); // prettier-ignore
}
