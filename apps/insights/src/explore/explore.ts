import { DIMENSIONS } from '@milepost/contracts/http';
import type { Dimension, Estimate, ExploreAnswer, ExploreQuery, Warning } from '@milepost/contracts/http';
import { ProblemException } from '@milepost/platform';
import { readCursor, writeCursor } from '../asking/cursor.js';
import { currencyOf, minorUnits } from '../insights/currency.js';
import { groupParameters } from '../insights/groups.js';
import type { Page } from '../insights/groups.js';
import type { Insights } from '../insights/insights.js';
import type { ScopedAccounts } from '../insights/scoped-accounts.js';
import { checkKnown, checkNotEmpty, sampleOf, scopedAccounts } from '../insights/scoped-accounts.js';
import { kindParameters } from '../milestones/milestone-kinds.js';
import { accounts, counted, listed, range, share, whole } from '../wording/figures.js';
import { dimensionWarnings, smallCells } from '../wording/warnings.js';
import { AMOUNT, measuresOf } from './measures.js';
import type { ExploreRow, Measure } from './measures.js';

/** Of more groups a sentence says how many there are. */
const MOST_SAID = 6;

/** Named measures by named dimensions: a name that is not in the catalogue reaches no SQL. */
export async function explore(insights: Insights, query: ExploreQuery): Promise<ExploreAnswer> {
  const known = measuresOf(insights.plan);
  const measures = namesIn('measures', query.measures, known.map(({ name }) => name)); // prettier-ignore
  const dimensions = namesIn('dimensions', query.dimensions, DIMENSIONS) as Dimension[];
  if (dimensions.length > 2) {
    throw new ProblemException('invalid-query', `dimensions are ${dimensions.length}: give at most two, and filter by the others.`, { errors: [{ parameter: 'dimensions', detail: 'at most two' }] }); // prettier-ignore
  }
  const scoped = await scopedAccounts(insights, query);
  const question = `explore ${dimensions.join()}`;
  const after = query.cursor === undefined ? null : readCursor(question, query.cursor);
  const asked = known.filter(({ name }) => measures.includes(name));
  const currency = asked.some(({ unit }) => unit === AMOUNT) ? await currencyOf(insights, scoped) : null;
  const rows = (await measureRows(insights, scoped, asked, dimensions, { after, limit: query.limit + 1 })).map((row) => inUnitsOf(currency, row)); // prettier-ignore
  const page = rows.slice(0, query.limit);
  const total = sum(page.map((row) => row.accounts));
  if (after === null) checkNotEmpty(total);
  const last = rows.length > page.length ? page.at(-1) : undefined;
  return {
    data: {
      rows: page.map((row) => ({
        dimensions: Object.fromEntries(dimensions.map((name, k) => [name, k === 0 ? row.first : row.second])),
        accounts: row.accounts,
        measures: Object.fromEntries(asked.map(({ name, of }) => [name, of(row)])),
      })),
      currency,
      next: last ? writeCursor(question, last.first, last.second) : null,
    },
    method: {
      name: 'named measures by named dimensions',
      says: 'Shares are of the accounts observed for as long as the measure needs; /v1/explore/catalogue defines each.',
    },
    sample: sampleOf(scoped, total),
    events: { count: page.length, what: 'groups on this page' },
    censoring: { accounts: Math.max(0, ...asked.flatMap(({ counts }) => (counts === null ? [] : [total - sum(page.map((row) => counts(row).of))]))), rule: 'Too young for a measure: not in its `of` (the largest number over the measures that are shares).' }, // prettier-ignore
    interval: { confidence: 0.95, kind: "shares: Wilson's; means: Student's t, none where all accounts have the same" },
    warnings: [
      ...smallCells(page.map((row) => ({ group: nameOf(row, dimensions.length), accounts: row.accounts }))), // prettier-ignore
      ...unbounded(measures, known, page, dimensions.length),
      ...dimensions.flatMap(dimensionWarnings),
      ...(measures.length * page.length > 20 ? [{ code: 'assumption' as const, text: 'Many figures at once: one in twenty of the intervals misses by chance alone.' }] : []), // prettier-ignore
    ],
    sentence: sentenceOf(asked, page, dimensions, { total, currency }),
  };
}

