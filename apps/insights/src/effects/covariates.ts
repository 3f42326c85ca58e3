/** What is known of accounts at signup. */
export interface Pattern {
  segment: string;
  plan_tier: string;
  industry: string;
  region: string;
  channel: string;
  /** log2(1 + company size), in halves; -1 when no size is known. */
  size: number;
  accounts: number;
}
type Columns = Record<string, number[]>;

const FACTORS = { segment: 'segment', planTier: 'plan_tier', industry: 'industry', region: 'region', channel: 'channel' } as const; // prettier-ignore
export type Factor = keyof typeof FACTORS;

/** A level with fewer accounts than this joins the most frequent one: its own column would hang on a handful. */
const RAREST = 5;

/**
 * Columns for models: size, and one of 0 and 1 for each level of a factor but the most frequent. What does not vary is
 * left out. Known at signup, all of it: nothing here can follow from what is asked about.
 */
export function covariatesOf(rows: readonly Pattern[], without: readonly Factor[] = []): Columns {
  const columns: Columns = {};
  const known = rows.filter(({ size }) => size >= 0);
  const weight = known.reduce((sum, { accounts }) => sum + accounts, 0);
  const mean = known.reduce((sum, { size, accounts }) => sum + size * accounts, 0) / Math.max(1, weight);
  columns['log2(company size)'] = rows.map(({ size }) => (size >= 0 ? size : mean));
  if (known.length < rows.length) columns['company size unknown'] = rows.map(({ size }) => (size >= 0 ? 0 : 1));
  for (const [name, field] of Object.entries(FACTORS)) {
    if (without.includes(name as Factor)) continue;
    for (const level of levelsOf(rows, field).slice(1)) {
      columns[`${name} ${level}`] = rows.map((row) => (row[field] === level ? 1 : 0));
    }
  }
  return Object.fromEntries(Object.entries(columns).filter(([, column]) => column.some((one) => one !== column[0])));
}

/** Levels with enough accounts, the most frequent first. */
function levelsOf(rows: readonly Pattern[], field: (typeof FACTORS)[Factor]): string[] {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row[field], (counts.get(row[field]) ?? 0) + row.accounts);
  return [...counts]
    .filter(([, count]) => count >= RAREST)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([level]) => level);
}