/** `billed` is in hundredths, whatever the currency's minor unit is. */
function inUnitsOf(currency: string | null, row: ExploreRow): ExploreRow {
  const scale = 100 / minorUnits(currency ?? '');
  return { ...row, billed90: row.billed90 * scale, billedSquares90: row.billedSquares90 * scale ** 2 };
}

/** With the figures of the first share or amount that was asked for, where groups are few. */
function sentenceOf(
  asked: readonly Measure[],
  page: readonly ExploreRow[],
  dimensions: readonly Dimension[],
  { total, currency }: { total: number; currency: string | null },
): string {
  const what = `${listed(asked.map(({ name }) => name))} of ${accounts(total)} by ${listed(dimensions)}, in ${counted(page.length, 'group')}`; // prettier-ignore
  const first = asked.find(({ counts, unit }) => counts !== null || unit === AMOUNT);
  if (!first || page.length > MOST_SAID) return `${what}.`;
  const said = page.map((row) => {
    const own = first.of(row);
    return `${nameOf(row, dimensions.length)} ${saidOf(own, first.unit === AMOUNT ? (currency ?? '') : null)}`;
  });
  return `${what}; ${first.name}: ${listed(said)}.`;
}

/** `currency` of an amount; null of a share. */
function saidOf(own: Estimate, currency: string | null): string {
  if (own.estimate === null) return 'cannot be said yet';
  if (currency === null) return share(own);
  const bounds = own.lower === null ? '' : ` (${range(own.lower, own.upper!, whole)})`;
  return `${whole(own.estimate)} ${currency}${bounds}`;
}

const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0);

const nameOf = (row: ExploreRow, dimensions: number): string =>
  [row.first, row.second].slice(0, dimensions).join(' · ');

/** Means of accounts that all have the same, or of one. */
function unbounded(
  names: readonly string[],
  known: readonly Measure[],
  rows: readonly ExploreRow[],
  dimensions: number,
): Warning[] {
  return known
    .filter(({ name }) => names.includes(name))
    .flatMap(({ name, of }) => {
      const without = rows
        .filter((row) => of(row).estimate !== null && of(row).lower === null)
        .map((row) => nameOf(row, dimensions));
      if (without.length === 0) return [];
      return [
        {
          code: 'no-estimate' as const,
          text: `${name}: too little varies to say how far off it may be: ${listed(without)}.`,
        },
      ];
    });
}

/** Groups by up to two dimensions, in the order of their names, with what the measures are made of. */
export async function measureRows(
  insights: Insights,
  scoped: ScopedAccounts,
  measures: readonly Measure[],
  dimensions: readonly Dimension[],
  page?: Page,
): Promise<ExploreRow[]> {
  const asked = { ...scoped.parameters, ...groupParameters(dimensions, page) };
  if (!measures.some(({ isOfMilestone }) => isOfMilestone)) return insights.ask<ExploreRow>('explore', asked);
  const [rows, ofMilestones] = await Promise.all([
    insights.ask<ExploreRow>('explore', asked),
    insights.ask<{ kinds: number[] }>('explore-milestones', { ...asked, ...kindParameters(insights.plan) }),
  ]);
  // The same groups in the same order.
  return rows.map((row, k) => ({ ...row, kinds: ofMilestones[k]!.kinds }));
}

/** @throws ProblemException `unknown-value` */
function namesIn(parameter: string, text: string, known: readonly string[]): string[] {
  const names = [...new Set(text.split(',').map((name) => name.trim()))];
  for (const name of names) checkKnown(parameter, name, known);
  return names;
}
